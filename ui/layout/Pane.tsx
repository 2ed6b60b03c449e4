import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../components/IconButton.tsx';
import { classes } from '../classes.ts';
import { foot } from '../components/foot.ts';

type PaneProps = {
  /** Heading of the pane; the first heading of a screen has level 1. */
  title: ReactNode;
  level?: 1 | 2;
  /** Stands beside the heading, in small. */
  subtitle?: ReactNode;
  /** Buttons at the end of the head. */
  actions?: ReactNode;
  /** Way back on narrow screens. */
  back?: { readonly label: string; readonly onBack: () => void };
  /** Between head and body: tabs, banners, filters. */
  below?: ReactNode;
  /** Stays in sight below the body. */
  footer?: ReactNode;
  /** False when the body scrolls by itself, as a virtual list does. */
  isScrolling?: boolean;
  tone?: 'surface' | 'canvas';
  children: ReactNode;
};

/** One column of a screen: a head that stays, a body that scrolls, a foot that stays. */
export const Pane = ({ title, level = 2, subtitle, actions, back, below, footer, isScrolling = true, tone = 'surface', children }: PaneProps) => {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <section className={classes('flex h-full min-h-0 min-w-0 flex-1 flex-col', tone === 'surface' ? 'bg-surface' : 'bg-canvas')}>
      <header className="flex min-h-13 shrink-0 items-center gap-2 border-b border-hairline px-4 max-wide:flex-wrap">
        {back && (
          <span className="-ms-2 wide:hidden">
            <IconButton label={back.label} icon={ChevronLeft} mirrored onPress={back.onBack} />
          </span>
        )}
        <div className="flex min-w-0 flex-1 items-baseline gap-2 max-wide:min-w-20">
          <Heading className="truncate text-14 font-semibold max-wide:line-clamp-2 max-wide:[overflow-wrap:anywhere] max-wide:whitespace-normal max-wide:leading-tight" dir="auto">
            {title}
          </Heading>
          {subtitle && <span className="shrink-0 text-13 text-ink-faint">{subtitle}</span>}
        </div>
        {actions && <div className="flex shrink-0 items-center gap-1 max-wide:ms-auto max-wide:shrink max-wide:flex-wrap max-wide:justify-end">{actions}</div>}
      </header>
      {below}
      <div className={classes('min-h-0 flex-1', isScrolling ? 'overflow-auto overscroll-contain' : 'flex flex-col')}>{children}</div>
      {footer && <footer ref={foot} className="shrink-0 border-t border-hairline">{footer}</footer>}
    </section>
  );
};
