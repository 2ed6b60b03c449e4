import { useSyncExternalStore } from 'react';
import { serverNow } from './server-clock.ts';

const EVERY_MS = 1_000;

const listeners = new Set<() => void>();
let now = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * What `tell` says of the server's present moment, renewed each second by one timer for the whole page. Whoever uses it is drawn
 * anew only when the words change, and nothing around it is; so it may stand in every row of a list.
 */
export const useTicking = <T extends string | number | boolean | null>(tell: (now: Date) => T): T => useSyncExternalStore(subscribe, () => tell(present()));

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) begin();
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) end();
  };
}

/** While nobody listens the clock stands still; whoever draws first finds it right. */
function present(): Date {
  if (listeners.size === 0 && Math.abs(serverNow().getTime() - now.getTime()) >= EVERY_MS) now = serverNow();
  return now;
}

function begin(): void {
  now = serverNow();
  timer = setInterval(tick, EVERY_MS);
  // A page in the background is rarely woken.
  document.addEventListener('visibilitychange', tick);
}

function end(): void {
  clearInterval(timer);
  document.removeEventListener('visibilitychange', tick);
}

function tick(): void {
  if (document.visibilityState === 'hidden') return;
  now = serverNow();
  for (const listener of listeners) listener();
}
