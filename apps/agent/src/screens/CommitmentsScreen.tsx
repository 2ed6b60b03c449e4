import { useRouter } from '@tanstack/react-router';
import { FiguresScreen } from '../../../../features/commitments/agent/figures/FiguresScreen.tsx';
import { PromisesScreen } from '../../../../features/commitments/agent/list/PromisesScreen.tsx';
import { useAppText } from '../text.ts';
import { replyOf, useMe } from './use-desk-parts.tsx';

export function CommitmentsScreen() {
  const t = useAppText();
  const me = useMe();
  const router = useRouter();
  const put = replyOf(me);
  const ticketHref = (id: string) => `/inbox/active/${id}`;
  return (
    <>
      <title>{`${t('app.commitments')} · Rapport`}</title>
      <PromisesScreen
        meId={me.id}
        mayChange={me.permissions.includes('tickets.change')}
        ticketHref={ticketHref}
        figuresHref={me.permissions.includes('reports.read') ? '/commitments/figures' : null}
        putIntoReply={put && ((ticketId, text) => {
          put(ticketId, text);
          router.history.push(ticketHref(ticketId));
        })}
      />
    </>
  );
}

export function CommitmentFiguresScreen() {
  const t = useAppText();
  return (
    <>
      <title>{`${t('app.commitments')} · Rapport`}</title>
      <FiguresScreen listHref="/commitments" />
    </>
  );
}
