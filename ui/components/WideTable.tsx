import type { ReactNode } from 'react';
import { classes } from '../classes.ts';

type WideTableProps = {
  /** What it is a table of: it can be stepped to, so it has a name. */
  label: string;
  /** Tailwind class names of the table, mostly its least width. */
  className: string;
  children: ReactNode;
};

/** A table in a frame, which scrolls sideways where there is less room than it needs. */
export const WideTable = ({ label, className, children }: WideTableProps) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard, and nothing in it has to take the focus
  <div className="overflow-x-auto rounded-control border border-hairline" tabIndex={0} role="region" aria-label={label}>
    <table className={classes('w-full text-14', className)}>{children}</table>
  </div>
);
