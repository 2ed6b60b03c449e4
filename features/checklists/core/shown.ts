/** What stands in the timeline of a ticket. */
export const CHECKLISTS_SHOWN = ['checklist.added', 'checklist.finished', 'checklist.removed'] as const;
