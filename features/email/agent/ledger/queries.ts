import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { LedgerItem, LedgerPage } from '../../core/contract.ts';

export type LedgerFilter = { readonly q: string; readonly state: LedgerItem['state'] | 'all' };

export const ledgerList = ({ q, state }: LedgerFilter) =>
  infiniteQueryOptions({
    queryKey: ['email', 'ledger', 'list', { q, state }],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: '50', ...(q !== '' && { q }), ...(state !== 'all' && { state }), ...(pageParam !== null && { cursor: pageParam }) });
      return api.get(`/email/ledger?${query}`, LedgerPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const ledgerOne = (id: string) =>
  queryOptions({ queryKey: ['email', 'ledger', 'one', id], queryFn: ({ signal }) => api.get(`/email/ledger/${id}`, LedgerItem, { signal }) });
