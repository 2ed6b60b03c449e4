import type { AnyLiveHandlers } from '../../../../platform/browser/live.ts';

export const savedRepliesLive: AnyLiveHandlers = {
  'saved_reply.*': (cache) => cache.invalidateQueries({ queryKey: ['macros'] }),
};
