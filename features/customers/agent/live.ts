import type { QueryClient } from '@tanstack/react-query';
import type { LiveHandlers } from '../../../platform/browser/live.ts';

type CustomerNews = { type: 'customer.created' | 'customer.changed' | 'customer.noted'; subjectId: string | null };

function customerMoved(cache: QueryClient, { subjectId }: CustomerNews): void {
  if (!subjectId) return;
  void cache.invalidateQueries({ queryKey: ['customers', 'one', subjectId] });
  void cache.invalidateQueries({ queryKey: ['customers', 'notes', subjectId] });
}

export const customersLive: LiveHandlers<CustomerNews> = {
  'customer.created': customerMoved,
  'customer.changed': customerMoved,
  'customer.noted': customerMoved,
};
