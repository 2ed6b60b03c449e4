import { Check, CircleAlert, Clock, type LucideIcon, SendHorizontal } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import type { EntryView } from '../../core/contract.ts';
import { type DeliveryPhase, deliveryPhase } from '../../core/delivery.ts';
import { useTicketsText } from '../text.ts';

type DeliveryProps = { delivery: NonNullable<EntryView['delivery']>; onUndo: (() => void) | null; onRetry: (() => void) | null };

const LOOKS: Record<DeliveryPhase['phase'], { icon: LucideIcon; style: string }> = {
  undoable: { icon: Clock, style: 'text-ink-soft' },
  later: { icon: Clock, style: 'text-ink-soft' },
  queued: { icon: Clock, style: 'text-ink-faint' },
  waiting: { icon: Clock, style: 'text-note-ink' },
  sending: { icon: SendHorizontal, style: 'text-ink-faint' },
  trying_again: { icon: SendHorizontal, style: 'text-note-ink' },
  accepted: { icon: Check, style: 'text-ink-faint' },
  failed: { icon: CircleAlert, style: 'text-danger-ink' },
};

/** Where a message is on its way, in words. */
export function Delivery({ delivery, onUndo, onRetry }: DeliveryProps) {
  const t = useTicketsText();
  const format = useFormat();
  const now = useNow(delivery.undoUntil ? 1_000 : 30_000);
  const { phase, seconds } = deliveryPhase(delivery, now);
  const { icon: Icon, style } = LOOKS[phase];
  const at = delivery.undoUntil ?? delivery.at;
  return (
    <div className={classes('mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-12', style)}>
      <Icon aria-hidden size={13} strokeWidth={2} className="shrink-0" />
      <span className="tabular-nums">{t(`tickets.delivery.${phase}`, { seconds, at: at ? format.dateTime(at) : '', attempts: delivery.attempts })}</span>
      {(phase === 'failed' || phase === 'trying_again') && delivery.response && (
        <span dir="auto" className="written basis-full text-ink-soft">{t('tickets.delivery.their_words', { words: delivery.response })}</span>
      )}
      {(phase === 'undoable' || phase === 'later') && onUndo && <Button size="small" tone="quiet" onPress={onUndo}>{t('tickets.undo')}</Button>}
      {phase === 'failed' && onRetry && <Button size="small" onPress={onRetry}>{t('tickets.delivery.retry')}</Button>}
    </div>
  );
}
