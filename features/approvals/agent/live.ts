import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { approvalNeed } from './queries.ts';

const stale = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ['approvals'] });

export const approvalsLive: AnyLiveHandlers = {
  'approval.*': stale,
  'entry.redacted': stale,
  'ticket.merged': stale,
  'ticket.unmerged': stale,
  /** Policies ask about the ticket. */
  'ticket.changed': (cache: QueryClient, { ticketId }: { ticketId: string | null }) => ticketId !== null && cache.invalidateQueries({ queryKey: approvalNeed(ticketId).queryKey }),
};
