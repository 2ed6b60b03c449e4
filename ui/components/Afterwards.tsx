import { type ReactNode, useDeferredValue } from 'react';

/** What may come a moment after what somebody waits for: it is drawn once that stands, and gives way to whatever is pressed meanwhile. */
export const Afterwards = ({ children, instead = null }: { children: ReactNode; /** Keeps its place until then. */ instead?: ReactNode }) =>
  (useDeferredValue(true, false) ? children : instead);
