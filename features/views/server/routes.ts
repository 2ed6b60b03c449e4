import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { TicketPage } from '../../tickets/core/contract.ts';
import { ViewCounts, ViewCreate, ViewPage, ViewPatch, ViewView } from '../core/contract.ts';
import type { Views } from './views.ts';

const tags = ['views'];

export const viewRoutes = (views: Views): Routes => async (app) => {
  app.get('/views', { schema: { tags, summary: 'Saved views by name', querystring: PageQuery.extend({ q: z.string().max(200).optional() }), response: { 200: ViewPage } } },
    async ({ actor, query }) => views.list(actor, query));

  app.post('/views', { schema: { tags, summary: 'Save a view', body: ViewCreate, response: { 201: ViewView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return views.create(actor, body); });

  app.get('/views/counts', { schema: { tags, summary: 'Numbers beside the views', response: { 200: ViewCounts } } },
    async ({ actor }) => views.counts(actor));

  app.get('/views/:id/tickets', { schema: { tags, summary: 'The tickets of a view, in its order', params: IdParams, querystring: PageQuery, response: { 200: TicketPage } } },
    async ({ actor, params, query }) => views.tickets(actor, params.id, query));

  app.patch('/views/:id', { schema: { tags, summary: 'Change a view', params: IdParams, body: ViewPatch, response: { 200: ViewView } } },
    async ({ actor, params, body }) => views.change(actor, params.id, body));

  app.delete('/views/:id', { schema: { tags, summary: 'Remove a view', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await views.remove(actor, params.id); void reply.code(204); });
};
