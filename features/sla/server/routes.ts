import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  BoardPage, BoardQuery, ClocksView, DeadlineCreate, DeadlineParams, FlagPage, MatchRequest, MatchView, PolicyCreate, PolicyOrder, PolicyPage, PolicyPatch, PolicyView, UrgentList, UrgentQuery,
} from '../core/contract.ts';
import { FiguresQuery, FiguresView, ResultPage, ResultQuery } from '../core/results-contract.ts';
import type { Sla } from './sla.ts';

const tags = ['service levels'];

export const slaRoutes = (sla: Sla): Routes => async (app) => {
  app.get('/tickets/:id/clocks', { schema: { tags, summary: 'The promises of a ticket, and how their deadlines came about', params: IdParams, response: { 200: ClocksView } } },
    async ({ actor, params }) => sla.clocks(actor, params.id));

  app.post('/tickets/:id/deadlines', { schema: { tags, summary: 'Agree on another deadline', params: IdParams, body: DeadlineCreate, response: { 201: ClocksView } } },
    async ({ actor, params, body }, reply) => { void reply.code(201); return sla.agree(actor, params.id, body); });

  app.delete('/tickets/:id/deadlines/:metric', { schema: { tags, summary: 'The promised deadline again', params: DeadlineParams, response: { 200: ClocksView } } },
    async ({ actor, params }) => sla.agreeNoMore(actor, params.id, params.metric));

  app.get('/sla/urgent', { schema: { tags, summary: 'The most urgent promise of each of several tickets', querystring: UrgentQuery, response: { 200: UrgentList } } },
    async ({ actor, query }) => sla.urgent(actor, query.tickets));

  app.get('/sla/board', { schema: { tags, summary: 'What is about to break', querystring: BoardQuery, response: { 200: BoardPage } } },
    async ({ actor, query }) => sla.board(actor, query));

  app.get('/sla/flags', { schema: { tags, summary: 'Replies that only hold, and clocks stopped again and again', querystring: PageQuery, response: { 200: FlagPage } } },
    async ({ actor, query }) => sla.flags(actor, query));

  app.delete('/sla/flags/:id', { schema: { tags, summary: 'It was looked at', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await sla.settleFlag(actor, params.id); void reply.code(204); });

  app.get('/sla/results', { schema: { tags, summary: 'What came of promises, the latest first', querystring: ResultQuery, response: { 200: ResultPage } } },
    async ({ actor, query }) => sla.results(actor, query));

  app.get('/sla/figures', { schema: { tags, summary: 'How many promises were kept, by month, metric and team', querystring: FiguresQuery, response: { 200: FiguresView } } },
    async ({ actor, query }) => sla.figures(actor, query));

  app.get('/sla-policies', { schema: { tags, summary: 'Policies in the order in which they are tried', querystring: PageQuery, response: { 200: PolicyPage } } },
    async ({ actor, query }) => sla.policies.list(actor, query));

  app.post('/sla-policies', { schema: { tags, summary: 'Make a policy', body: PolicyCreate, response: { 201: PolicyView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return sla.policies.create(actor, body); });

  app.put('/sla-policies/order', { schema: { tags, summary: 'Put one\'s own policies in order', body: PolicyOrder, response: { 200: PolicyPage } } },
    async ({ actor, body }) => sla.policies.order(actor, body.ids));

  app.post('/sla-policies/matches', { schema: { tags, summary: 'How many open tickets conditions hold for now', body: MatchRequest, response: { 200: MatchView } } },
    async ({ actor, body }) => sla.policies.matches(actor, body.conditions));

  app.get('/sla-policies/:id', { schema: { tags, summary: 'One policy', params: IdParams, response: { 200: PolicyView } } },
    async ({ actor, params }) => sla.policies.get(actor, params.id));

  app.patch('/sla-policies/:id', { schema: { tags, summary: 'Change a policy', params: IdParams, body: PolicyPatch, response: { 200: PolicyView } } },
    async ({ actor, params, body }) => sla.policies.change(actor, params.id, body));

  app.delete('/sla-policies/:id', { schema: { tags, summary: 'Remove a policy', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await sla.policies.remove(actor, params.id); void reply.code(204); });
};
