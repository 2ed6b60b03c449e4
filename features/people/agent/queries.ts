import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, speakFor } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { sealWith } from '../../../platform/browser/storage.ts';
import { DevicePage, FacePage, MeView, PersonPage, TeamPage, TokenPage } from '../core/contract.ts';
import { SetupState } from '../../workspaces/core/contract.ts';
import { TwoStepView } from '../core/two-step-contract.ts';

/** Until somebody has set up the server there is nothing to sign in to. */
export const setupQuery = queryOptions({
  queryKey: ['people', 'setup'],
  queryFn: ({ signal }) => api.get('/setup', SetupState, { signal, anonymous: true }),
});

/** Who is signed in here; everything else on screen depends on it. */
export const meQuery = queryOptions({
  queryKey: ['people', 'me'],
  queryFn: async ({ signal }) => {
    const me = await api.get('/me', MeView, { signal, anonymous: true });
    speakFor(me.id);
    sealWith(me.id, me.textKeys ?? []);
    return me;
  },
  staleTime: 5 * 60_000,
});

export const peopleQuery = (search = '') => pagedQuery(['people', 'list', search], '/people', PersonPage, { limit: 100, q: search });

export const teamsQuery = queryOptions({
  queryKey: ['people', 'teams'],
  queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }),
});

export const devicesQuery = queryOptions({
  queryKey: ['people', 'devices'],
  queryFn: ({ signal }) => api.get('/sessions?limit=100', DevicePage, { signal }),
});

export const tokensQuery = queryOptions({
  queryKey: ['people', 'tokens'],
  queryFn: ({ signal }) => api.get('/tokens?limit=100', TokenPage, { signal }),
});

export const twoStepQuery = queryOptions({
  queryKey: ['people', 'two-step'],
  queryFn: ({ signal }) => api.get('/me/two-step', TwoStepView, { signal }),
});

/** Of everybody who shows one, by id; there are as many as people, who are few. */
export const facesQuery = queryOptions({
  queryKey: ['people', 'faces'],
  queryFn: async ({ signal }) => {
    const faces = new Map<string, string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: FacePage = await api.get(`/faces?limit=100&cursor=${encodeURIComponent(cursor)}`, FacePage, { signal });
      for (const { id, face } of page.items) faces.set(id, face);
      cursor = page.nextCursor;
    }
    return faces;
  },
  staleTime: 5 * 60_000,
});

/** People and teams are few and shown in many places: whatever changed, all of it is asked for again. */
export const refreshPeople = (cache: QueryClient): Promise<void> => cache.invalidateQueries({ queryKey: ['people'] });
