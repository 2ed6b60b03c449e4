import type { ReactNode } from 'react';
import { classes } from '../classes.ts';

type SplitViewProps = {
  /** What to choose from. */
  list: ReactNode;
  /** What was chosen; null: the list has all the room. */
  detail: ReactNode;
  /** What belongs to it; hides first when room is scarce. */
  aside?: ReactNode;
  /** On narrow screens one of them has the whole width. */
  narrow: 'list' | 'detail' | 'aside';
};

/** Panes side by side. Each scrolls by itself; below 720 px there is one at a time. */
export const SplitView = ({ list, detail, aside, narrow }: SplitViewProps) => (
  <div className="flex h-full min-h-0 min-w-0">
    <div className={classes('flex min-h-0 min-w-0 flex-col', detail === null ? 'flex-1' : BESIDE, shown(narrow === 'list'))}>{list}</div>
    {detail !== null && <div className={classes('flex min-h-0 min-w-0 flex-1 flex-col', shown(narrow === 'detail'))}>{detail}</div>}
    {aside && (
      <div
        className={classes(
          'min-h-0 min-w-0 flex-col border-s border-hairline roomy:flex roomy:w-76 roomy:shrink-0',
          narrow === 'aside' ? 'max-wide:flex max-wide:w-full max-wide:flex-1 max-wide:border-0 hidden' : 'hidden',
        )}
      >
        {aside}
      </div>
    )}
  </div>
);

const BESIDE = 'border-e border-hairline wide:w-[clamp(16rem,31vw,21rem)] wide:shrink-0 vast:w-96';

const shown = (isShown: boolean) => (isShown ? 'max-wide:w-full max-wide:flex-1 max-wide:border-0' : 'max-wide:hidden');
