import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../../../platform/browser/api.ts';
import { OAuthClients, SignInView } from '../../../core/oauth/contract.ts';

export const clientsQuery = queryOptions({
  queryKey: ['email', 'oauth', 'clients'],
  queryFn: ({ signal }) => api.get('/email/oauth/clients', OAuthClients, { signal }),
});

/** Below the mailboxes, so that what changes there asks for it anew. */
export const signInQuery = (mailboxId: string) => queryOptions({
  queryKey: ['email', 'mailboxes', mailboxId, 'sign-in'],
  queryFn: ({ signal }) => api.get(`/mailboxes/${mailboxId}/sign-in`, SignInView, { signal }),
});
