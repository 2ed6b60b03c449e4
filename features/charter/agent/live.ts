import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const charterLive: AnyLiveHandlers = { 'charter.changed': (cache) => cache.invalidateQueries({ queryKey: ['charter'] }) };
