import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { type BulkAction, BulkFailurePage, BulkRunPage, BulkRunView } from '../core/contract.ts';

const LOOK_AGAIN_MS = 1_000;
const goesOn = (run: BulkRunView | undefined): boolean => run?.state === 'running' || run?.state === 'undoing';

/** Asked for again as long as it goes on. */
export const bulkRun = (id: string) => queryOptions({
  queryKey: ['bulk', 'run', id],
  queryFn: ({ signal }) => api.get(`/bulk-runs/${id}`, BulkRunView, { signal }),
  refetchInterval: ({ state: { data } }) => (goesOn(data) ? LOOK_AGAIN_MS : false),
});

/** The latest, which may be looked at and taken back. */
export const lastBulkRun = () => queryOptions({
  queryKey: ['bulk', 'last'],
  queryFn: async ({ signal }) => (await api.get('/bulk-runs?limit=1', BulkRunPage, { signal })).items[0] ?? null,
});

export const bulkFailures = (id: string, count: number) => queryOptions({
  queryKey: ['bulk', 'failures', id, count],
  queryFn: ({ signal }) => api.get(`/bulk-runs/${id}/failures?limit=100`, BulkFailurePage, { signal }),
  enabled: count > 0,
});

export const beginBulk = (ticketIds: readonly string[], actions: readonly BulkAction[]) => api.post('/bulk-runs', { ticketIds, actions }, BulkRunView);
export const stopBulk = (id: string) => api.put(`/bulk-runs/${id}/stop`, undefined, BulkRunView);
export const undoBulk = (id: string) => api.put(`/bulk-runs/${id}/undo`, undefined, BulkRunView);
