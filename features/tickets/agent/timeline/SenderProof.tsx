import { ShieldCheck } from 'lucide-react';
import { Banner } from '../../../../ui/components/Banner.tsx';
import type { EntryView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';

/** Whether the sender is who the message says: a warning when not, a quiet line when so, nothing when nobody knows. */
export function SenderProof({ entry: { authentication, author } }: { entry: EntryView }) {
  const t = useTicketsText();
  const domain = `\u2068${authentication?.domain ?? author.address ?? ''}\u2069`;
  if (authentication?.verdict === 'fail') {
    return <div className="mb-2"><Banner tone="danger">{t('tickets.proof.fail', { domain })}</Banner></div>;
  }
  if (authentication?.verdict !== 'pass') return null;
  return (
    <p className="mb-1 flex items-center gap-1.5 text-12 text-ink-faint">
      <ShieldCheck aria-hidden size={13} strokeWidth={1.75} />
      <span>{t('tickets.proof.pass', { domain })}</span>
    </p>
  );
}
