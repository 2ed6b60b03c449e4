import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../platform/browser/api.ts';
import { TeamPage } from '../../../people/core/contract.ts';
import { MailboxPage, SourceView } from '../../core/contract.ts';

export const mailboxesQuery = queryOptions({
  queryKey: ['email', 'mailboxes'],
  queryFn: ({ signal }) => api.get('/mailboxes?limit=100', MailboxPage, { signal }),
});

export const sourceQuery = (mailboxId: string) => queryOptions({
  queryKey: ['email', 'mailboxes', mailboxId, 'source'],
  queryFn: ({ signal }) => api.get(`/mailboxes/${mailboxId}/source`, SourceView, { signal }),
  staleTime: 0,
});

/** The same question that the people room asks, under the same key: answered once. */
export const teamsQuery = queryOptions({
  queryKey: ['people', 'teams'],
  queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }),
});
