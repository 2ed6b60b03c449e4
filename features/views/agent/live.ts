import type { LiveHandlers } from '../../../platform/browser/live.ts';
import type { ViewCounts } from '../core/contract.ts';
import { countsQuery } from './queries.ts';

type Told = { type: 'numbers.told'; numbers: { views: ViewCounts } };

export const viewsLive: LiveHandlers<{ type: 'view.changed' } | Told> = {
  'view.changed': (cache) => {
    void cache.invalidateQueries({ queryKey: ['views'] });
    void cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
  },
  // An answer that is on its way was made before.
  'numbers.told': async (cache, { numbers: { views } }) => {
    await cache.cancelQueries({ queryKey: countsQuery.queryKey, exact: true });
    cache.setQueryData(countsQuery.queryKey, views);
  },
};
