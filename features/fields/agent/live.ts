import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const fieldsLive: AnyLiveHandlers = {
  'field.*': (cache) => cache.invalidateQueries({ queryKey: ['fields'] }),
};
