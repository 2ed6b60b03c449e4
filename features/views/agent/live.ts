import type { LiveHandlers } from '../../../platform/browser/live.ts';

export const viewsLive: LiveHandlers<{ type: 'view.changed' }> = {
  'view.changed': (cache) => {
    void cache.invalidateQueries({ queryKey: ['views'] });
    void cache.invalidateQueries({ queryKey: ['tickets', 'list'] });
    void cache.invalidateQueries({ queryKey: ['tickets', 'counts'] });
  },
};
