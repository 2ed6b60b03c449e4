import type { QueryClient } from '@tanstack/react-query';
import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { staleSoon } from '../../../platform/browser/stale-soon.ts';
import { KEYS } from './queries.ts';

type Facts = { ticketId: string | null; data?: { sourceId?: string; targetId?: string } };

/** Whatever happens to a ticket may begin, stop or end a promise. */
function ticketMoved(cache: QueryClient, { ticketId, data }: Facts): void {
  for (const id of new Set([ticketId, data?.sourceId, data?.targetId])) {
    if (!id) continue;
    void cache.invalidateQueries({ queryKey: KEYS.urgent(id) });
    void cache.invalidateQueries({ queryKey: KEYS.clocks(id) });
  }
  boardMoved(cache);
}

const CALM_MS = 1_000;

/** A busy desk moves all the time; the board is asked for once a second at most. */
function boardMoved(cache: QueryClient): void {
  staleSoon(cache, KEYS.board, CALM_MS);
  staleSoon(cache, KEYS.flags, CALM_MS);
}

const allOfIt = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ['sla'] });

export const slaLive: AnyLiveHandlers = {
  'ticket.*': ticketMoved,
  'entry.*': ticketMoved,
  'sla.*': ticketMoved,
  'sla_policy.*': allOfIt,
  'calendar.*': allOfIt,
};
