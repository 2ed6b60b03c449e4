import type { ReactNode } from 'react';

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

type ListRowProps = { leading?: ReactNode; title: ReactNode; detail?: ReactNode; badges?: ReactNode; actions?: ReactNode };

export const ListRow = ({ leading, title, detail, badges, actions }: ListRowProps) => (
  <li className="flex min-h-14 items-center gap-3 border-b border-hairline px-3.5 py-2 last:border-0">
    {leading}
    <div className="min-w-0 flex-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
        {/* Plain words are cut at their own end, whichever side that is. */}
        <span dir={typeof title === 'string' ? 'auto' : undefined} className="truncate font-medium">{title}</span>
        {badges}
      </div>
      {detail && <div className="text-13 text-ink-faint [overflow-wrap:anywhere]">{detail}</div>}
    </div>
    {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
  </li>
);
