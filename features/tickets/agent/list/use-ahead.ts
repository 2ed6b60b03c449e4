import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { api } from '../../../../platform/browser/api.ts';
import type { TicketView } from '../../core/contract.ts';
import { useDesk } from '../desk.tsx';
import { KEYS, ticketEntries } from '../queries.ts';

/** So many tickets below the one that is read are made ready. */
const AHEAD = 2;
/** What was just opened comes first. */
const CALM_MS = 250;

/** What a row knows of a ticket is the ticket: it is there before the server is asked. What is known already stays. */
export function useSeeding(rows: readonly TicketView[], onChoose: (ticketId: string) => void): (ticketId: string) => void {
  const cache = useQueryClient();
  return (ticketId) => {
    const row = rows.find(({ id }) => id === ticketId);
    if (row && cache.getQueryData(KEYS.one(ticketId)) === undefined) cache.setQueryData(KEYS.one(ticketId), row);
    onChoose(ticketId);
  };
}

/** While one ticket is read, the talk of the next ones is fetched, and who asks there, so that the next is there at once. What is found stale when it is opened is asked for again. */
export function useAhead(rows: readonly TicketView[], chosenId: string | null): void {
  const cache = useQueryClient();
  const { ahead } = useDesk();
  const at = rows.findIndex(({ id }) => id === chosenId);
  const next = rows.slice(at + 1, at + 1 + AHEAD);
  const ids = next.map(({ id }) => id).join();
  const fetchThem = useEffectEvent(() => {
    for (const ticket of next) {
      void cache.prefetchInfiniteQuery(ticketEntries(ticket.id, api.beside));
      ahead?.(ticket);
    }
  });
  useEffect(() => {
    if (ids === '') return undefined;
    const timer = setTimeout(() => fetchThem(), CALM_MS);
    return () => clearTimeout(timer);
  }, [ids]);
}
