import { Check, CircleAlert, Clock, type LucideIcon, SendHorizontal } from 'lucide-react';
import { useFormat } from '../../../../platform/browser/format.ts';
import { serverMachineNow } from '../../../../platform/browser/server-clock.ts';
import { useNow } from '../../../../platform/browser/use-now.ts';
import { classes } from '../../../../ui/classes.ts';
import { Button } from '../../../../ui/components/Button.tsx';
import { Counting } from '../../../../ui/components/Counting.tsx';
import type { EntryView } from '../../core/contract.ts';
import { type DeliveryPhase, deliveryPhase } from '../../core/delivery.ts';
import { failureOf } from '../../core/failure.ts';
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
  const now = useNow(delivery.undoUntil ? 1_000 : 30_000, serverMachineNow);
  const phase = deliveryPhase(delivery, now);
  const { icon: Icon, style } = LOOKS[phase.phase];
  return (
    <div className={classes('mt-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-12', style)}>
      <Icon aria-hidden size={13} strokeWidth={2} className="shrink-0" />
      <Words delivery={delivery} phase={phase} />
      {UNDOABLE.has(phase.phase) && onUndo && <Button size="small" tone="quiet" onPress={onUndo}>{t('tickets.undo')}</Button>}
      {phase.phase === 'failed' && onRetry && <Button size="small" onPress={onRetry}>{t('tickets.delivery.retry')}</Button>}
    </div>
  );
}

const UNDOABLE: ReadonlySet<DeliveryPhase['phase']> = new Set(['undoable', 'later']);
const TROUBLED: ReadonlySet<DeliveryPhase['phase']> = new Set(['failed', 'trying_again']);

const Words = ({ delivery: { undoUntil, at, attempts, response }, phase: { phase, seconds } }: { delivery: DeliveryProps['delivery']; phase: DeliveryPhase }) => {
  const t = useTicketsText();
  const format = useFormat();
  const moment = undoUntil ?? at;
  const words = t(`tickets.delivery.${phase}`, { seconds, at: moment ? format.dateTime(moment) : '', attempts });
  return (
    <>
      {phase === 'undoable' ? <Counting>{words}</Counting> : <span className="tabular-nums">{words}</span>}
      {phase === 'failed' && response && <span className="order-last basis-full">{t(`tickets.delivery.why.${failureOf(response)}`)}</span>}
      {TROUBLED.has(phase) && response && (
        <span dir="auto" className="written order-last basis-full text-ink-soft">{t('tickets.delivery.their_words', { words: response })}</span>
      )}
    </>
  );
};
