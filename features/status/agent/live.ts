import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const statusLive: AnyLiveHandlers = { 'status.changed': (cache) => cache.invalidateQueries({ queryKey: ['status'] }) };
