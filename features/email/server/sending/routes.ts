import { z } from 'zod';
import { IdParams, PageQuery } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { ConnectionTest } from '../../core/contract.ts';
import { DomainPage, DomainParams, DomainView, RelayPage, RelayPut, RelayTry, RelayView } from '../../core/sending-contract.ts';
import type { Email } from '../email.ts';

const tags = ['mail'];

export const sendingRoutes = ({ domains, relays }: Pick<Email, 'domains' | 'relays'>): Routes => async (app) => {
  app.get('/sending-domains', { schema: { tags, summary: 'The domains that mail leaves from, and what belongs into their DNS', querystring: PageQuery, response: { 200: DomainPage } } },
    async ({ actor, query }) => domains.list(actor, query));

  app.post('/sending-domains/:domain/keys', { schema: { tags, summary: 'A new key to sign mail with; the old one is used until the new one stands in DNS', params: DomainParams, response: { 201: DomainView } } },
    async ({ actor, params }, reply) => reply.code(201).send(await domains.makeKeys(actor, params.domain)));

  app.post('/sending-domains/:domain/checks', { schema: { tags, summary: 'Ask DNS what stands there', params: DomainParams, response: { 200: DomainView } } },
    async ({ actor, params }) => domains.check(actor, params.domain));

  app.get('/relays', { schema: { tags, summary: 'Mail servers that mail leaves through, oldest first', querystring: PageQuery, response: { 200: RelayPage } } },
    async ({ actor, query }) => relays.list(actor, query));

  app.post('/relays', { config: { fresh: true, secretBody: true }, schema: { tags, summary: 'A new relay', body: RelayPut, response: { 201: RelayView } } },
    async ({ actor, body }, reply) => reply.code(201).send(await relays.create(actor, body)));

  app.put('/relays/:id', { config: { fresh: true, secretBody: true }, schema: { tags, summary: 'Change a relay', params: IdParams, body: RelayPut, response: { 200: RelayView } } },
    async ({ actor, params, body }) => relays.put(actor, params.id, body));

  app.delete('/relays/:id', { config: { fresh: true }, schema: { tags, summary: 'Send nothing more through a relay', params: IdParams, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await relays.remove(actor, params.id);
      return reply.code(204).send(null);
    });

  app.post('/relays/tests', { config: { fresh: true, secretBody: true }, schema: { tags, summary: 'Try settings for a relay, and say what is wrong', body: RelayTry, response: { 200: ConnectionTest } } },
    async ({ actor, body }) => relays.test(actor, body));
};
