import type { AnyLiveHandlers } from '../../../platform/browser/live.ts';

const stale: AnyLiveHandlers[string] = (cache) => cache.invalidateQueries({ queryKey: ['checklists'] });

export const checklistsLive: AnyLiveHandlers = { 'checklist.*': stale, 'entry.redacted': stale, 'ticket.merged': stale, 'ticket.unmerged': stale };
