import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { TeamPage } from '../../people/core/contract.ts';
import { ChecklistPage, TemplatePage } from '../core/contract.ts';

/** A ticket has twenty at most. */
export const ticketChecklists = (ticketId: string) => queryOptions({
  queryKey: ['checklists', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/checklists?limit=20`, ChecklistPage, { signal }),
});

export const templateNames = queryOptions({ queryKey: ['checklists', 'templates', 'names'], queryFn: ({ signal }) => api.get('/checklist-templates?limit=100', TemplatePage, { signal }) });
export const templatesPaged = (q: string) => pagedQuery(['checklists', 'templates', 'list', q], '/checklist-templates', TemplatePage, { q });

/** Under the key of the room that they belong to, so that the answer is shared. */
export const teamsQuery = queryOptions({ queryKey: ['people', 'teams'], queryFn: ({ signal }) => api.get('/teams?limit=100', TeamPage, { signal }) });
