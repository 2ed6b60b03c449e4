import { z } from 'zod';
import { IdParams } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { SenderRuleCreate, SenderRulePage, SenderRuleQuery, SenderRuleView, SpamFilterPatch, SpamFilterView } from '../../core/spam/contract.ts';
import type { Email } from '../email.ts';

const tags = ['mail'];
const LISTS = [
  { path: '/email/blocked-senders', verdict: 'block', what: 'Senders whose mail is held back', add: 'Block a sender or a domain', remove: 'Block no longer' },
  { path: '/email/allowed-senders', verdict: 'allow', what: 'Senders whose mail is never taken for spam', add: 'Allow a sender or a domain', remove: 'Allow no longer' },
] as const;

export const spamRoutes = ({ spam }: Pick<Email, 'spam'>): Routes => async (app) => {
  for (const { path, verdict, what, add, remove } of LISTS) {
    app.get(path, { schema: { tags, summary: what, querystring: SenderRuleQuery, response: { 200: SenderRulePage } } },
      async ({ actor, query }) => spam.senders(actor, verdict, query));

    app.post(path, { schema: { tags, summary: add, body: SenderRuleCreate, response: { 201: SenderRuleView } } },
      async ({ actor, body }, reply) => reply.code(201).send(await spam.addSender(actor, verdict, body)));

    app.delete(`${path}/:id`, { schema: { tags, summary: remove, params: IdParams, response: { 204: z.null() } } },
      async ({ actor, params }, reply) => {
        await spam.removeSender(actor, verdict, params.id);
        return reply.code(204).send(null);
      });
  }

  app.get('/email/spam-filter', { schema: { tags, summary: 'How strict the filter is, and what it has learnt', response: { 200: SpamFilterView } } },
    async ({ actor }) => spam.filter(actor));

  app.patch('/email/spam-filter', { schema: { tags, summary: 'Change the filter', body: SpamFilterPatch, response: { 200: SpamFilterView } } },
    async ({ actor, body }) => spam.changeFilter(actor, body));

  app.delete('/email/spam-filter/lessons', { schema: { tags, summary: 'Make the filter forget what it has learnt', response: { 204: z.null() } } },
    async ({ actor }, reply) => {
      await spam.forget(actor);
      return reply.code(204).send(null);
    });
};
