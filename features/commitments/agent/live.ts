import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

/** Promises are few and shown in few places: whatever happened to one, all that is shown is asked for again. */
export const commitmentsLive: AnyLiveHandlers = {
  'commitment.*': (cache) => cache.invalidateQueries({ queryKey: ['commitments'] }),
  'entry.redacted': (cache) => cache.invalidateQueries({ queryKey: ['commitments'] }),
};
