import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { DomainPage, RelayPage } from '../../core/sending-contract.ts';

export const SENDING = ['email', 'sending'];

const page = (cursor: string | null): URLSearchParams => new URLSearchParams({ limit: '20', ...(cursor !== null && { cursor }) });

export const domainsQuery = infiniteQueryOptions({
  queryKey: [...SENDING, 'domains'],
  queryFn: ({ pageParam, signal }) => api.get(`/sending-domains?${page(pageParam)}`, DomainPage, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
});

export const relaysQuery = infiniteQueryOptions({
  queryKey: [...SENDING, 'relays'],
  queryFn: ({ pageParam, signal }) => api.get(`/relays?${page(pageParam)}`, RelayPage, { signal }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ nextCursor }) => nextCursor,
});
