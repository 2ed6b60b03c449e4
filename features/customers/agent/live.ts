import type { QueryClient } from '@tanstack/react-query';
import type { LiveHandlers } from '../../../platform/browser/live.ts';

type Facts = { subjectId: string | null };
type Merge = Facts & { data?: { sourceId?: string; targetId?: string } };
type CustomerNews =
  | Facts & ({ type: 'customer.flagged' } | { type: 'customer.unflagged' } | { type: 'customer.created' } | { type: 'customer.changed' } | { type: 'customer.noted' })
  | Merge & ({ type: 'customer.merged' } | { type: 'customer.unmerged' });

/** Lists of people are looked at anew only where somebody looks at one. */
const listed = (cache: QueryClient): Promise<void> => cache.invalidateQueries({ queryKey: ['customers', 'list'] });

function customerMoved(cache: QueryClient, { subjectId }: Facts): void {
  if (!subjectId) return;
  void cache.invalidateQueries({ queryKey: ['customers', 'one', subjectId] });
  void cache.invalidateQueries({ queryKey: ['customers', 'notes', subjectId] });
  void listed(cache);
}

function flagged(cache: QueryClient, news: Facts): void {
  customerMoved(cache, news);
  void cache.invalidateQueries({ queryKey: ['customers', 'flags', news.subjectId] });
  void cache.invalidateQueries({ queryKey: ['tickets'] });
}

/** Everything of the two may be somebody else's now. */
function joined(cache: QueryClient): void {
  for (const room of ['customers', 'tickets', 'companies', 'commitments']) void cache.invalidateQueries({ queryKey: [room] });
}

export const customersLive: LiveHandlers<CustomerNews> = {
  'customer.created': customerMoved,
  'customer.changed': customerMoved,
  'customer.noted': customerMoved,
  'customer.flagged': flagged,
  'customer.unflagged': flagged,
  'customer.merged': joined,
  'customer.unmerged': joined,
};
