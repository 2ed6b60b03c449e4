import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  ExpectedWaitView, OfferPage, OfferView, QueueCreate, QueuePage, QueuePatch, QueueView, Refusal, RoutingSettings, RoutingSettingsPatch, SkillCreate, SkillPage, SkillPatch, SkillView, TakenView,
  TicketRoutingView, WaitingPage,
} from '../core/contract.ts';
import { StaffingQuery, StaffingView } from '../core/staffing.ts';
import type { Routing } from './routing.ts';

const tags = ['routing'];

export const routingRoutes = (routing: Routing): Routes => async (app) => {
  app.get('/queues', { schema: { tags, summary: 'Queues in their order', querystring: PageQuery, response: { 200: QueuePage } } },
    async ({ actor, query }) => routing.queues(actor, query));
  app.post('/queues', { schema: { tags, summary: 'Make a queue', body: QueueCreate, response: { 201: QueueView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return routing.addQueue(actor, body); });
  app.get('/queues/:id', { schema: { tags, summary: 'One queue', params: IdParams, response: { 200: QueueView } } },
    async ({ actor, params }) => routing.queue(actor, params.id));
  app.patch('/queues/:id', { schema: { tags, summary: 'Change or move a queue', params: IdParams, body: QueuePatch, response: { 200: QueueView } } },
    async ({ actor, params, body }) => routing.changeQueue(actor, params.id, body));
  app.delete('/queues/:id', { schema: { tags, summary: 'Remove a queue; its tickets go to the others', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await routing.removeQueue(actor, params.id); void reply.code(204); });
  app.get('/queues/:id/tickets', { schema: { tags, summary: 'Who waits in a queue, in turn, and why', params: IdParams, querystring: PageQuery, response: { 200: WaitingPage } } },
    async ({ actor, params, query }) => routing.waitingTickets(actor, params.id, query));
  app.post('/queues/:id/next', { schema: { tags, summary: 'Take the next ticket of a queue', params: IdParams, response: { 200: TakenView } } },
    async ({ actor, params }) => routing.next(actor, params.id));
  app.post('/queues/next', { schema: { tags, summary: 'Take the next ticket of one\'s own queues', response: { 200: TakenView } } },
    async ({ actor }) => routing.nextOfMine(actor));
  app.get('/queues/:id/expected-wait', { schema: { tags, summary: 'How long somebody who comes now will wait, by which formula, and how right that was', params: IdParams, response: { 200: ExpectedWaitView } } },
    async ({ actor, params }) => routing.expectedWait(actor, params.id));
  app.get('/queues/:id/staffing', { schema: { tags, summary: 'How many people the calls and chats of a queue need', params: IdParams, querystring: StaffingQuery, response: { 200: StaffingView } } },
    async ({ actor, params, query }) => routing.staffing(actor, params.id, query));

  app.get('/skills', { schema: { tags, summary: 'Skills by name', querystring: PageQuery, response: { 200: SkillPage } } },
    async ({ actor, query }) => routing.skills(actor, query));
  app.post('/skills', { schema: { tags, summary: 'Make a skill', body: SkillCreate, response: { 201: SkillView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return routing.addSkill(actor, body); });
  app.get('/skills/:id', { schema: { tags, summary: 'One skill', params: IdParams, response: { 200: SkillView } } },
    async ({ actor, params }) => routing.skill(actor, params.id));
  app.patch('/skills/:id', { schema: { tags, summary: 'Change a skill', params: IdParams, body: SkillPatch, response: { 200: SkillView } } },
    async ({ actor, params, body }) => routing.changeSkill(actor, params.id, body));
  app.delete('/skills/:id', { schema: { tags, summary: 'Remove a skill that no queue asks for', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await routing.removeSkill(actor, params.id); void reply.code(204); });

  app.get('/me/offers', { schema: { tags, summary: 'What I am asked to take', querystring: PageQuery, response: { 200: OfferPage } } },
    async ({ actor, query }) => routing.offers(actor, query));
  app.post('/offers/:id/acceptance', { schema: { tags, summary: 'Take what was offered', params: IdParams, response: { 200: OfferView } } },
    async ({ actor, params }) => routing.accept(actor, params.id));
  app.post('/offers/:id/refusal', { schema: { tags, summary: 'Refuse what was offered', params: IdParams, body: Refusal, response: { 204: z.void() } } },
    async ({ actor, params, body }, reply) => { await routing.refuse(actor, params.id, body.reason); void reply.code(204); });

  app.get('/tickets/:id/routing', { schema: { tags, summary: 'Why a ticket came to somebody, or why it waits', params: IdParams, response: { 200: TicketRoutingView } } },
    async ({ actor, params }) => routing.ticketRouting(actor, params.id));

  app.get('/routing-settings', { schema: { tags, summary: 'Capacity, idle time, grace and the like', response: { 200: RoutingSettings } } },
    async ({ actor }) => routing.settings(actor));
  app.patch('/routing-settings', { schema: { tags, summary: 'Change them', body: RoutingSettingsPatch, response: { 200: RoutingSettings } } },
    async ({ actor, body }) => routing.changeSettings(actor, body));
};
