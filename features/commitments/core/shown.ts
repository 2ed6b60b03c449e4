/** What stands in the timeline of a ticket. */
export const COMMITMENTS_SHOWN = [
  'commitment.made', 'commitment.changed', 'commitment.handed_over', 'commitment.renegotiated', 'commitment.kept', 'commitment.withdrawn', 'commitment.broken', 'commitment.untold',
] as const;
