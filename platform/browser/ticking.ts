import { useSyncExternalStore } from 'react';

const EVERY_MS = 1_000;

const listeners = new Set<() => void>();
let now = new Date();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * What `tell` says of the present moment, renewed each second by one timer for the whole page. Whoever uses it is drawn
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
  if (listeners.size === 0 && Date.now() - now.getTime() >= EVERY_MS) now = new Date();
  return now;
}

function begin(): void {
  now = new Date();
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
  now = new Date();
  for (const listener of listeners) listener();
}
