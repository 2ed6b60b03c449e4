/** What stands in the timeline of a ticket. */
export const APPROVALS_SHOWN = ['approval.asked', 'approval.returned', 'approval.approved', 'approval.withdrawn', 'approval.demanded', 'approval.lifted'] as const;
