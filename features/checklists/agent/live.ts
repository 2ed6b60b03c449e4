import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

export const checklistsLive: AnyLiveHandlers = {
  'checklist.*': (cache) => cache.invalidateQueries({ queryKey: ['checklists'] }),
  'entry.redacted': (cache) => cache.invalidateQueries({ queryKey: ['checklists'] }),
};
