import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const requestsLive: AnyLiveHandlers = { 'privacy_request.*': (cache) => cache.invalidateQueries({ queryKey: ['requests', 'privacy'] }) };
