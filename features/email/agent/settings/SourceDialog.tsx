import { useQuery } from '@tanstack/react-query';
import { useErrorText } from '../../../../platform/browser/error-text.ts';
import { Dialog } from '../../../../ui/components/Dialog.tsx';
import { ErrorState } from '../../../../ui/components/ErrorState.tsx';
import { SkeletonRows } from '../../../../ui/components/Skeleton.tsx';
import type { MailboxView } from '../../core/contract.ts';
import { useEmailText } from '../text.ts';
import { signInQuery } from './oauth/queries.ts';
import { sourceQuery } from './queries.ts';
import { SourceForm } from './SourceForm.tsx';

type SourceDialogProps = { mailbox: MailboxView | null; onClose: () => void };

/** From which account the mail of a mailbox is fetched. */
export function SourceDialog({ mailbox, onClose }: SourceDialogProps) {
  const t = useEmailText();
  return (
    <Dialog isOpen={mailbox !== null} onClose={onClose} title={t('email.source.title', { address: mailbox?.address ?? '' })} size="wide" isDismissable={false}>
      {mailbox && (mailbox.source ? <Existing mailbox={mailbox} onClose={onClose} /> : <New mailbox={mailbox} onClose={onClose} />)}
    </Dialog>
  );
}

/** Whoever has just come back from the provider goes on with that. */
function New({ mailbox, onClose }: { mailbox: MailboxView; onClose: () => void }) {
  const signIn = useQuery(signInQuery(mailbox.id));
  if (signIn.isPending) return <SkeletonRows count={4} />;
  return <SourceForm mailbox={mailbox} source={null} signIn={signIn.data ?? null} onClose={onClose} />;
}

function Existing({ mailbox, onClose }: { mailbox: MailboxView; onClose: () => void }) {
  const errorText = useErrorText();
  const source = useQuery(sourceQuery(mailbox.id));
  if (source.isError) return <ErrorState onRetry={() => void source.refetch()}>{errorText(source.error)}</ErrorState>;
  if (!source.data) return <SkeletonRows count={4} />;
  return <SourceForm mailbox={mailbox} source={source.data} onClose={onClose} />;
}
