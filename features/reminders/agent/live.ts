import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ['reminders'] });

export const remindersLive: AnyLiveHandlers = { 'reminder.*': stale, 'entry.redacted': stale, 'ticket.merged': stale, 'ticket.unmerged': stale, 'ticket.deleted': stale, 'ticket.restored': stale };
