import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';

export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'danger';

const TONES: Record<Tone, string> = {
  neutral: 'bg-sunken text-ink-soft',
  accent: 'bg-accent-tint text-on-accent-tint',
  good: 'bg-good-tint text-on-good-tint',
  warning: 'bg-note text-on-note',
  danger: 'bg-danger-tint text-on-danger-tint',
};

/** A state in a word; the colour only repeats what the word says. */
export const Badge = ({ tone = 'neutral', icon: Icon, children }: { tone?: Tone; icon?: LucideIcon; children: ReactNode }) => (
  <span
    data-tone={tone}
    className={classes('inline-flex h-5 max-w-full items-center gap-1 rounded-[4px] px-1.5 text-12 font-medium tabular-nums', TONES[tone])}
  >
    {Icon && <Icon aria-hidden size={12} strokeWidth={2} className="shrink-0" />}
    <span className="truncate">{children}</span>
  </span>
);
