import { Check } from 'lucide-react';
import { classes } from '../classes.ts';

/** Whether a row of a list is among those selected; the row itself says so to whoever cannot see it. */
export const RowMark = ({ isSelected }: { isSelected: boolean }) => (
  <span aria-hidden className={classes('flex size-4.5 shrink-0 items-center justify-center rounded-[4px] border', isSelected ? 'border-accent bg-accent text-on-accent' : 'border-border bg-surface')}>
    {isSelected && <Check size={14} strokeWidth={2.5} />}
  </span>
);
