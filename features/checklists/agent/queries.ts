import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { ChecklistPage, TemplatePage } from '../core/contract.ts';

/** A ticket has twenty at most. */
export const ticketChecklists = (ticketId: string) => queryOptions({
  queryKey: ['checklists', 'ticket', ticketId],
  queryFn: ({ signal }) => api.get(`/tickets/${ticketId}/checklists?limit=20`, ChecklistPage, { signal }),
});

export const templateNames = queryOptions({ queryKey: ['checklists', 'templates', 'names'], queryFn: ({ signal }) => api.get('/checklist-templates?limit=100', TemplatePage, { signal }) });
