import { useFormat } from '../../../../platform/browser/format.ts';
import { classes } from '../../../../ui/classes.ts';
import type { LoadView } from '../../core/contract.ts';
import { useRoutingText } from '../text.ts';

/** How much of somebody is taken: figures, and a bar that repeats them. */
export function LoadMeter({ load: { used, total } }: { load: LoadView }) {
  const t = useRoutingText();
  const format = useFormat();
  const figures = { used: format.number(used), total: format.number(total) };
  const share = total === 0 ? 1 : Math.min(1, used / total);
  return (
    <span className="flex w-24 flex-col gap-1 text-12 text-ink-soft tabular-nums max-wide:w-16">
      <span className="text-end">
        <span aria-hidden>{t('routing.load.short', figures)}</span>
        <span className="sr-only">{t('routing.load', figures)}</span>
      </span>
      <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-pressed"><span className={classes('block h-full rounded-full', share >= 1 ? 'bg-note-edge' : 'bg-accent')} style={{ width: `${share * 100}%` }} /></span>
    </span>
  );
}
