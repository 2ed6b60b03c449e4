import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { PersonPage } from '../../people/core/contract.ts';
import { AskCount, AskPage, AskWordPage } from '../core/contract.ts';

export const ticketAsks = (ticketId: string) => queryOptions({
  queryKey: ['asks', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/asks?limit=50`, AskPage, { signal }),
});
export const askWords = (id: string) => pagedQuery(['asks', 'words', id], `/asks/${id}/words`, AskWordPage, { limit: 100 });
export const asksList = (list: 'mine' | 'by_me') => pagedQuery(['asks', 'list', list], '/asks', AskPage, { list, limit: 20 });
export const askCount = queryOptions({ queryKey: ['asks', 'count'], queryFn: ({ signal }) => api.get('/asks/count', AskCount, { signal }) });

/** Under the key of the room that it belongs to, so that the answer is shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});
