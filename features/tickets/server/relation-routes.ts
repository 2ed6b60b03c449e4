import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { FollowerPage, FollowerParams } from '../core/followers.ts';
import { RelationPage, RelationParams, RelationSet, SplitCreate, SplitView } from '../core/relations.ts';
import type { Tickets } from './tickets.ts';

const tags = ['tickets'];
const none = { 204: z.void() };

export const relationRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/tickets/:id/relations', { schema: { tags, summary: 'What people said that other tickets are to this one', params: IdParams, querystring: PageQuery, response: { 200: RelationPage } } },
    async ({ actor, params, query }) => tickets.relations(actor, params.id, query));

  app.put('/tickets/:id/relations/:to', { schema: { tags, summary: 'Say what it is to another ticket', params: RelationParams, body: RelationSet, response: none } },
    async ({ actor, params, body }, reply) => { await tickets.relate(actor, params.id, params.to, body); void reply.code(204); });

  app.delete('/tickets/:id/relations/:to', { schema: { tags, summary: 'Take that back', params: RelationParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.unrelate(actor, params.id, params.to); void reply.code(204); });

  app.get('/tickets/:id/followers', { schema: { tags, summary: 'Who hears of a ticket besides', params: IdParams, response: { 200: FollowerPage } } },
    async ({ actor, params }) => tickets.followers(actor, params.id));

  app.put('/tickets/:id/followers/:person', { schema: { tags, summary: 'Follow a ticket, or have somebody follow it', params: FollowerParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.follow(actor, params.id, params.person); void reply.code(204); });

  app.delete('/tickets/:id/followers/:person', { schema: { tags, summary: 'Follow it no longer', params: FollowerParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.unfollow(actor, params.id, params.person); void reply.code(204); });

  app.post('/tickets/:id/splits', { schema: { tags, summary: 'Make a new ticket of some of its entries', params: IdParams, body: SplitCreate, response: { 201: SplitView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return tickets.split(actor, params.id, body); });

  app.delete('/splits/:id', { schema: { tags, summary: 'Undo a split', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await tickets.unsplit(actor, params.id); void reply.code(204); });
};
