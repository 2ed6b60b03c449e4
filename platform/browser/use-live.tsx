import { createContext, type ReactNode, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Face } from './faces.ts';
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

const IDLE_MS = 180_000;
const SIGNS_OF_LIFE = ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const;

/** Lets colleagues know that this ticket is open here, for as long as the component is, and whether anybody moves. */
export function useWatch(ticketId: string | null): void {
  const live = useContext(LiveContext);
  useEffect(() => {
    live?.watch(ticketId);
    return () => live?.watch(null);
  }, [live, ticketId]);
  useEffect(() => {
    if (!live) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stir = () => {
      clearTimeout(timer);
      live.rest(document.visibilityState === 'hidden');
      timer = setTimeout(() => live.rest(true), IDLE_MS);
    };
    stir();
    for (const sign of SIGNS_OF_LIFE) addEventListener(sign, stir, { passive: true });
    document.addEventListener('visibilitychange', stir);
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS_OF_LIFE) removeEventListener(sign, stir);
      document.removeEventListener('visibilitychange', stir);
    };
  }, [live]);
}

/** To be called when something is typed: colleagues see it for as long as it goes on. */
export function useTellWriting(): () => void {
  const live = useContext(LiveContext);
  return () => live?.write();
}

/** Who has a ticket open; in a list only while `useListFaces` holds. */
export function useFaces(ticketId: string): readonly Face[] {
  const live = useContext(LiveContext);
  return useSyncExternalStore(live?.faces.subscribe ?? never, () => live?.faces.of(ticketId) ?? NOBODY);
}

/** A list is in sight: whoever has its tickets open is told. */
export function useListFaces(): void {
  const live = useContext(LiveContext);
  useEffect(() => {
    live?.showFaces(true);
    return () => live?.showFaces(false);
  }, [live]);
}

/** The numbers beside lists are in sight: they are told when they are others. */
export function useLiveNumbers(): void {
  const live = useContext(LiveContext);
  useEffect(() => {
    live?.showNumbers(true);
    return () => live?.showNumbers(false);
  }, [live]);
}

const NOBODY: readonly Face[] = [];
const never = () => () => undefined;
