import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { TagPage } from '../../tickets/core/contract.ts';
import { SearchPage } from '../core/contract.ts';

/** What stands beside the tickets, how the search was understood, and the first few tickets. */
export const foundBesides = (q: string) => queryOptions({
  queryKey: ['search', 'found', q],
  queryFn: ({ signal }) => api.get(`/search?limit=1&q=${encodeURIComponent(q)}`, SearchPage, { signal }),
  enabled: q.trim() !== '', placeholderData: keepPreviousData,
});

export const peopleToName = (isAsked: boolean) => queryOptions({ queryKey: ['search', 'people'], queryFn: ({ signal }) => api.get('/people?limit=100', PersonPage, { signal }), enabled: isAsked });
export const teamsToName = (isAsked: boolean) => queryOptions({ queryKey: ['search', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }), enabled: isAsked });
export const tagsLike = (q: string, isAsked: boolean) => queryOptions({
  queryKey: ['search', 'tags', q], queryFn: ({ signal }) => api.get(`/tags?limit=8&q=${encodeURIComponent(q.slice(0, 50))}`, TagPage, { signal }), enabled: isAsked, placeholderData: keepPreviousData,
});
