import type { ReactNode } from 'react';

export const Facts = ({ children }: { children: ReactNode }) => <dl className="grid grid-cols-[minmax(0,max-content)_minmax(60%,1fr)] gap-x-6 gap-y-1.5 text-13">{children}</dl>;

/** One line of facts; one without a value is not there. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => Boolean(children) && (
  <>
    <dt className="text-ink-faint">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
);
