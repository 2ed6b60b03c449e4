import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { PastAbsencePage, PastAbsenceView } from '../../../routing/core/contract.ts';
import { MeanwhilePage } from '../../core/meanwhile.ts';

export const AWAY = ['notices', 'away'] as const;

/** Of which one has come back and has not put away yet what happened. An absence ends with the clock, and no event tells it. */
export const greeting = queryOptions({
  queryKey: [...AWAY, 'unseen'],
  queryFn: async ({ signal }) => (await api.get('/me/absences?unseen=1&limit=1', PastAbsencePage, { signal })).items[0] ?? null,
  staleTime: 60_000,
  refetchInterval: 300_000,
  refetchOnWindowFocus: true,
});

export const pastAbsences = pagedQuery([...AWAY, 'list'], '/me/absences', PastAbsencePage, { limit: 10 });
export const pastAbsence = (id: string) => queryOptions({ queryKey: [...AWAY, 'one', id], queryFn: ({ signal }) => api.get(`/me/absences/${id}`, PastAbsenceView, { signal }) });
export const meanwhile = (id: string) => ({ ...pagedQuery([...AWAY, 'tickets', id], `/me/absences/${id}/tickets`, MeanwhilePage, { limit: 20 }), staleTime: 0 });
