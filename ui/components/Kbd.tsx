import { classes } from '../classes.ts';

/** The key that does the same; a hint for eyes, never read aloud. */
export const Kbd = ({ children, onColour = false }: { children: string; onColour?: boolean }) => (
  <kbd
    aria-hidden
    dir="ltr"
    className={classes(
      'inline-flex h-5 min-w-5 items-center justify-center rounded-[4px] border px-1 font-text text-12 leading-none',
      onColour ? 'border-current/30 text-current' : 'border-hairline bg-surface text-ink-faint',
    )}
  >
    {children}
  </kbd>
);
