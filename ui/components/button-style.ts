import { classes } from '../classes.ts';

export type ButtonTone = 'primary' | 'plain' | 'quiet' | 'danger';
export type ButtonSize = 'normal' | 'small';

const TONES: Record<ButtonTone, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover pressed:bg-accent-hover border-transparent',
  plain: 'bg-surface text-ink border-border/70 hover:bg-hover pressed:bg-pressed',
  quiet: 'bg-transparent text-ink-soft border-transparent hover:bg-pressed/60 hover:text-ink pressed:bg-pressed',
  danger: 'bg-danger text-on-danger hover:bg-danger-hover pressed:bg-danger-hover border-transparent',
};

const SHAPE =
  'relative inline-flex shrink-0 cursor-default select-none items-center justify-center rounded-control border font-medium ' +
  'whitespace-nowrap transition-colors disabled:opacity-50 aria-disabled:opacity-50';

export const buttonStyle = (tone: ButtonTone, size: ButtonSize, square: boolean): string =>
  classes(
    SHAPE,
    TONES[tone],
    size === 'small' ? 'h-control-small text-13' : 'h-control text-14',
    square ? (size === 'small' ? 'w-control-small' : 'w-control') : size === 'small' ? 'gap-1.5 px-2.5' : 'gap-2 px-3.5',
  );
