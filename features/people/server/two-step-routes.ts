import { z } from 'zod';
import { IdParams } from '../../../kernel/contract.ts';
import { neverRepeated } from '../../../platform/http/idempotency.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { SessionView } from '../core/contract.ts';
import { cookie } from '../core/credentials.ts';
import {
  Enrolled, EnrolPasskey, EnrolTotp, FreshProof, PasskeyAdd, PasskeyOptions, PasskeyRename, PasskeySignIn, PendingOnly, RecoveryCodes, SecondStepDone,
  StepUp, TotpConfirm, TotpDraft, TwoStepRule, TwoStepView,
} from '../core/two-step-contract.ts';
import type { TwoStep } from './factors.ts';
import type { People } from './people.ts';
import { clientOfRequest, COOKIE_SECONDS, welcome } from './routes.ts';

const Nothing = z.void();

/** The second step: doing it, setting it up, and proving once more who one is. */
export const twoStepRoutes = (people: People): Routes => async (app) => {
  const names = people.cookieNames;
  const open = { config: { public: true }, preHandler: neverRepeated };
  const once = { preHandler: neverRepeated };
  const signIn = ['sign-in'];
  const mine = ['two-step sign-in'];

  app.post('/session/second-step', { ...open, schema: { tags: signIn, summary: 'Do the second step', body: SecondStepDone, response: { 201: SessionView } } },
    async (request, reply) => welcome(reply, await people.secondStep(request.body, clientOfRequest(request, names)), names));

  app.post('/session/second-step/passkey-options', { ...open, schema: { tags: signIn, summary: 'What a passkey must sign for the second step', body: PendingOnly, response: { 200: PasskeyOptions } } },
    async ({ body }) => people.secondStepOptions(body.pending));

  app.post('/session/passkey-options', { ...open, schema: { tags: signIn, summary: 'What a passkey must sign to sign in by itself', response: { 200: PasskeyOptions } } },
    async (request) => people.passkeyOptions(clientOfRequest(request, names)));

  app.post('/session/passkey', { ...open, schema: { tags: signIn, summary: 'Sign in by a passkey alone', body: PasskeySignIn, response: { 201: SessionView } } },
    async (request, reply) => welcome(reply, await people.signInByPasskey(request.body.answer, clientOfRequest(request, names)), names));

  app.post('/session/enrolment/totp', { ...open, schema: { tags: signIn, summary: 'Set up an authenticator app while signing in', body: PendingOnly, response: { 201: TotpDraft } } },
    async ({ body }, reply) => { void reply.code(201); return people.enrolTotp(body.pending); });

  app.post('/session/enrolment/totp/confirmation', { ...open, schema: { tags: signIn, summary: 'Confirm it by a code, and be signed in', body: EnrolTotp, response: { 201: Enrolled } } },
    async (request, reply) => {
      const enrolled = await people.finishTotp(request.body, clientOfRequest(request, names));
      return { ...welcome(reply, enrolled, names), recoveryCodes: enrolled.recoveryCodes };
    });

  app.post('/session/enrolment/passkey-options', { ...open, schema: { tags: signIn, summary: 'Begin a passkey while signing in', body: PendingOnly, response: { 200: PasskeyOptions } } },
    async ({ body }) => people.enrolPasskeyOptions(body.pending));

  app.post('/session/enrolment/passkey', { ...open, schema: { tags: signIn, summary: 'Take the passkey, and be signed in', body: EnrolPasskey, response: { 201: Enrolled } } },
    async (request, reply) => {
      const enrolled = await people.finishPasskey(request.body, clientOfRequest(request, names));
      return { ...welcome(reply, enrolled, names), recoveryCodes: enrolled.recoveryCodes };
    });

  app.get('/session/proof', { schema: { tags: signIn, summary: 'Whether the last proof of who sits there is fresh; refused when not', response: { 200: FreshProof } } },
    async ({ actor }) => { await people.requireFresh(actor); return { fresh: true as const }; });

  app.post('/session/step-up', { ...once, schema: { tags: signIn, summary: 'Prove once more who you are; the session goes on under a new secret', body: StepUp, response: { 200: SessionView } } },
    async ({ actor, body }, reply) => {
      const { token, expiresAt } = await people.stepUp(actor, body);
      void reply.header('set-cookie', cookie(names.session, token, COOKIE_SECONDS));
      return { token, expiresAt: expiresAt.toISOString() };
    });

  app.post('/session/step-up/passkey-options', { ...once, schema: { tags: signIn, summary: 'What a passkey must sign for that', response: { 200: PasskeyOptions } } },
    async ({ actor }) => people.stepUpOptions(actor));

  app.get('/me/two-step', { schema: { tags: mine, summary: 'One’s own second steps', response: { 200: TwoStepView } } },
    async ({ actor }) => toView(await people.twoStep(actor)));

  app.post('/me/two-step/totp', { ...once, schema: { tags: mine, summary: 'Begin with an authenticator app, or with another one', response: { 201: TotpDraft } } },
    async ({ actor }, reply) => { void reply.code(201); return people.addTotp(actor); });

  app.put('/me/two-step/totp', { ...once, schema: { tags: mine, summary: 'Confirm it by a code', body: TotpConfirm, response: { 200: RecoveryCodes } } },
    async ({ actor, body }) => ({ recoveryCodes: await people.confirmTotp(actor, body.code) }));

  app.delete('/me/two-step/totp', { schema: { tags: mine, summary: 'Remove the authenticator app', response: { 204: Nothing } } },
    async ({ actor }, reply) => { await people.removeTotp(actor); void reply.code(204); });

  app.post('/me/two-step/passkeys/options', { ...once, schema: { tags: mine, summary: 'Begin a passkey', response: { 200: PasskeyOptions } } },
    async ({ actor }) => people.addPasskeyOptions(actor));

  app.post('/me/two-step/passkeys', { ...once, schema: { tags: mine, summary: 'Take the passkey', body: PasskeyAdd, response: { 201: RecoveryCodes } } },
    async ({ actor, body }, reply) => {
      const recoveryCodes = await people.addPasskey(actor, body);
      void reply.code(201);
      return { recoveryCodes };
    });

  app.patch('/me/two-step/passkeys/:id', { schema: { tags: mine, summary: 'Rename a passkey', params: IdParams, body: PasskeyRename, response: { 204: Nothing } } },
    async ({ actor, params, body }, reply) => { await people.renamePasskey(actor, params.id, body.name); void reply.code(204); });

  app.delete('/me/two-step/passkeys/:id', { schema: { tags: mine, summary: 'Remove a passkey', params: IdParams, response: { 204: Nothing } } },
    async ({ actor, params }, reply) => { await people.removePasskey(actor, params.id); void reply.code(204); });

  app.post('/me/two-step/recovery-codes', { ...once, schema: { tags: mine, summary: 'New recovery codes instead of the old ones', response: { 201: RecoveryCodes } } },
    async ({ actor }, reply) => {
      const recoveryCodes = await people.renewRecoveryCodes(actor);
      void reply.code(201);
      return { recoveryCodes };
    });

  app.delete('/me/two-step/devices/:id', { schema: { tags: mine, summary: 'Forget a remembered device', params: IdParams, response: { 204: Nothing } } },
    async ({ actor, params }, reply) => { await people.forgetDevice(actor, params.id); void reply.code(204); });

  app.delete('/people/:id/two-step', { schema: { tags: ['people'], summary: 'Take somebody’s second steps away, for whoever lost them', params: IdParams, response: { 204: Nothing } } },
    async ({ actor, params }, reply) => { await people.resetTwoStep(actor, params.id); void reply.code(204); });

  app.put('/workspace/two-step', { schema: { tags: ['workspace'], summary: 'Who must sign in with two steps', body: TwoStepRule, response: { 204: Nothing } } },
    async ({ actor, body }, reply) => { await people.requireTwoStep(actor, body.roles); void reply.code(204); });
};

const toView = ({ totpSince, passkeys, remembered, ...rest }: TwoStep): TwoStepView => ({
  ...rest, totpSince: totpSince?.toISOString() ?? null,
  passkeys: passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({ id, name, createdAt: createdAt.toISOString(), lastUsedAt: lastUsedAt?.toISOString() ?? null })),
  remembered: remembered.map(({ id, userAgent, address, createdAt, expiresAt }) => ({ id, userAgent, address, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() })),
});
