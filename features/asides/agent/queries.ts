import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { AsideMessagePage, AsidePage } from '../core/contract.ts';

/** All of a ticket: there are fifty at most. */
export const ticketAsides = (ticketId: string) => queryOptions({
  queryKey: ['asides', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/asides?limit=50`, AsidePage, { signal }),
});

export const asideMessages = (id: string) => pagedQuery(['asides', 'messages', id], `/asides/${id}/messages`, AsideMessagePage, { limit: 100 });
