import type { ReactNode } from 'react';

type CentredPageProps = { mark: ReactNode; footer?: ReactNode; children: ReactNode };

/** One thing in the middle: for those who are not in yet. */
export const CentredPage = ({ mark, footer, children }: CentredPageProps) => (
  <div className="flex min-h-full flex-col items-center bg-canvas px-4 pt-[10vh] pb-6">
    <main className="flex w-full max-w-[23.5rem] flex-1 flex-col gap-6">
      {mark}
      <div className="rounded-dialog border border-hairline bg-surface px-6 py-7 max-wide:px-5">{children}</div>
    </main>
    {footer && <footer className="mt-8 flex flex-wrap items-center justify-center gap-3 text-13 text-ink-faint">{footer}</footer>}
  </div>
);
