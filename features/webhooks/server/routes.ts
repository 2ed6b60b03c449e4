import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { neverRepeated } from '../../../platform/http/idempotency.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  CatchUpView, DeliveryPage, DeliveryParams, DeliveryQuery, DeliveryView, ReplaysRequest, ReplaysView, SecretView, WebhookCreate, WebhookCreated, WebhookPage, WebhookPatch, WebhookView,
} from '../core/contract.ts';
import type { Webhooks } from './webhooks.ts';

const tags = ['webhooks'];
/** It decides where news of customers go. */
const config = { fresh: true };

export const webhookRoutes = ({ outgoing }: Pick<Webhooks, 'outgoing'>): Routes => async (app) => {
  app.get('/webhooks', { schema: { tags, summary: 'Webhooks by name', querystring: PageQuery, response: { 200: WebhookPage } } },
    async ({ actor, query }) => outgoing.list(actor, query));

  app.post('/webhooks', { config, preHandler: neverRepeated, schema: { tags, summary: 'Make a webhook; its secret is shown once', body: WebhookCreate, response: { 201: WebhookCreated } } },
    async ({ actor, body }, reply) => { void reply.code(201); return outgoing.create(actor, body); });

  app.get('/webhooks/:id', { schema: { tags, summary: 'One webhook', params: IdParams, response: { 200: WebhookView } } },
    async ({ actor, params }) => outgoing.get(actor, params.id));

  app.patch('/webhooks/:id', { config, schema: { tags, summary: 'Change a webhook, or switch it on or off', params: IdParams, body: WebhookPatch, response: { 200: WebhookView } } },
    async ({ actor, params, body }) => outgoing.change(actor, params.id, body));

  app.delete('/webhooks/:id', { config, schema: { tags, summary: 'Remove a webhook and its log', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await outgoing.remove(actor, params.id); void reply.code(204); });

  app.post('/webhooks/:id/secrets', { config, preHandler: neverRepeated, schema: { tags, summary: 'A new secret; both sign for a day', params: IdParams, response: { 201: SecretView } } },
    async ({ actor, params }, reply) => { void reply.code(201); return outgoing.rotate(actor, params.id); });

  app.post('/webhooks/:id/tests', { schema: { tags, summary: 'Send something to see whether it arrives', params: IdParams, response: { 202: DeliveryView } } },
    async ({ actor, params }, reply) => { void reply.code(202); return outgoing.test(actor, params.id); });

  app.get('/webhooks/:id/deliveries', { schema: { tags, summary: 'What was sent, newest first', params: IdParams, querystring: DeliveryQuery, response: { 200: DeliveryPage } } },
    async ({ actor, params, query }) => outgoing.deliveries(actor, params.id, query));

  app.get('/webhooks/:id/deliveries/:deliveryId', { schema: { tags, summary: 'One delivery', params: DeliveryParams, response: { 200: DeliveryView } } },
    async ({ actor, params }) => outgoing.delivery(actor, params.id, params.deliveryId));

  app.post('/webhooks/:id/deliveries/:deliveryId/replays', { schema: { tags, summary: 'Send it again under the same id', params: DeliveryParams, response: { 202: DeliveryView } } },
    async ({ actor, params }, reply) => { void reply.code(202); return outgoing.replay(actor, params.id, params.deliveryId); });

  app.post('/webhooks/:id/catch-ups', { schema: { tags, summary: 'Queue what it was not told while it was off', params: IdParams, response: { 202: CatchUpView } } },
    async ({ actor, params }, reply) => { void reply.code(202); return outgoing.catchUp(actor, params.id); });

  app.delete('/webhooks/:id/catch-ups', { schema: { tags, summary: 'Leave it at what it was not told', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await outgoing.leaveMissed(actor, params.id); void reply.code(204); });

  app.post('/webhooks/:id/replays', { schema: { tags, summary: 'Send again what failed', params: IdParams, body: ReplaysRequest, response: { 202: ReplaysView } } },
    async ({ actor, params, body }, reply) => { void reply.code(202); return outgoing.replayFailed(actor, params.id, new Date(body.since)); });
};
