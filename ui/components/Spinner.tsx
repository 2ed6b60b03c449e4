import { classes } from '../classes.ts';

/** A small wheel for what is under way; the words beside it say what that is. */
export const Spinner = ({ className }: { className?: string }) => (
  <svg aria-hidden viewBox="0 0 16 16" className={classes('size-4 animate-spin', className)}>
    <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeOpacity="0.25" strokeWidth="2" />
    <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
  </svg>
);
