import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { ComponentList, IncidentList, IncidentPage, MatchView } from '../core/contract.ts';
import { AudienceView, NoticePage } from '../core/notices-contract.ts';

export const componentsQuery = queryOptions({ queryKey: ['status', 'components'], queryFn: ({ signal }) => api.get('/status-components', ComponentList, { signal }) });
export const incidentsQuery = pagedQuery(['status', 'incidents'], '/status-incidents', IncidentPage, { limit: 20 });
/** Those that go on, for choosing one. */
export const openIncidentsQuery = queryOptions({ queryKey: ['status', 'open'], queryFn: ({ signal }) => api.get('/status-incidents?open=1&limit=50', IncidentPage, { signal }), staleTime: 60_000 });
export const ticketIncidentsQuery = (ticketId: string) => queryOptions({ queryKey: ['status', 'ticket', ticketId], queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/status-incidents`, IncidentList, { signal }), staleTime: 60_000 });
export const noticesQuery = pagedQuery(['status', 'notices'], '/status-notices', NoticePage, { limit: 10 });
export const matchesQuery = (condition: Condition) =>
  queryOptions({ queryKey: ['status', 'matches', condition], queryFn: ({ signal }) => api.post('/status-incidents/matches', { condition }, MatchView, { signal }), staleTime: 30_000 });
export const audienceQuery = (condition: Condition, shelves: 'active' | 'all') =>
  queryOptions({ queryKey: ['status', 'audience', condition, shelves], queryFn: ({ signal }) => api.post('/status-notices/audiences', { condition, shelves }, AudienceView, { signal }), staleTime: 30_000 });
