import { TodayScreen as Today } from '../../../../features/reports/agent/TodayScreen.tsx';
import { useAppText } from '../text.ts';

export function TodayScreen() {
  const t = useAppText();
  return (
    <>
      <title>{`${t('app.today')} · Rapport`}</title>
      <Today ticketHref={(id) => `/inbox/active/${id}`} />
    </>
  );
}
