import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';
import { SENDING } from './queries.ts';

export const sendingLive: AnyLiveHandlers = {
  'mailbox.*': (cache) => cache.invalidateQueries({ queryKey: SENDING }),
};
