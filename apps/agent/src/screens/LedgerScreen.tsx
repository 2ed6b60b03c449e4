import { useParams, useRouter } from '@tanstack/react-router';
import { LedgerScreen as Ledger } from '../../../../features/email/agent/ledger/LedgerScreen.tsx';
import { useAppText } from '../text.ts';

export function LedgerScreen() {
  const t = useAppText();
  const router = useRouter();
  const { messageId = null } = useParams({ strict: false }) as { messageId?: string };
  return (
    <>
      <title>{`${t('app.ledger')} · Rapport`}</title>
      <Ledger
        messageId={messageId}
        onOpen={(id) => router.history.push(id === null ? '/ledger' : `/ledger/${id}`)}
        onQuarantine={() => router.history.push('/quarantine')}
        ticketHref={(id) => `/inbox/active/${id}`}
        quarantineHref={(id) => `/quarantine/${id}`}
      />
    </>
  );
}
