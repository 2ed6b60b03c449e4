import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { staleSoon } from '../../../platform/browser/stale-soon.ts';
import { KEYS, refresh } from './queries.ts';

const CALM_MS = 1_000;

/** A morning in which forty people come in makes a request a second at most, not forty. */
const soon = (cache: QueryClient, part: keyof typeof KEYS): void => staleSoon(cache, KEYS[part], CALM_MS);

/** What changed with the one ticket that is looked at; lists are calmer. */
function routed(cache: QueryClient, { ticketId }: { ticketId: string | null }): void {
  void refresh(cache, 'offers');
  if (ticketId !== null) void cache.invalidateQueries({ queryKey: [...KEYS.tickets, ticketId] });
  soon(cache, 'queues');
  soon(cache, 'presence');
}

export const routingLive: AnyLiveHandlers = {
  'routing.*': routed,
  'ticket.changed': (cache: QueryClient, { ticketId }: { ticketId: string | null }) => {
    if (ticketId !== null) void cache.invalidateQueries({ queryKey: [...KEYS.tickets, ticketId] });
  },
  'presence.*': (cache: QueryClient) => soon(cache, 'presence'),
  'absence.*': (cache: QueryClient) => {
    soon(cache, 'absences');
    soon(cache, 'presence');
  },
  'queue.*': (cache: QueryClient) => {
    void refresh(cache, 'queues');
    soon(cache, 'presence');
  },
  'skill.*': (cache: QueryClient) => refresh(cache, 'skills'),
};
