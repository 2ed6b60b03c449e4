import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { AsideCreate, AsideMessageCreate, AsideMessagePage, AsideMessageParams, AsideMessageView, AsidePage, AsidePatch, AsideView } from '../core/contract.ts';
import type { Asides } from './asides.ts';

const tags = ['side conversations'];

export const asideRoutes = (asides: Asides): Routes => async (app) => {
  app.get('/tickets/:id/asides', { schema: { tags, summary: 'What is settled with others about a ticket', params: IdParams, querystring: PageQuery, response: { 200: AsidePage } } },
    async ({ actor, params, query }) => asides.of(actor, params.id, query));

  app.post('/tickets/:id/asides', { schema: { tags, summary: 'Write to a courier, supplier or workshop, out of sight of the customer', params: IdParams, body: AsideCreate, response: { 201: AsideView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return asides.start(actor, params.id, body); });

  app.patch('/asides/:id', { schema: { tags, summary: 'Whether the ticket waits for an answer here', params: IdParams, body: AsidePatch, response: { 200: AsideView } } },
    async ({ actor, params, body }) => asides.change(actor, params.id, body));

  app.get('/asides/:id/messages', { schema: { tags, summary: 'What was written, oldest first', params: IdParams, querystring: PageQuery, response: { 200: AsideMessagePage } } },
    async ({ actor, params, query }) => asides.messages(actor, params.id, query));

  app.post('/asides/:id/messages', { schema: { tags, summary: 'Write on', params: IdParams, body: AsideMessageCreate, response: { 201: AsideMessageView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return asides.write(actor, params.id, body); });

  app.delete('/asides/:id/messages/:message', { schema: { tags, summary: 'Take a message back before it leaves', params: AsideMessageParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await asides.takeBack(actor, params.id, params.message); void reply.code(204); });
};
