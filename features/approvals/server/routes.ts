import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  ApprovalPage, ApprovalQuery, ApprovalView, Approving, CountView, DemandParams, NeedView, PolicyCreate, PolicyOrder, PolicyPage, PolicyPatch, PolicyView, Resubmitting, Returning,
} from '../core/contract.ts';
import type { Approvals } from './approvals.ts';

const tags = ['approvals'];
const none = { 204: z.void() };

export const approvalRoutes = (approvals: Approvals): Routes => async (app) => {
  const { policies } = approvals;
  const decided = { params: IdParams, response: { 200: ApprovalView } };

  app.get('/approvals', { schema: { tags, summary: 'Answers that wait for me, or mine that wait', querystring: ApprovalQuery, response: { 200: ApprovalPage } } },
    async ({ actor, query }) => approvals.list(actor, query));

  app.get('/approvals/count', { schema: { tags, summary: 'How many wait for me, and whether there is anything to approve at all', response: { 200: CountView } } },
    async ({ actor }) => approvals.count(actor));

  app.get('/approvals/:id', { schema: { tags, summary: 'One, with every version', ...decided } },
    async ({ actor, params }) => approvals.get(actor, params.id));

  app.post('/approvals/:id/approval', { schema: { tags, summary: 'It may leave, as it is or with other words', body: Approving, ...decided } },
    async ({ actor, params, body }) => approvals.approve(actor, params.id, body));

  app.post('/approvals/:id/return', { schema: { tags, summary: 'Give it back to the writer with a remark', body: Returning, ...decided } },
    async ({ actor, params, body }) => approvals.returnBack(actor, params.id, body));

  app.post('/approvals/:id/resubmission', { schema: { tags, summary: 'Ask again with other words (the writer)', body: Resubmitting, ...decided } },
    async ({ actor, params, body }) => approvals.resubmit(actor, params.id, body));

  app.delete('/approvals/:id', { schema: { tags, summary: 'Take it back before it leaves', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await approvals.withdraw(actor, params.id); void reply.code(204); });

  app.get('/tickets/:id/approvals', { schema: { tags, summary: 'What waits on a ticket, and what was decided', params: IdParams, querystring: PageQuery, response: { 200: ApprovalPage } } },
    async ({ actor, params, query }) => approvals.ofTicket(actor, params.id, query));

  app.get('/tickets/:id/approval-need', { schema: { tags, summary: 'Whether my answer would wait, and why', params: IdParams, response: { 200: NeedView } } },
    async ({ actor, params }) => approvals.need(actor, params.id));

  app.delete('/tickets/:id/approval-demands/:demandId', { schema: { tags, summary: 'What a rule asked for is needed no more', params: DemandParams, response: none } },
    async ({ actor, params }, reply) => { await approvals.lift(actor, params.id, params.demandId); void reply.code(204); });

  app.get('/approval-policies', { schema: { tags, summary: 'Which answers a second person has to see', querystring: PageQuery, response: { 200: PolicyPage } } },
    async ({ actor, query }) => policies.list(actor, query));

  app.post('/approval-policies', { schema: { tags, summary: 'Have some answers approved (administrators)', body: PolicyCreate, response: { 201: PolicyView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return policies.create(actor, body); });

  app.put('/approval-policies/order', { schema: { tags, summary: 'Put all policies in order (administrators)', body: PolicyOrder, response: none } },
    async ({ actor, body }, reply) => { await policies.order(actor, body.ids); void reply.code(204); });

  app.patch('/approval-policies/:id', { schema: { tags, summary: 'Change a policy (administrators)', params: IdParams, body: PolicyPatch, response: { 200: PolicyView } } },
    async ({ actor, params, body }) => policies.change(actor, params.id, body));

  app.delete('/approval-policies/:id', { schema: { tags, summary: 'Remove a policy (administrators)', params: IdParams, response: none } },
    async ({ actor, params }, reply) => { await policies.remove(actor, params.id); void reply.code(204); });
};
