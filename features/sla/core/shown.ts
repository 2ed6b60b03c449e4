/** What stands in the timeline of a ticket. */
export const PROMISES_SHOWN = ['sla.deadline_agreed'] as const;
