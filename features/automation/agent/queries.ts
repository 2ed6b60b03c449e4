import { queryOptions } from '@tanstack/react-query';
import { CalendarPage } from '../../calendars/core/contract.ts';
import { TemplatePage } from '../../checklists/core/contract.ts';
import { SavedReplyPage } from '../../macros/core/contract.ts';
import { TicketView } from '../../tickets/core/contract.ts';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { RulePage, RuleRunPage, RuleVersionPage } from '../core/contract.ts';

/** Everything below `rules`; events mark it as stale. */
export const KEYS = { all: ['rules'], list: ['rules', 'list'], ofTicket: (id: string) => ['rules', 'of-ticket', id] } as const;

export const rulesQuery = pagedQuery(KEYS.list, '/rules', RulePage, { limit: 100 });
export const versionsQuery = (ruleId: string) => pagedQuery(['rules', 'versions', ruleId], `/rules/${ruleId}/versions`, RuleVersionPage);
export const ruleRunsQuery = (ruleId: string) => pagedQuery(['rules', 'runs', ruleId], `/rules/${ruleId}/runs`, RuleRunPage, { limit: 20 });
/** What rules did to a ticket, newest first. */
export const ticketRunsQuery = (ticketId: string) => pagedQuery(KEYS.ofTicket(ticketId), `/tickets/${ticketId}/rule-runs`, RuleRunPage, { limit: 20 });

/* Under the keys of the rooms that they belong to. */
export const savedReplies = queryOptions({ queryKey: ['macros', 'names'], queryFn: ({ signal }) => api.get('/saved-replies?limit=100', SavedReplyPage, { signal }) });
export const checklistTemplates = queryOptions({ queryKey: ['checklists', 'templates', 'names'], queryFn: ({ signal }) => api.get('/checklist-templates?limit=100', TemplatePage, { signal }) });
export const calendars = queryOptions({ queryKey: ['calendars', 'all'], queryFn: ({ signal }) => api.get('/calendars?limit=100', CalendarPage, { signal }) });
export const ticketOne = (id: string) => queryOptions({ queryKey: ['tickets', 'one', id], queryFn: ({ signal }) => api.get(`/tickets/${id}`, TicketView, { signal }) });
