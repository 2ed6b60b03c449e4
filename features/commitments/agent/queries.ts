import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { CommitmentCounts, CommitmentFigures, CommitmentPage, LetterView, type CommitmentFilter } from '../core/contract.ts';

export const commitmentsQuery = (filter: Partial<CommitmentFilter>) => pagedQuery(['commitments', 'list', filter], '/commitments', CommitmentPage, filter);

/** A ticket has fifty open ones at most. */
export const ticketCommitments = (ticketId: string) => queryOptions({
  queryKey: ['commitments', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/commitments?ticket=${ticketId}&limit=50`, CommitmentPage, { signal }),
});

export const customerCommitments = (customerId: string) => queryOptions({
  queryKey: ['commitments', 'customer', customerId],
  queryFn: ({ signal }) => api.beside(`/commitments?customer=${customerId}&limit=50`, CommitmentPage, { signal }),
});

export const commitmentCounts = queryOptions({
  queryKey: ['commitments', 'counts'],
  queryFn: ({ signal }) => api.get('/commitments/counts', CommitmentCounts, { signal }),
});

const DAY_MS = 86_400_000;

export const commitmentFigures = (days: number, until: Date) => queryOptions({
  queryKey: ['commitments', 'figures', days, until.getTime()],
  queryFn: ({ signal }) => api.get(`/commitment-figures?from=${new Date(until.getTime() - days * DAY_MS).toISOString()}&to=${until.toISOString()}`, CommitmentFigures, { signal }),
});

/** What would be written to the customer. */
export const letterFor = (id: string, due: { date: string; time?: string }) => queryOptions({
  queryKey: ['commitments', 'letter', id, due],
  queryFn: ({ signal }) => api.post(`/commitments/${id}/letters`, { due }, LetterView, { signal }),
  enabled: due.date !== '',
  retry: false,
});
