import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale: AnyLiveHandlers[string] = (cache) => cache.invalidateQueries({ queryKey: ['commitments'] });

/** Promises are few and shown in few places: whatever happened to one, all that is shown is asked for again. */
export const commitmentsLive: AnyLiveHandlers = { 'commitment.*': stale, 'entry.redacted': stale, 'ticket.merged': stale, 'ticket.unmerged': stale };
