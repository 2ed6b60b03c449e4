import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  DraftDryRunRequest, DryRunRequest, DryRunView, RestorationRequest, RuleCreate, RuleOrder, RulePage, RulePatch, RuleRunPage, RuleVersionPage, RuleView,
} from '../core/contract.ts';
import type { Automation } from './automation.ts';

const tags = ['rules'];

export const automationRoutes = (automation: Automation): Routes => async (app) => {
  app.get('/rules', { schema: { tags, summary: 'Rules in the order in which they run', querystring: PageQuery, response: { 200: RulePage } } },
    async ({ actor, query }) => automation.list(actor, query));

  app.post('/rules', { schema: { tags, summary: 'Make a rule', body: RuleCreate, response: { 201: RuleView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return automation.create(actor, body); });

  app.put('/rules/order', { schema: { tags, summary: 'Put all rules in order', body: RuleOrder, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => { await automation.order(actor, body.ids); void reply.code(204); });

  app.post('/rules/dry-run', { schema: { tags, summary: 'What a rule that is not kept yet would do now', body: DraftDryRunRequest, response: { 200: DryRunView } } },
    async ({ actor, body: { rule, ...request } }) => automation.dryRunDraft(actor, rule, request));

  app.get('/rules/:id', { schema: { tags, summary: 'One rule', params: IdParams, response: { 200: RuleView } } },
    async ({ actor, params }) => automation.get(actor, params.id));

  app.patch('/rules/:id', { schema: { tags, summary: 'Change a rule, or switch it on or off', params: IdParams, body: RulePatch, response: { 200: RuleView } } },
    async ({ actor, params, body }) => automation.change(actor, params.id, body));

  app.delete('/rules/:id', { schema: { tags, summary: 'Remove a rule; what it did stays in the log', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await automation.remove(actor, params.id); void reply.code(204); });

  app.post('/rules/:id/dry-run', { schema: { tags, summary: 'What a rule would do now', params: IdParams, body: DryRunRequest, response: { 200: DryRunView } } },
    async ({ actor, params, body }) => automation.dryRun(actor, params.id, body));

  app.get('/rules/:id/versions', { schema: { tags, summary: 'What a rule was before, newest first', params: IdParams, querystring: PageQuery, response: { 200: RuleVersionPage } } },
    async ({ actor, params, query }) => automation.versions(actor, params.id, query));

  app.post('/rules/:id/restorations', { schema: { tags, summary: 'Make a rule what it was in a version', params: IdParams, body: RestorationRequest, response: { 200: RuleView } } },
    async ({ actor, params, body }) => automation.restore(actor, params.id, body.version));

  app.get('/rules/:id/runs', { schema: { tags, summary: 'What a rule did, newest first', params: IdParams, querystring: PageQuery, response: { 200: RuleRunPage } } },
    async ({ actor, params, query }) => automation.runsOfRule(actor, params.id, query));

  app.get('/tickets/:id/rule-runs', { schema: { tags, summary: 'Which rules did what to a ticket, and why', params: IdParams, querystring: PageQuery, response: { 200: RuleRunPage } } },
    async ({ actor, params, query }) => automation.runsOfTicket(actor, params.id, query));
};
