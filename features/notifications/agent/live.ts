import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';
import { AWAY } from './away/queries.ts';

/** Of notices only one's own reach the browser. */
export const noticesLive: AnyLiveHandlers = {
  'notice.*': (cache) => Promise.all([cache.invalidateQueries({ queryKey: ['notices', 'unread'] }), cache.invalidateQueries({ queryKey: ['notices', 'list'] })]),
  'absence.*': (cache) => cache.invalidateQueries({ queryKey: AWAY }),
};
