import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { ApprovalPage, NeedView } from '../core/contract.ts';

/** What waits on a ticket; those that were decided stand in its timeline. */
export const ticketApprovals = (ticketId: string) => queryOptions({
  queryKey: ['approvals', 'ticket', ticketId],
  queryFn: ({ signal }) => api.get(`/tickets/${ticketId}/approvals?limit=100`, ApprovalPage, { signal }),
});

export const approvalNeed = (ticketId: string) => queryOptions({
  queryKey: ['approvals', 'need', ticketId],
  queryFn: ({ signal }) => api.get(`/tickets/${ticketId}/approval-need`, NeedView, { signal }),
});
