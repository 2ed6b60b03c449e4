import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

/** Only one's own reach the browser. */
export const noticesLive: AnyLiveHandlers = {
  'notice.*': (cache) => Promise.all([cache.invalidateQueries({ queryKey: ['notices', 'unread'] }), cache.invalidateQueries({ queryKey: ['notices', 'list'] })]),
};
