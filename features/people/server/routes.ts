import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import { neverRepeated } from '../../../platform/http/idempotency.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { Setup, SetupCheck, SetupState } from '../../workspaces/core/contract.ts';
import {
  DevicePage, InvitationAccept, InvitationCheck, InvitationView, MePatch, MeView, PasswordChange, ResetRequest, ResetUse, SessionView,
  SignIn, TokenCreate, TokenCreated, TokenPage, type TokenView,
} from '../core/contract.ts';
import { cookie, readCookie, readCredential, type CookieNames } from '../core/credentials.ts';
import { SecondStepDue, type SignedInOrDue } from '../core/two-step-contract.ts';
import type { Device, Token } from './credential-store.ts';
import type { Admitted, Client, OpenedSession, People } from './people.ts';

const Nothing = z.void();
export const COOKIE_SECONDS = 30 * 86_400;
const DEVICE_SECONDS = 365 * 86_400;
const MAX_USER_AGENT = 300;

/** One's own account: signing in and out, invitations, passwords, devices, API tokens. */
export const accountRoutes = (people: People): Routes => async (app) => {
  const names = people.cookieNames;

  const clientOf = (request: FastifyRequest): Client => clientOfRequest(request, names);

  /** In, or told that a second step is due: 202 then. */
  const answer = (reply: FastifyReply, admitted: Admitted): z.infer<typeof SignedInOrDue> => {
    if ('token' in admitted) return welcome(reply, admitted, names);
    void reply.code(202);
    return { ...admitted, expiresAt: admitted.expiresAt.toISOString() };
  };
  const admitted = { 201: SessionView, 202: SecondStepDue };

  const open = { config: { public: true }, preHandler: neverRepeated };
  const signIn = ['sign-in'];

  app.post('/session', { ...open, schema: { tags: signIn, summary: 'Sign in; 202 when a second step is due', body: SignIn, response: admitted } },
    async (request, reply) => answer(reply, await people.signIn(request.body, clientOf(request))));

  app.delete('/session', { ...open, schema: { tags: signIn, summary: 'Sign out', response: { 204: Nothing } } },
    async (request, reply) => {
      await people.signOut(request.hasActor ? request.actor : null);
      void reply.code(204).header('set-cookie', cookie(names.session, '', 0));
    });

  app.get('/setup', { config: { public: true }, schema: { tags: signIn, summary: 'Whether this server still has to be set up', response: { 200: SetupState } } },
    async () => ({ needed: await people.setupNeeded() }));

  app.post('/setup/check', { ...open, schema: { tags: signIn, summary: 'Whether a set-up link is good', body: SetupCheck, response: { 204: Nothing } } },
    async (request, reply) => { await people.checkSetupLink(request.body.token, request.ip); void reply.code(204); });

  app.post('/setup', { ...open, schema: { tags: signIn, summary: 'Make the first workspace and its owner', body: Setup, response: admitted } },
    async (request, reply) => answer(reply, await people.setUp(request.body, clientOf(request))));

  app.post('/invitations/check', { ...open, schema: { tags: signIn, summary: 'Whom an invitation is for', body: InvitationCheck, response: { 200: InvitationView } } },
    async (request) => people.checkInvitation(request.body.token, request.ip));

  app.post('/invitations', { ...open, schema: { tags: signIn, summary: 'Accept an invitation', body: InvitationAccept, response: admitted } },
    async (request, reply) => answer(reply, await people.acceptInvitation(request.body, clientOf(request))));

  app.post('/password-resets', { ...open, schema: { tags: signIn, summary: 'Ask for a new password by mail', body: ResetRequest, response: { 202: Nothing } } },
    async (request, reply) => { await people.requestReset(request.body.email, request.ip); void reply.code(202); });

  app.post('/password-resets/use', { ...open, schema: { tags: signIn, summary: 'Set the new password', body: ResetUse, response: { 204: Nothing } } },
    async (request, reply) => { await people.useReset(request.body.token, request.body.password, request.ip); void reply.code(204); });

  const me = ['me'];

  app.get('/me', { schema: { tags: me, summary: 'Who is signed in, and what they may do', response: { 200: MeView } } },
    async ({ actor }) => people.me(actor));

  app.patch('/me', { schema: { tags: me, summary: 'Change name, language or theme', body: MePatch, response: { 200: MeView } } },
    async ({ actor, body }) => people.changeMe(actor, body));

  app.put('/me/password', { preHandler: neverRepeated, schema: { tags: me, summary: 'Change the password; other devices are signed out', body: PasswordChange, response: { 204: Nothing } } },
    async ({ actor, body }, reply) => { await people.changePassword(actor, body); void reply.code(204); });

  app.get('/sessions', { schema: { tags: me, summary: 'One’s own devices, newest first', querystring: PageQuery, response: { 200: DevicePage } } },
    async ({ actor, query }) => {
      const { items, nextCursor } = await people.devices(actor, query);
      return { items: items.map((device) => toDevice(device, actor.credential.id)), nextCursor };
    });

  app.delete('/sessions/:id', { schema: { tags: me, summary: 'Sign a device out', params: IdParams, response: { 204: Nothing } } },
    async ({ actor, params }, reply) => { await people.endDevice(actor, params.id); void reply.code(204); });

  app.get('/tokens', { schema: { tags: me, summary: 'One’s own API tokens, newest first', querystring: PageQuery, response: { 200: TokenPage } } },
    async ({ actor, query }) => {
      const { items, nextCursor } = await people.tokens(actor, query);
      return { items: items.map(toToken), nextCursor };
    });

  app.post('/tokens', { preHandler: neverRepeated, schema: { tags: me, summary: 'Make an API token; its secret is shown once', body: TokenCreate, response: { 201: TokenCreated } } },
    async ({ actor, body }, reply) => {
      const created = await people.createToken(actor, body);
      void reply.code(201);
      return { ...toToken(created), token: created.token };
    });

  app.delete('/tokens/:id', { schema: { tags: me, summary: 'End an API token', params: IdParams, response: { 204: Nothing } } },
    async ({ actor, params }, reply) => { await people.revokeToken(actor, params.id); void reply.code(204); });
};

export function clientOfRequest(request: FastifyRequest, names: CookieNames): Client {
  const browser = readCredential({ cookie: request.headers.cookie }, names);
  return {
    address: request.ip, userAgent: (request.headers['user-agent'] ?? '').slice(0, MAX_USER_AGENT),
    device: readCookie(request.headers.cookie, names.device), session: browser?.secret ?? null,
  };
}

/** The session in the browser's cookie, and in the answer for programs. */
export function welcome(reply: FastifyReply, { token, expiresAt, device }: OpenedSession, names: CookieNames): z.infer<typeof SessionView> {
  void reply.code(201).header('set-cookie', [cookie(names.session, token, COOKIE_SECONDS), cookie(names.device, device, DEVICE_SECONDS)]);
  return { token, expiresAt: expiresAt.toISOString() };
}

const toDevice = ({ id, userAgent, address, createdAt, lastSeenAt }: Device, current: string): z.infer<typeof DevicePage>['items'][number] => ({
  id, userAgent, address, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString(), current: id === current,
});

const toToken = ({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: Token): z.infer<typeof TokenView> => ({
  id, name, scopes: scopes as z.infer<typeof TokenView>['scopes'], createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null,
});
