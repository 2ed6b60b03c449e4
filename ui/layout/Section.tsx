import type { ReactNode } from 'react';
import { classes } from '../classes.ts';

type SectionProps = { title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A part of a settings page: what it is about, then the thing itself. */
export const Section = ({ title, description, actions, children }: SectionProps) => (
  <section className="flex flex-col gap-4 border-b border-hairline py-6 first:pt-0 last:border-0">
    <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
      <div className="min-w-56 flex-1">
        <h2 className="text-16 leading-heading font-semibold">{title}</h2>
        {description && <p className="mt-1 max-w-reading text-13 text-ink-faint">{description}</p>}
      </div>
      {actions}
    </div>
    {children}
  </section>
);

/** A list of a few things with a name, a line about each, and what can be done. */
export const RowList = ({ label, children }: { label: string; children: ReactNode }) => (
  <ul aria-label={label} className="overflow-hidden rounded-control border border-hairline bg-surface">
    {children}
  </ul>
);

type ListRowProps = { leading?: ReactNode; title: ReactNode; detail?: ReactNode; badges?: ReactNode; actions?: ReactNode; /** Its actions have words: on narrow screens they stand below. */ isWordy?: boolean };

export const ListRow = ({ leading, title, detail, badges, actions, isWordy = false }: ListRowProps) => (
  <li className={classes('flex min-h-14 items-center gap-3 border-b border-hairline px-3.5 py-2 last:border-0', isWordy && 'max-wide:flex-wrap max-wide:gap-y-2')}>
    {leading}
    <div className={classes('min-w-0 flex-1', isWordy && 'max-wide:basis-full')}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {/* Plain words are cut at their own end, whichever side that is. */}
        <span dir={typeof title === 'string' ? 'auto' : undefined} className="truncate font-medium">{title}</span>
        {badges}
      </div>
      {detail && <div className="text-13 text-ink-faint [overflow-wrap:anywhere]">{detail}</div>}
    </div>
    {actions && <div className={classes('flex items-center gap-1', isWordy ? 'wide:shrink-0 max-wide:flex-wrap' : 'shrink-0')}>{actions}</div>}
  </li>
);
