import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { BulkCreate, BulkFailurePage, BulkRunPage, BulkRunView } from '../core/contract.ts';
import type { Bulk } from './bulk.ts';

const tags = ['bulk'];
const one = { tags, params: IdParams, response: { 200: BulkRunView } };

export const bulkRoutes = (bulk: Bulk): Routes => async (app) => {
  app.get('/bulk-runs', { schema: { tags, summary: 'What one did to many tickets, the latest first', querystring: PageQuery, response: { 200: BulkRunPage } } },
    async ({ actor, query }) => bulk.list(actor, query));

  app.post('/bulk-runs', { schema: { tags, summary: 'Do the same to many tickets', body: BulkCreate, response: { 201: BulkRunView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return bulk.begin(actor, body); });

  app.get('/bulk-runs/:id', { schema: { ...one, summary: 'How far it is' } }, async ({ actor, params }) => bulk.get(actor, params.id));

  app.get('/bulk-runs/:id/failures', { schema: { tags, summary: 'Tickets that were refused, or stay as they are, with why', params: IdParams, querystring: PageQuery, response: { 200: BulkFailurePage } } },
    async ({ actor, params, query }) => bulk.failures(actor, params.id, query));

  app.put('/bulk-runs/:id/stop', { schema: { ...one, summary: 'Leave alone what has not begun' } }, async ({ actor, params }) => bulk.stop(actor, params.id));

  app.put('/bulk-runs/:id/undo', { schema: { ...one, summary: 'Take it back' } }, async ({ actor, params }) => bulk.undo(actor, params.id));
};
