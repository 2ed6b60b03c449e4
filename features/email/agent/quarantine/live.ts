import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';
import { staleSoon } from '../../../../platform/browser/stale-soon.ts';

/** A wave of messages is asked about once in a while, not once for each. */
const PAUSE_MS = 1_000;
const SHOWN = [['email', 'quarantine'], ['email', 'ledger']];

export const quarantineLive: AnyLiveHandlers = {
  'quarantine.*': (cache) => {
    for (const queryKey of SHOWN) staleSoon(cache, queryKey, PAUSE_MS);
  },
};

export function refreshQuarantine(cache: QueryClient): void {
  for (const queryKey of SHOWN) void cache.invalidateQueries({ queryKey });
}
