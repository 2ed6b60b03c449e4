import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { CommitmentCounts, CommitmentPage, type CommitmentFilter } from '../core/contract.ts';

export const commitmentsQuery = (filter: Partial<CommitmentFilter>) => pagedQuery(['commitments', 'list', filter], '/commitments', CommitmentPage, filter);

/** A ticket has fifty open ones at most. */
export const ticketCommitments = (ticketId: string) => queryOptions({
  queryKey: ['commitments', 'ticket', ticketId],
  queryFn: ({ signal }) => api.get(`/commitments?ticket=${ticketId}&limit=50`, CommitmentPage, { signal }),
});

export const commitmentCounts = queryOptions({
  queryKey: ['commitments', 'counts'],
  queryFn: ({ signal }) => api.get('/commitments/counts', CommitmentCounts, { signal }),
});
