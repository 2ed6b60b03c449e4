import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale: AnyLiveHandlers[string] = (cache) => cache.invalidateQueries({ queryKey: ['knowledge'] });

export const knowledgeLive: AnyLiveHandlers = { 'article.*': stale, 'knowledge.*': stale };
