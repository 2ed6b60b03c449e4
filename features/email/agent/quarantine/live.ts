import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';

/** A wave of messages is asked about once in a while, not once for each. */
const PAUSE_MS = 1_000;
let waiting: ReturnType<typeof setTimeout> | undefined;

export const quarantineLive: AnyLiveHandlers = {
  'quarantine.*': (cache) => {
    waiting ??= setTimeout(() => {
      waiting = undefined;
      refreshQuarantine(cache);
    }, PAUSE_MS);
  },
};

export function refreshQuarantine(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: ['email', 'quarantine'] });
  void cache.invalidateQueries({ queryKey: ['email', 'ledger'] });
}
