/** What stands in the timeline of the ticket. */
export const ASIDES_SHOWN = ['aside.started', 'aside.answered'] as const;
