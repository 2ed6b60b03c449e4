import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { NoticePage, PreferencesView, PushView, UnreadView } from '../core/contract.ts';

/** Asked again every two minutes while somebody looks: it also says that they are there. */
export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => api.get('/me/notices/unread', UnreadView, { signal }),
  refetchInterval: 120_000,
  refetchOnWindowFocus: true,
});

export const noticesQuery = pagedQuery(['notices', 'list'], '/me/notices', NoticePage, { limit: 20 });

export const preferencesQuery = queryOptions({
  queryKey: ['notices', 'preferences'],
  queryFn: ({ signal }) => api.get('/me/notices/preferences', PreferencesView, { signal }),
});

export const pushQuery = queryOptions({
  queryKey: ['notices', 'push'],
  queryFn: ({ signal }) => api.get('/me/push', PushView, { signal }),
});
