import { BoardScreen } from '../../../../features/sla/agent/board/BoardScreen.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

export function PromisesScreen() {
  const t = useAppText();
  const me = useMe();
  return (
    <>
      <title>{`${t('app.promises')} · Rapport`}</title>
      <BoardScreen mayReview={me.permissions.includes('sla.review')} seesFigures={me.permissions.includes('reports.read')} ticketHref={(id) => `/inbox/active/${id}`} />
    </>
  );
}
