import { useParams, useRouter } from '@tanstack/react-router';
import { OutboxScreen as Outbox } from '../../../../features/email/agent/outbox/OutboxScreen.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

export function OutboxScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  const { mailId = null } = useParams({ strict: false }) as { mailId?: string };
  return (
    <>
      <title>{`${t('app.outbox')} · Rapport`}</title>
      <Outbox
        mailId={mailId}
        mailLeaves={me.mailLeaves}
        onOpen={(id) => router.history.push(id === null ? '/outbox' : `/outbox/${id}`)}
        ticketHref={(id) => `/inbox/active/${id}`}
      />
    </>
  );
}
