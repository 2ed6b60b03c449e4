import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { batched, pagedQuery } from '../../../platform/browser/paged.ts';
import { CalendarPage } from '../../calendars/core/contract.ts';
import { FiguresView } from '../core/results-contract.ts';
import { BoardPage, type BoardQuery, ClocksView, FlagPage, PolicyView, UrgentList, type UrgentView } from '../core/contract.ts';

/** Everything below `sla`; events mark parts of it as stale. */
export const KEYS = {
  urgent: (ticketId: string) => ['sla', 'urgent', ticketId],
  clocks: (ticketId: string) => ['sla', 'clocks', ticketId],
  board: ['sla', 'board'],
  flags: ['sla', 'flags'],
  figures: ['sla', 'figures'],
  policies: ['sla', 'policies'],
} as const;

/** Rows of a list ask one by one, and are asked for together. */
const urgentOfMany = batched(async (ids: readonly string[]): Promise<ReadonlyMap<string, UrgentView>> => {
  const { items } = await api.get(`/sla/urgent?tickets=${ids.join(',')}`, UrgentList);
  return new Map(items.map((item) => [item.ticketId, item]));
});

/** The promise of a ticket that matters most now; null when there is none. */
export const urgentOf = (ticketId: string) =>
  queryOptions({ queryKey: KEYS.urgent(ticketId), queryFn: async () => (await urgentOfMany(ticketId)) ?? null });

export const clocksOf = (ticketId: string) =>
  queryOptions({ queryKey: KEYS.clocks(ticketId), queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/clocks`, ClocksView, { signal }) });

export const policyOne = (policyId: string) =>
  queryOptions({ queryKey: [...KEYS.policies, policyId], queryFn: ({ signal }) => api.get(`/sla-policies/${policyId}`, PolicyView, { signal }) });

export const boardQuery = (asked: Pick<BoardQuery, 'team' | 'assignee'>) => pagedQuery([...KEYS.board, asked], '/sla/board', BoardPage, asked);

export const flagsQuery = pagedQuery(KEYS.flags, '/sla/flags', FlagPage, { limit: 20 });

/** Of a month that goes on they move with every answer; a minute late is early enough. */
export const figuresOf = (months: number) =>
  queryOptions({ queryKey: [...KEYS.figures, months], queryFn: ({ signal }) => api.get(`/sla/figures?months=${months}`, FiguresView, { signal }), staleTime: 60_000 });

/** Below the key of the calendars room, so that its news makes them stale too. */
export const calendarsAll = queryOptions({ queryKey: ['calendars', 'all'], queryFn: ({ signal }) => api.get('/calendars?limit=100', CalendarPage, { signal }) });
