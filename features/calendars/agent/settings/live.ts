import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';

export const calendarsLive: AnyLiveHandlers = {
  'calendar.*': (cache) => cache.invalidateQueries({ queryKey: ['calendars'] }),
};
