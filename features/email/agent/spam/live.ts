import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';
import { SENDERS, spamFilterQuery } from './queries.ts';

export const spamLive: AnyLiveHandlers = {
  'sender.*': (cache) => cache.invalidateQueries({ queryKey: SENDERS }),
  'spam_filter.*': (cache) => cache.invalidateQueries(spamFilterQuery),
};
