import { z } from 'zod';
import { Id, IdParams } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { AttachParams, AttachQuery, AttachRequest, AttachResult, ComponentCreate, ComponentList, ComponentPatch, IncidentCreate, IncidentList, IncidentPage, IncidentQuery, IncidentView, MatchRequest, MatchView, UpdateCreate } from '../core/contract.ts';
import type { Status } from './status.ts';

const tags = ['status page'];

export const statusRoutes = (status: Status): Routes => async (app) => {
  app.get('/status-components', { schema: { tags, summary: 'What the status page lists, in its order', response: { 200: ComponentList } } }, async ({ actor }) => status.components(actor));

  app.post('/status-components', { schema: { tags, summary: 'List one more', body: ComponentCreate, response: { 201: z.object({ id: Id }) } } },
    async ({ actor, body }, reply) => reply.code(201).send({ id: await status.addComponent(actor, body) }));

  app.patch('/status-components/:id', { schema: { tags, summary: 'Change how it is called or how it stands', params: IdParams, body: ComponentPatch, response: { 204: z.void() } } },
    async ({ actor, params, body }, reply) => { await status.changeComponent(actor, params.id, body); void reply.code(204); });

  app.delete('/status-components/:id', { schema: { tags, summary: 'Take it off the page', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await status.removeComponent(actor, params.id); void reply.code(204); });

  app.get('/status-incidents', { schema: { tags, summary: 'Incidents and planned work, newest first', querystring: IncidentQuery, response: { 200: IncidentPage } } },
    async ({ actor, query }) => status.incidents(actor, query));

  app.post('/status-incidents', { schema: { tags, summary: 'Say that something is wrong, or that work is planned', body: IncidentCreate, response: { 201: IncidentView } } },
    async ({ actor, body }, reply) => reply.code(201).send(await status.open(actor, body)));

  app.get('/status-incidents/:id', { schema: { tags, summary: 'One of them', params: IdParams, response: { 200: IncidentView } } }, async ({ actor, params }) => status.incident(actor, params.id));

  app.post('/status-incidents/:id/updates', { schema: { tags, summary: 'Say how it stands now, to everybody whom it touches', params: IdParams, body: UpdateCreate, response: { 201: IncidentView } } },
    async ({ actor, params, body }, reply) => reply.code(201).send(await status.update(actor, params.id, body)));

  app.put('/status-incidents/:id/tickets/:ticketId', { schema: { tags, summary: 'A ticket is about it', params: AttachParams, querystring: AttachQuery, response: { 204: z.void() } } },
    async ({ actor, params, query }, reply) => { await status.attach(actor, params.id, params.ticketId, query.tell === '1'); void reply.code(204); });

  app.post('/status-incidents/:id/attachments', { schema: { tags, summary: 'Many tickets are about it', params: IdParams, body: AttachRequest, response: { 200: AttachResult } } },
    async ({ actor, params, body }) => status.attachMany(actor, params.id, body));

  app.post('/status-incidents/matches', { schema: { tags, summary: 'How many open tickets a condition holds for', body: MatchRequest, response: { 200: MatchView } } },
    async ({ actor, body }) => status.matches(actor, body.condition));

  app.get('/tickets/:id/status-incidents', { schema: { tags, summary: 'What a ticket is about', params: IdParams, response: { 200: IncidentList } } }, async ({ actor, params }) => status.ofTicket(actor, params.id));

  app.delete('/status-incidents/:id/tickets/:ticketId', { schema: { tags, summary: 'A ticket is not about it', params: AttachParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await status.detach(actor, params.id, params.ticketId); void reply.code(204); });
};
