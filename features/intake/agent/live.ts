import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const intakeLive: AnyLiveHandlers = {
  'intake.*': (cache) => cache.invalidateQueries({ queryKey: ['intakes'] }),
};
