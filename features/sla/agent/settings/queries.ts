import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import type { Condition } from '../../../conditions/core/condition.ts';
import { isAlways } from '../condition-words.ts';
import { MatchView, PolicyPage, type PolicyView } from '../../core/contract.ts';
import { KEYS } from '../queries.ts';

/** All of them: there can be no more than a page holds. */
export const policiesQuery = queryOptions({ queryKey: [...KEYS.policies, 'all'], queryFn: ({ signal }) => api.get('/sla-policies?limit=100', PolicyPage, { signal }) });

/** What is sent for a condition: one that holds for everything is none. */
export const conditionsToSend = (condition: Condition): Condition | null => (isAlways(condition) ? null : condition);

/** How many open tickets it holds for at this moment. */
export const matchesOf = (condition: Condition) =>
  queryOptions({
    queryKey: ['sla', 'matches', condition],
    queryFn: ({ signal }) => api.post('/sla-policies/matches', { conditions: conditionsToSend(condition) }, MatchView, { signal }),
    staleTime: 30_000,
  });

/** As it will be; the server says so a moment later. */
export function showOrder(cache: QueryClient, items: readonly PolicyView[]): void {
  cache.setQueryData(policiesQuery.queryKey, (page) => page && { ...page, items: [...items] });
}
