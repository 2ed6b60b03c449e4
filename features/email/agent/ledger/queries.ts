import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { pagedQuery } from '../../../../platform/browser/paged.ts';
import { LedgerItem, LedgerPage } from '../../core/contract.ts';

export type LedgerFilter = { readonly q: string; readonly state: LedgerItem['state'] | 'all' };

export const ledgerList = ({ q, state }: LedgerFilter) =>
  pagedQuery(['email', 'ledger', 'list', { q, state }], '/email/ledger', LedgerPage, { q, state: state === 'all' ? '' : state });

export const ledgerOne = (id: string) =>
  queryOptions({ queryKey: ['email', 'ledger', 'one', id], queryFn: ({ signal }) => api.get(`/email/ledger/${id}`, LedgerItem, { signal }) });
