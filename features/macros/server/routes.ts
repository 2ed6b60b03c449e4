import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { ApplicationView, RenderingRequest, RenderingView, SavedReplyCreate, SavedReplyPage, SavedReplyPatch, SavedReplyView } from '../core/contract.ts';
import type { Macros } from './macros.ts';

const tags = ['saved replies'];

export const macroRoutes = (macros: Macros): Routes => async (app) => {
  app.get('/saved-replies', { schema: { tags, summary: 'Saved replies by name', querystring: PageQuery.extend({ q: z.string().max(200).optional() }), response: { 200: SavedReplyPage } } },
    async ({ actor, query }) => macros.list(actor, query));

  app.post('/saved-replies', { schema: { tags, summary: 'Save a reply', body: SavedReplyCreate, response: { 201: SavedReplyView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return macros.create(actor, body); });

  app.patch('/saved-replies/:id', { schema: { tags, summary: 'Change a saved reply', params: IdParams, body: SavedReplyPatch, response: { 200: SavedReplyView } } },
    async ({ actor, params, body }) => macros.change(actor, params.id, body));

  app.delete('/saved-replies/:id', { schema: { tags, summary: 'Remove a saved reply', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await macros.remove(actor, params.id); void reply.code(204); });

  app.post('/saved-replies/:id/applications', { schema: { tags, summary: 'Do what it does on a ticket, and get its text', params: IdParams, body: RenderingRequest, response: { 200: ApplicationView } } },
    async ({ actor, params, body }) => macros.apply(actor, params.id, body));

  app.post('/saved-replies/:id/renderings', { schema: { tags, summary: 'Fill it in for a ticket, and see what it would do', params: IdParams, body: RenderingRequest, response: { 200: RenderingView } } },
    async ({ actor, params, body }) => macros.render(actor, params.id, body));
};
