import { z } from 'zod';
import { IdParams } from '../../../../kernel/contract.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import {
  OAuthClientPut, OAuthClients, OAuthClientView, ProviderParams, SignInCallback, SignInStart, SignInStarted, SignInView,
} from '../../core/oauth/contract.ts';
import type { Email } from '../email.ts';

const tags = ['mail'];
const NO_SESSION = { end: 'session', mailboxId: null, returnTo: 'mailboxes' } as const;

export const oauthRoutes = ({ oauth }: Pick<Email, 'oauth'>): Routes => async (app) => {
  app.get('/email/oauth/clients', { schema: { tags, summary: 'How this workspace is registered at mail providers', response: { 200: OAuthClients } } },
    async ({ actor }) => oauth.clients.list(actor));

  app.put('/email/oauth/clients/:provider', { config: { fresh: true, secretBody: true }, schema: { tags, summary: 'Register at a mail provider', params: ProviderParams, body: OAuthClientPut, response: { 200: OAuthClientView } } },
    async ({ actor, params, body }) => oauth.clients.put(actor, params.provider, body));

  app.delete('/email/oauth/clients/:provider', { schema: { tags, summary: 'Forget a registration, and what was signed in with it', params: ProviderParams, response: { 204: z.null() } } },
    async ({ actor, params }, reply) => {
      await oauth.clients.remove(actor, params.provider);
      return reply.code(204).send(null);
    });

  app.get('/mailboxes/:id/sign-in', { schema: { tags, summary: 'Whether somebody has signed in at the provider of a mailbox', params: IdParams, response: { 200: SignInView } } },
    async ({ actor, params }) => oauth.signIns.view(actor, params.id));

  app.post('/mailboxes/:id/sign-ins', { config: { fresh: true }, schema: { tags, summary: 'Begin to sign in at the provider of a mailbox', params: IdParams, body: SignInStart, response: { 201: SignInStarted } } },
    async ({ actor, params, body }, reply) => reply.code(201).send(await oauth.signIns.begin(actor, params.id, body)));

  // Somebody who is not signed in here any more is told so on a page of ours rather than by an answer for programs.
  app.get('/email/oauth/callback', { config: { public: true }, schema: { tags, summary: 'Where a mail provider sends the browser back', querystring: SignInCallback, response: { 302: z.null() } } },
    async (request, reply) => {
      const end = request.hasActor ? await oauth.signIns.finish(request.actor, request.query) : NO_SESSION;
      void reply.header('referrer-policy', 'no-referrer');
      return reply.redirect(oauth.settingsAddress(end), 302);
    });
};
