import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../classes.ts';

type BannerTone = 'info' | 'good' | 'warning' | 'danger';

const TONES = {
  info: { style: 'bg-accent-tint text-on-accent-tint', icon: Info },
  good: { style: 'bg-good-tint text-on-good-tint', icon: CircleCheck },
  warning: { style: 'bg-note text-on-note', icon: TriangleAlert },
  danger: { style: 'bg-danger-tint text-on-danger-tint', icon: CircleAlert },
} as const;

type BannerProps = {
  tone?: BannerTone;
  /** One small button or link, when there is something to do about it. */
  action?: ReactNode;
  /** `edge` runs along the top of a pane, from side to side. */
  shape?: 'box' | 'edge';
  children: ReactNode;
};

/** Something about this screen that should be known before going on. Trouble is read aloud at once. */
export function Banner({ tone = 'info', action, shape = 'box', children }: BannerProps) {
  const { style, icon: Icon } = TONES[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={classes('flex items-start gap-2.5 px-3 py-2 text-13', shape === 'box' && 'rounded-control', style)}
    >
      <Icon aria-hidden size={16} strokeWidth={1.75} className="mt-[2px] shrink-0" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      {action && <div className="-my-1 flex min-h-7 min-w-0 items-center">{action}</div>}
    </div>
  );
}
