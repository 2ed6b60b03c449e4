import type { QueryClient } from '@tanstack/react-query';
import type { LiveHandlers } from '../../../platform/browser/live.ts';

type Facts = { subjectId: string | null };
type CustomerNews = Facts & ({ type: 'customer.created' } | { type: 'customer.changed' } | { type: 'customer.noted' });

function customerMoved(cache: QueryClient, { subjectId }: Facts): void {
  if (!subjectId) return;
  void cache.invalidateQueries({ queryKey: ['customers', 'one', subjectId] });
  void cache.invalidateQueries({ queryKey: ['customers', 'notes', subjectId] });
}

export const customersLive: LiveHandlers<CustomerNews> = {
  'customer.created': customerMoved,
  'customer.changed': customerMoved,
  'customer.noted': customerMoved,
};
