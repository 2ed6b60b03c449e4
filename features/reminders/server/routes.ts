import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { ReminderCount, ReminderCreate, ReminderPage, ReminderQuery, ReminderView } from '../core/contract.ts';
import type { Reminders } from './reminders.ts';

const tags = ['reminders'];

export const reminderRoutes = (reminders: Reminders): Routes => async (app) => {
  app.get('/reminders', { schema: { tags, summary: 'Mine that are open', querystring: ReminderQuery, response: { 200: ReminderPage } } },
    async ({ actor, query: { due, ...paging } }) => reminders.list(actor, { due: due === '1', ...paging }));

  app.get('/reminders/count', { schema: { tags, summary: 'How many of mine are due', response: { 200: ReminderCount } } },
    async ({ actor }) => reminders.count(actor));

  app.get('/tickets/:id/reminders', { schema: { tags, summary: 'Who is reminded of a ticket, and when', params: IdParams, querystring: PageQuery, response: { 200: ReminderPage } } },
    async ({ actor, params, query }) => reminders.ofTicket(actor, params.id, query));

  app.post('/tickets/:id/reminders', { schema: { tags, summary: 'Remind me, or a colleague', params: IdParams, body: ReminderCreate, response: { 201: ReminderView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return reminders.make(actor, params.id, body); });

  app.delete('/reminders/:id', { schema: { tags, summary: 'Cross it off', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await reminders.drop(actor, params.id); void reply.code(204); });
};
