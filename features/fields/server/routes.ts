import { z } from 'zod';
import { IdParams } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { FieldCreate, FieldOrder, FieldPage, FieldPatch, FieldQuery, FieldView } from '../core/contract.ts';
import type { Fields } from './fields.ts';

const tags = ['fields'];

export const fieldRoutes = (fields: Fields): Routes => async (app) => {
  app.get('/fields', { schema: { tags, summary: 'The workspace’s own fields, in their order', querystring: FieldQuery, response: { 200: FieldPage } } },
    async ({ actor, query }) => fields.list(actor, query));

  app.post('/fields', { schema: { tags, summary: 'Add a field', body: FieldCreate, response: { 201: FieldView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return fields.create(actor, body); });

  app.patch('/fields/:id', { schema: { tags, summary: 'Change a field', params: IdParams, body: FieldPatch, response: { 200: FieldView } } },
    async ({ actor, params, body }) => fields.change(actor, params.id, body));

  app.delete('/fields/:id', { schema: { tags, summary: 'Remove a field for good; its key is never used again', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await fields.remove(actor, params.id); void reply.code(204); });

  app.put('/fields/order', { schema: { tags, summary: 'Put the fields of a kind of record in order', body: FieldOrder, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => { await fields.order(actor, body.subject, body.ids); void reply.code(204); });
};
