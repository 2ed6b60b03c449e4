import type { KeyboardEvent } from 'react-aria-components';

type Heard = ((event: KeyboardEvent) => void) | undefined;

/** A key that means nothing in its place means what it means around it, as Escape in a dialog: a handler alone would keep every key to itself. */
export const othersGoOn = (heard: Heard): { onKeyDown?: (event: KeyboardEvent) => void } => (heard ? {
  onKeyDown: (event) => {
    heard(event);
    if (!event.isDefaultPrevented()) event.continuePropagation();
  },
} : {});
