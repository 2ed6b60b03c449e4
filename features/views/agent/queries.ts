import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { TeamPage } from '../../people/core/contract.ts';
import { ViewCounts, ViewPage } from '../core/contract.ts';

/** Numbers beside views move with tickets: they stand below what those make stale. */
export const countsQuery = queryOptions({ queryKey: ['tickets', 'counts', 'views'], queryFn: ({ signal }) => api.get('/views/counts', ViewCounts, { signal }) });

/** As many as a menu can show. */
export const viewsQuery = queryOptions({ queryKey: ['views', 'all'], queryFn: ({ signal }) => api.get('/views?limit=100', ViewPage, { signal }) });

/** Under the key of the people room, so that the answer is shared. */
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }), select: ({ items }) => items });
