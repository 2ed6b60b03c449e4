import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ['asides'] });

export const asidesLive: AnyLiveHandlers = {
  'aside.*': stale,
  /** How far a mail has come. */
  'outbox.changed': stale,
  'entry.redacted': stale,
  'ticket.merged': stale,
  'ticket.unmerged': stale,
};
