import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';
import { SUPPRESSIONS } from './queries.ts';

export const suppressionsLive: AnyLiveHandlers = {
  'suppression.*': (cache) => cache.invalidateQueries({ queryKey: SUPPRESSIONS }),
};
