import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { PlaceList } from '../../calendars/core/contract.ts';
import { TemplatePage } from '../../checklists/core/contract.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { QueuePage } from '../../routing/core/contract.ts';
import { PolicyPage } from '../../sla/core/contract.ts';
import { SavedReplyPage } from '../core/contract.ts';

export const savedRepliesQuery = (search = '') => pagedQuery(['macros', 'saved-replies', search], '/saved-replies', SavedReplyPage, { q: search });

/* Under the keys of the rooms that they belong to, so that the answers are shared and renewed with theirs. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
export const templateNames = queryOptions({ queryKey: ['checklists', 'templates', 'names'], queryFn: ({ signal }) => api.get('/checklist-templates?limit=100', TemplatePage, { signal }) });
export const placeNames = queryOptions({ queryKey: ['calendars', 'places'], queryFn: ({ signal }) => api.get('/calendar-places', PlaceList, { signal }) });
export const policyNames = queryOptions({ queryKey: ['sla', 'policies', 'all'], queryFn: ({ signal }) => api.get('/sla-policies?limit=100', PolicyPage, { signal }) });
export const queueNames = queryOptions({ queryKey: ['routing', 'queues', 'names'], queryFn: ({ signal }) => api.get('/queues?limit=100', QueuePage, { signal }) });
