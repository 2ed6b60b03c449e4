import { ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { isolated } from '../../../../platform/browser/isolated.ts';
import { Banner } from '../../../../ui/components/Banner.tsx';
import type { EntryView } from '../../core/contract.ts';
import { useTicketsText } from '../text.ts';

/** Whether the sender is who the message says: a warning when not, a quiet line otherwise, nothing where nobody looked. */
export function SenderProof({ entry: { authentication, author } }: { entry: EntryView }) {
  const t = useTicketsText();
  if (authentication === null) return null;
  const { verdict } = authentication;
  const domain = isolated(authentication.domain ?? author.address?.split('@').at(-1) ?? '');
  if (verdict === 'fail') return <div className="mb-2"><Banner tone="danger">{t('tickets.proof.fail', { domain })}</Banner></div>;
  const sealer = authentication.sealer && isolated(authentication.sealer);
  const Icon = verdict === 'pass' ? ShieldCheck : ShieldQuestionMark;
  return (
    <p className="mb-1 flex items-center gap-1.5 text-12 text-ink-faint">
      <Icon aria-hidden size={13} strokeWidth={1.75} />
      <span>{sealer ? t('tickets.proof.sealed', { domain, sealer }) : t(`tickets.proof.${verdict}`, { domain })}</span>
    </p>
  );
}
