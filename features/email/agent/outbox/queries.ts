import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { api } from '../../../../platform/browser/api.ts';
import { OutboxDetail, OutboxPage, type OutboxState } from '../../core/contract.ts';

export type OutboxFilter = z.infer<typeof OutboxState> | 'all';

export const outboxList = (state: OutboxFilter) =>
  infiniteQueryOptions({
    queryKey: ['email', 'outbox', 'list', state],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50', ...(state !== 'all' && { state }), ...(pageParam !== null && { cursor: pageParam }) });
      return api.get(`/outbox?${query}`, OutboxPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const outboxOne = (id: string) =>
  queryOptions({ queryKey: ['email', 'outbox', 'one', id], queryFn: ({ signal }) => api.get(`/outbox/${id}`, OutboxDetail, { signal }) });

export const retryMail = (id: string): Promise<void> => api.post(`/outbox/${id}/retries`);
