import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const importsLive: AnyLiveHandlers = { 'import.*': (cache) => cache.invalidateQueries({ queryKey: ['imports'] }) };
