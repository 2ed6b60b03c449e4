import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { SavedReplyPage } from '../../core/contract.ts';

export const savedRepliesQuery = (search = '') =>
  infiniteQueryOptions({
    queryKey: ['macros', 'saved-replies', search],
    queryFn: ({ signal, pageParam }) => {
      const query = new URLSearchParams({ limit: '50' });
      if (search) query.set('q', search);
      if (pageParam) query.set('cursor', pageParam);
      return api.get(`/saved-replies?${query}`, SavedReplyPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
