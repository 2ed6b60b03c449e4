import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IdParams, PageQuery } from '../../../../kernel/contract.ts';
import { neverRepeated } from '../../../../platform/http/idempotency.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import {
  AddressView, CallAnswer, CallPage, IncomingCreate, IncomingCreated, IncomingPage, IncomingPatch, IncomingView, PreviewRequest, PreviewView, SigningView, TokenParams,
} from '../../core/incoming-contract.ts';
import type { Webhooks } from '../webhooks.ts';

const tags = ['webhooks'];
const MAX_CALL = 256 * 1024;
const MAX_ID = 255;
/** It lets programs write to the desk. */
const config = { fresh: true };

export const incomingWebhookRoutes = ({ incoming, receiving }: Pick<Webhooks, 'incoming' | 'receiving'>): Routes => async (app) => {
  app.get('/incoming-webhooks', { schema: { tags, summary: 'Incoming webhooks by name', querystring: PageQuery, response: { 200: IncomingPage } } },
    async ({ actor, query }) => incoming.list(actor, query));

  app.post('/incoming-webhooks', { config, preHandler: neverRepeated, schema: { tags, summary: 'Make an address for a program; it is shown once', body: IncomingCreate, response: { 201: IncomingCreated } } },
    async ({ actor, body }, reply) => { void reply.code(201); return incoming.create(actor, body); });

  app.post('/incoming-webhooks/previews', { schema: { tags, summary: 'What would become of a sample', body: PreviewRequest, response: { 200: PreviewView } } },
    async ({ actor, body }) => incoming.preview(actor, body));

  app.get('/incoming-webhooks/:id', { schema: { tags, summary: 'One incoming webhook', params: IdParams, response: { 200: IncomingView } } },
    async ({ actor, params }) => incoming.get(actor, params.id));

  app.patch('/incoming-webhooks/:id', { config, schema: { tags, summary: 'Change an incoming webhook', params: IdParams, body: IncomingPatch, response: { 200: IncomingView } } },
    async ({ actor, params, body }) => incoming.change(actor, params.id, body));

  app.delete('/incoming-webhooks/:id', { config, schema: { tags, summary: 'Remove an incoming webhook and its log', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await incoming.remove(actor, params.id); void reply.code(204); });

  app.post('/incoming-webhooks/:id/addresses', { config, preHandler: neverRepeated, schema: { tags, summary: 'A new address; the one of before is dead at once', params: IdParams, response: { 201: AddressView } } },
    async ({ actor, params }, reply) => { void reply.code(201); return incoming.readdress(actor, params.id); });

  app.put('/incoming-webhooks/:id/signature', { config, preHandler: neverRepeated, schema: { tags, summary: 'Take signed calls only; the secret is shown once', params: IdParams, response: { 200: SigningView } } },
    async ({ actor, params }) => incoming.demandSignature(actor, params.id));

  app.delete('/incoming-webhooks/:id/signature', { config, schema: { tags, summary: 'Take calls by the address alone', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await incoming.waiveSignature(actor, params.id); void reply.code(204); });

  app.get('/incoming-webhooks/:id/calls', { schema: { tags, summary: 'What came in, newest first', params: IdParams, querystring: PageQuery, response: { 200: CallPage } } },
    async ({ actor, params, query }) => incoming.calls(actor, params.id, query));

  await app.register(callRoutes(receiving));
};

/** Signatures are of the bytes, so these are what is taken here. */
const callRoutes = (receiving: Webhooks['receiving']): Routes => async (app) => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(/^application\/(?:[\w.+-]+\+)?json\b/, { parseAs: 'buffer', bodyLimit: MAX_CALL }, (_request, body, done) => done(null, body));

  app.post('/incoming/:token', { bodyLimit: MAX_CALL, config: { public: true }, preHandler: neverRepeated, schema: { tags, summary: 'Where a program hands something in', params: TokenParams, response: { 202: CallAnswer } } },
    async (request, reply) => {
      void reply.code(202);
      const signature = { id: header(request, 'webhook-id'), seconds: header(request, 'webhook-timestamp'), signatures: header(request, 'webhook-signature') };
      const id = signature.id.slice(0, MAX_ID) || null;
      return receiving.receive(request.params.token, { body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0), id, signature });
    });
};

function header({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' && /^[\x20-\x7e]*$/.test(value) ? value : '';
}
