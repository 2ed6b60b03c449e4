import { useParams, useRouter } from '@tanstack/react-router';
import { QuarantineScreen as Quarantine } from '../../../../features/email/agent/quarantine/QuarantineScreen.tsx';
import { useAppText } from '../text.ts';
import { useMe } from './use-desk-parts.tsx';

export function QuarantineScreen() {
  const t = useAppText();
  const router = useRouter();
  const me = useMe();
  const { messageId = null } = useParams({ strict: false }) as { messageId?: string };
  return (
    <>
      <title>{`${t('app.quarantine')} · Rapport`}</title>
      <Quarantine
        messageId={messageId}
        meId={me.id}
        onOpen={(id) => router.history.push(id === null ? '/quarantine' : `/quarantine/${id}`)}
        onLedger={() => router.history.push('/ledger')}
        ticketHref={(id) => `/inbox/active/${id}`}
      />
    </>
  );
}
