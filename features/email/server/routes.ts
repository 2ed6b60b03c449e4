import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { RAW_BODY_LIMIT } from '../../../platform/http/bodies.ts';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { RecipientsView } from '../../tickets/core/contract.ts';
import {
  ConnectionTest, InboundAccepted, InboundQuery, LedgerItem, LedgerPage, LedgerQuery, MailboxCreate, MailboxPage, MailboxPatch, MailboxView, OutboxDetail, OutboxPage,
  OutboxQuery, SourcePut, SourceView, SuppressionPage, SuppressionQuery,
} from '../core/contract.ts';
import type { Email } from './email.ts';

export const emailRoutes = (email: Email): Routes => async (app) => {
  const { mailboxes, sources } = email;

  app.get('/mailboxes', { schema: { tags: ['mail'], summary: 'The mailboxes, oldest first', querystring: PageQuery, response: { 200: MailboxPage } } },
    async ({ actor, query }) => mailboxes.list(actor, query));

  app.post('/mailboxes', { schema: { tags: ['mail'], summary: 'A new mailbox', body: MailboxCreate, response: { 201: MailboxView } } },
    async ({ actor, body }, reply) => reply.code(201).send(await mailboxes.create(actor, body)));

  app.patch('/mailboxes/:id', { schema: { tags: ['mail'], summary: 'Change a mailbox', params: IdParams, body: MailboxPatch, response: { 200: MailboxView } } },
    async ({ actor, params, body }) => mailboxes.change(actor, params.id, body));

  app.delete('/mailboxes/:id', { schema: { tags: ['mail'], summary: 'Receive no more in a mailbox; what came stays', params: IdParams, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await mailboxes.disable(actor, params.id);
      return reply.code(204).send(null);
    });

  app.get('/mailboxes/:id/source', { schema: { tags: ['mail'], summary: 'Where the mail of a mailbox is fetched from', params: IdParams, response: { 200: SourceView } } },
    async ({ actor, params }) => sources.get(actor, params.id));

  app.put('/mailboxes/:id/source', { config: { fresh: true, secretBody: true }, schema: { tags: ['mail'], summary: 'Fetch the mail of a mailbox by IMAP', params: IdParams, body: SourcePut, response: { 200: SourceView } } },
    async ({ actor, params, body }) => sources.put(actor, params.id, body));

  app.delete('/mailboxes/:id/source', { config: { fresh: true }, schema: { tags: ['mail'], summary: 'Fetch no more for a mailbox; what came stays', params: IdParams, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await sources.remove(actor, params.id);
      return reply.code(204).send(null);
    });

  app.post('/mailboxes/:id/source/tests', { config: { fresh: true, secretBody: true }, schema: { tags: ['mail'], summary: 'Try settings for fetching, and say what is wrong', params: IdParams, body: SourcePut, response: { 200: ConnectionTest } } },
    async ({ actor, params, body }) => sources.test(actor, params.id, body));

  app.post('/relay/tests', { schema: { tags: ['mail'], summary: 'Try the relay for outgoing mail, and say what is wrong', response: { 200: ConnectionTest } } },
    async ({ actor }) => sources.testRelay(actor));

  app.get('/email/ledger', { schema: { tags: ['mail'], summary: 'Every message that was accepted, and what became of it', querystring: LedgerQuery, response: { 200: LedgerPage } } },
    async ({ actor, query }) => email.ledger(actor, query));

  app.get('/email/ledger/:id', { schema: { tags: ['mail'], summary: 'One message that was accepted', params: IdParams, response: { 200: LedgerItem } } },
    async ({ actor, params }) => email.ledgerItem(actor, params.id));

  app.get('/email/ledger/:id/raw', { schema: { tags: ['mail'], summary: 'A message as it came', params: IdParams } },
    async ({ actor, params }, reply) =>
      asDownload(reply, { name: `${params.id}.eml`, contentType: 'message/rfc822' }).send(await email.raw(actor, params.id)));

  app.post('/email/inbound', {
    bodyLimit: RAW_BODY_LIMIT,
    schema: { tags: ['mail'], summary: 'Hand over a raw message (message/rfc822)', querystring: InboundQuery, response: { 202: InboundAccepted } },
  }, async ({ actor, query, body }, reply) =>
    reply.code(202).send(await email.deliver(actor, Buffer.isBuffer(body) ? body : Buffer.alloc(0), query)));

  app.get('/email/suppressions', { schema: { tags: ['mail'], summary: 'Addresses that mail is not sent to, because it came back', querystring: SuppressionQuery, response: { 200: SuppressionPage } } },
    async ({ actor, query }) => email.suppressions.list(actor, query));

  app.delete('/email/suppressions/:id', { schema: { tags: ['mail'], summary: 'Send to an address again', params: IdParams, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await email.suppressions.lift(actor, params.id);
      return reply.code(204).send(null);
    });

  app.get('/outbox', { schema: { tags: ['mail'], summary: 'Mail that leaves, newest first', querystring: OutboxQuery, response: { 200: OutboxPage } } },
    async ({ actor, query }) => email.outbox(actor, query));

  app.get('/outbox/:id', { schema: { tags: ['mail'], summary: 'One mail that leaves', params: IdParams, response: { 200: OutboxDetail } } },
    async ({ actor, params }) => email.outboxMail(actor, params.id));

  app.post('/outbox/:id/retries', { schema: { tags: ['mail'], summary: 'Try to send a failed or waiting mail again', params: IdParams, response: { 202: z.null() } } },
    async ({ actor, params }, reply) => {
      await email.retry(actor, params.id);
      return reply.code(202).send(null);
    });

  app.get('/tickets/:id/recipients', { schema: { tags: ['tickets'], summary: 'To whom a reply would go, and from which mailbox', params: IdParams, response: { 200: RecipientsView } } },
    async ({ actor, params }) => email.recipients(actor, params.id));
};
