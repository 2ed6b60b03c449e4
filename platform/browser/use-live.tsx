import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Connection, Live } from './live.ts';

const LiveContext = createContext<Live | null>(null);

export const LiveProvider = ({ live, children }: { live: Live | null; children: ReactNode }) => (
  <LiveContext value={live}>{children}</LiveContext>
);

/** How fresh the screen is; without a socket (tests, single components) everything counts as live. */
export function useConnection(): Connection {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.subscribe ?? never, () => live?.state() ?? 'live');
}

/** For a button that stands where the line is cut. */
export function useReconnect(): () => void {
  const live = useContext(LiveContext);
  return () => live?.retry();
}

/** Lets colleagues know that this ticket is open here, for as long as the component is. */
export function useWatch(ticketId: string | null): void {
  const live = useContext(LiveContext);
  useEffect(() => {
    live?.watch(ticketId);
    return () => live?.watch(null);
  }, [live, ticketId]);
}

const never = () => () => undefined;
