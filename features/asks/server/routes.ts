import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { AskCount, AskCreate, AskPage, AskQuery, AskView, AskWordCreate, AskWordPage, AskWordView } from '../core/contract.ts';
import type { Asks } from './asks.ts';

const tags = ['questions to colleagues'];
const none = { 204: z.void() };

export const askRoutes = (asks: Asks): Routes => async (app) => {
  app.get('/asks', { schema: { tags, summary: 'Open questions to me, or of mine', querystring: AskQuery, response: { 200: AskPage } } },
    async ({ actor, query }) => asks.list(actor, query));

  app.get('/asks/count', { schema: { tags, summary: 'How many wait for me, and how many of mine were answered', response: { 200: AskCount } } },
    async ({ actor }) => asks.count(actor));

  app.get('/tickets/:id/asks', { schema: { tags, summary: 'Questions about a ticket that one takes part in', params: IdParams, querystring: PageQuery, response: { 200: AskPage } } },
    async ({ actor, params, query }) => asks.ofTicket(actor, params.id, query));

  app.post('/tickets/:id/asks', { schema: { tags, summary: 'Ask a colleague about a ticket', params: IdParams, body: AskCreate, response: { 201: AskView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return asks.ask(actor, params.id, body); });

  app.get('/asks/:id/words', { schema: { tags, summary: 'What was said, oldest first', params: IdParams, querystring: PageQuery, response: { 200: AskWordPage } } },
    async ({ actor, params, query }) => asks.words(actor, params.id, query));

  app.post('/asks/:id/words', { schema: { tags, summary: 'Answer, or ask further', params: IdParams, body: AskWordCreate, response: { 201: AskWordView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return asks.write(actor, params.id, body.text); });

  app.put('/asks/:id/closure', { schema: { tags, summary: 'It is settled', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await asks.close(actor, params.id, true); void reply.code(204); });

  app.delete('/asks/:id/closure', { schema: { tags, summary: 'It is not', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await asks.close(actor, params.id, false); void reply.code(204); });
};
