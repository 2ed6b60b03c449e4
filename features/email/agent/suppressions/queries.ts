import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { SuppressionPage } from '../../core/contract.ts';

export const SUPPRESSIONS = ['email', 'suppressions'];

export const suppressionsQuery = infiniteQueryOptions({
  queryKey: SUPPRESSIONS,
  queryFn: ({ pageParam, signal }) => api.get(`/email/suppressions?${new URLSearchParams({ limit: '50', ...(pageParam !== null && { cursor: pageParam }) })}`, SuppressionPage, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});
