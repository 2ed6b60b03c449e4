import { BoardScreen } from '../../../../features/sla/agent/board/BoardScreen.tsx';
import { useAppText } from '../text.ts';

export function PromisesScreen() {
  const t = useAppText();
  return (
    <>
      <title>{`${t('app.promises')} · Rapport`}</title>
      <BoardScreen ticketHref={(id) => `/inbox/active/${id}`} />
    </>
  );
}
