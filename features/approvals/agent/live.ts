import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const approvalsLive: AnyLiveHandlers = {
  'approval.*': (cache) => cache.invalidateQueries({ queryKey: ['approvals'] }),
  'entry.redacted': (cache) => cache.invalidateQueries({ queryKey: ['approvals'] }),
};
