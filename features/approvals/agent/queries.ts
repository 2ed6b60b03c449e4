import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { PersonPage, TeamPage } from '../../people/core/contract.ts';
import { ApprovalPage, CountView, NeedView, PolicyPage } from '../core/contract.ts';

/** Everything below `approvals`; events mark it as stale. */
export const KEYS = { all: ['approvals'], policies: ['approvals', 'policies'] } as const;

/** What waits on a ticket; those that were decided stand in its timeline. */
export const ticketApprovals = (ticketId: string) => queryOptions({
  queryKey: ['approvals', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/approvals?limit=100`, ApprovalPage, { signal }),
});

export const approvalNeed = (ticketId: string) => queryOptions({
  queryKey: ['approvals', 'need', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/approval-need`, NeedView, { signal }),
});

/** `mine`: those that wait for me; `written`: mine that wait or came back. */
export const approvalsList = (list: 'mine' | 'written') => pagedQuery(['approvals', 'list', list], '/approvals', ApprovalPage, { list, limit: 20 });

export const approvalCount = queryOptions({ queryKey: ['approvals', 'count'], queryFn: ({ signal }) => api.get('/approvals/count', CountView, { signal }) });

/** All of them: there are a hundred at most. */
export const policiesQuery = queryOptions({ queryKey: KEYS.policies, queryFn: ({ signal }) => api.get('/approval-policies?limit=100', PolicyPage, { signal }) });

/* Under the keys of the room that they belong to, so that the answers are shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
