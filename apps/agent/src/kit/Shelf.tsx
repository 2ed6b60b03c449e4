import type { ReactNode } from 'react';

export const Shelf = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="flex flex-col gap-3">
    <h2 className="text-16 font-semibold">{title}</h2>
    <div className="flex flex-wrap items-start gap-3 rounded-dialog border border-hairline bg-surface p-5">{children}</div>
  </section>
);
