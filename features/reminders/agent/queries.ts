import { queryOptions } from '@tanstack/react-query';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { PersonPage } from '../../people/core/contract.ts';
import { ReminderCount, ReminderPage } from '../core/contract.ts';

export const ticketReminders = (ticketId: string) => queryOptions({
  queryKey: ['reminders', 'ticket', ticketId],
  queryFn: ({ signal }) => api.beside(`/tickets/${ticketId}/reminders?limit=50`, ReminderPage, { signal }),
});
export const myReminders = pagedQuery(['reminders', 'list'], '/reminders', ReminderPage, { limit: 20 });
export const reminderCount = queryOptions({ queryKey: ['reminders', 'count'], queryFn: ({ signal }) => api.get('/reminders/count', ReminderCount, { signal }) });

/** Under the key of the room that it belongs to, so that the answer is shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});
