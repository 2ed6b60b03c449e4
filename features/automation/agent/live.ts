import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { KEYS } from './queries.ts';

export const rulesLive: AnyLiveHandlers = {
  'automation.*': (cache) => cache.invalidateQueries({ queryKey: KEYS.all }),
};
