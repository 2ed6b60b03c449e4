import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';
import { phoneOf, withPhone } from '../../../testing/two-steps.ts';

type Due = { pending: string; enrol: boolean };
type Draft = { secret: string; address: string };

test('whoever must have a second step and has none is out at once, and sets it up before anything else', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const colleague = await house.person(workspaceId, 'colleague');
  const program = (await house.request('POST', '/tokens', { name: 'shop', scopes: ['read'] }, { token: agent.token })).body as { token: string };
  const credential = (await house.people.authenticate({ authorization: `Bearer ${agent.token}` }))?.credential.id ?? '';
  const dead = async () => (await sql<{ id: string }>`select auth_dead_credentials(${[credential]}::uuid[]) as id`.execute(house.db.owner)).rows;
  expect(await dead()).toEqual([]);

  const rule = (roles: string[], token: string) => house.request('PUT', '/workspace/two-step', { roles }, { token });
  expect(await rule(['agent'], agent.token)).toMatchObject({ status: 403, body: { code: 'permission.denied' } });
  expect(await rule(['agent', 'owner'], owner.token)).toMatchObject({ status: 409, body: { code: 'two_step.yourself_first' } });
  expect(await rule(['boss'], owner.token)).toMatchObject({ status: 400 });
  expect(await rule(['agent'], owner.token)).toMatchObject({ status: 204 });
  expect(await house.events('workspace.changed')).toEqual([{ subjectId: workspaceId, data: { twoStepRoles: ['agent'] } }]);

  expect(await house.request('GET', '/me', undefined, { token: agent.token }), 'HTTP').toMatchObject({ status: 401 });
  expect(await dead(), 'open sockets').toEqual([{ id: credential }]);
  expect(await house.people.authenticate({ cookie: `rapport=${agent.token}` }), 'new sockets').toBeNull();
  expect(await house.request('GET', '/me', undefined, program), 'programs go on').toMatchObject({ status: 200 });
  expect(await house.request('GET', '/me', undefined, { token: colleague.token }), 'other roles').toMatchObject({ status: 200 });
  const operators = await house.people.openSession(workspaceId, agent);
  expect(await house.request('GET', '/me', undefined, operators), 'a session made beside the form').toMatchObject({ status: 401 });

  const { status, body } = await house.signIn(agent.email);
  expect({ status, body }).toMatchObject({ status: 202, body: { enrol: true, methods: [] } });
  const { pending } = body as Due;
  for (const [method, path] of [['GET', '/me'], ['GET', '/people'], ['POST', '/me/two-step/totp'], ['POST', '/tokens']] as const) {
    expect(await house.request(method, path, undefined, { token: pending }), `${path} by a waiting sign-in`).toMatchObject({ status: 401 });
  }
  expect(await house.request('POST', '/session/second-step', { pending, method: 'totp', code: '123456' })).toMatchObject({ status: 401 });

  const draft = (await house.request('POST', '/session/enrolment/totp', { pending })).body as Draft;
  expect(draft.address).toMatch(/^otpauth:\/\/totp\/agent-[0-9a-f]+%40desk\.test\?issuer=Blue%20Lamp&secret=[A-Z2-7]{32}&/);
  const phone = phoneOf(house, draft.secret);
  expect(await house.request('POST', '/session/enrolment/totp/confirmation', { pending, code: '000000' })).toMatchObject({ status: 400, cookies: [], body: { code: 'two_step.wrong' } });
  const entered = await house.request('POST', '/session/enrolment/totp/confirmation', { pending, code: phone.code() });
  expect(entered).toMatchObject({ status: 201, body: { token: expect.any(String), recoveryCodes: expect.arrayContaining([expect.stringMatching(/^.{4}-.{4}-.{4}-.{4}$/)]) } });
  expect(await house.request('GET', '/me', undefined, { cookie: entered.cookies[0] })).toMatchObject({ status: 200 });

  const session = entered.body as { token: string };
  expect(await house.request('DELETE', '/me/two-step/totp', undefined, session), 'the last one').toMatchObject({ status: 409, body: { code: 'two_step.last_one' } });
  expect(await rule([], owner.token)).toMatchObject({ status: 204 });
  expect(await house.request('DELETE', '/me/two-step/totp', undefined, session)).toMatchObject({ status: 204 });
  expect(await house.signIn(agent.email)).toMatchObject({ status: 201 });
});

test('a password alone never adds a second step beside the one that is there', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  await withPhone(house, owner.token);
  await house.request('PUT', '/workspace/two-step', { roles: ['owner'] }, { token: owner.token });
  const { pending } = (await house.signIn(owner.email)).body as Due;
  const made = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'x', attestationObject: 'x' } };
  for (const [path, body] of [
    ['/session/enrolment/totp', {}], ['/session/enrolment/totp/confirmation', { code: '123456' }],
    ['/session/enrolment/passkey-options', {}], ['/session/enrolment/passkey', { name: 'key', made }],
  ] as const) {
    expect(await house.request('POST', path, { pending, ...body }), path).toMatchObject({ status: 403, cookies: [], body: { code: 'two_step.not_now' } });
  }
});

test('an invitation does not lead around the rule, nor does a new password', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  await house.request('PUT', '/workspace/two-step', { roles: ['agent'] }, { token: owner.token });
  await house.request('POST', '/people', { email: 'nadia@desk.test', name: 'Nadia', role: 'agent' }, { token: owner.token });
  const token = await house.tokenFrom('nadia@desk.test');
  const accepted = await house.request('POST', '/invitations', { token, name: 'Nadia', password: PASSWORD });
  expect(accepted).toMatchObject({ status: 202, cookies: [], body: { enrol: true } });
  expect(JSON.stringify(accepted.body)).not.toContain('"token"');

  const { pending } = accepted.body as Due;
  const { secret } = (await house.request('POST', '/session/enrolment/totp', { pending })).body as Draft;
  expect(await house.request('POST', '/session/enrolment/totp/confirmation', { pending, code: phoneOf(house, secret).code() })).toMatchObject({ status: 201 });

  await house.request('POST', '/password-resets', { email: 'nadia@desk.test' });
  const reset = await house.request('POST', '/password-resets/use', { token: await house.tokenFrom('nadia@desk.test'), password: 'a quite different sentence' });
  expect(reset).toMatchObject({ status: 204, cookies: [] });
  expect(await house.signIn('nadia@desk.test', 'a quite different sentence')).toMatchObject({ status: 202, body: { enrol: false, methods: ['totp', 'recovery'] } });
});

test('an administrator takes lost steps away from those within reach; the person is told, and it is written down', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const admin = await house.person(workspaceId, 'admin');
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const foreign = await house.workspace('Red Lamp');
  const phone = await withPhone(house, agent.token);
  const { pending } = (await house.signIn(agent.email)).body as Due;
  const reset = (id: string, token: string) => house.request('DELETE', `/people/${id}/two-step`, undefined, { token });

  expect(await reset(owner.id, admin.token)).toMatchObject({ status: 403, body: { code: 'person.above_you' } });
  expect(await reset(admin.id, agent.token)).toMatchObject({ status: 403, body: { code: 'permission.denied' } });
  expect(await reset(admin.id, admin.token)).toMatchObject({ status: 409, body: { code: 'two_step.yourself' } });
  expect(await reset(agent.id, foreign.owner.token)).toMatchObject({ status: 404 });
  expect(await reset(agent.id, admin.token)).toMatchObject({ status: 204 });

  expect(await house.request('GET', '/me', undefined, { token: agent.token })).toMatchObject({ status: 401 });
  expect(await house.request('POST', '/session/second-step', { pending, method: 'recovery', code: phone.recoveryCodes[0] })).toMatchObject({ status: 401 });
  expect(await house.signIn(agent.email)).toMatchObject({ status: 201 });
  expect((await house.mailTo(agent.email))?.subject).toBe('Your second step for Blue Lamp was removed');
  const { rows } = await sql<{ actor: string }>`select actor_id as actor from events where type = 'person.two_step_reset' and subject_id = ${agent.id}`.execute(house.db.owner);
  expect(rows).toEqual([{ actor: admin.id }]);
});

test('a mail carries a code for whoever cannot follow its link; reading the link uses nothing up', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  await house.request('POST', '/people', { email: 'nadia@desk.test', name: 'Nadia', role: 'agent' }, { token: owner.token });
  const text = (await house.mailTo('nadia@desk.test'))?.text ?? '';
  const code = /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/m.exec(text)?.[0] ?? '';
  expect(text).toContain('open http://desk.test/invitation and type this code:');

  for (const method of ['GET', 'HEAD', 'GET'] as const) await house.http.inject({ method, url: `/invitation?token=${await house.tokenFrom('nadia@desk.test')}` });
  const typed = code.toLowerCase().replaceAll('-', ' ');
  expect(await house.request('POST', '/invitations/check', { token: typed })).toMatchObject({ status: 200, body: { name: 'Nadia' } });
  expect(await house.request('POST', '/password-resets/use', { token: code, password: PASSWORD }), 'for another purpose').toMatchObject({ status: 404 });
  expect(await house.request('POST', '/invitations', { token: typed, name: 'Nadia', password: PASSWORD })).toMatchObject({ status: 201 });
  expect(await house.request('POST', '/invitations', { token: await house.tokenFrom('nadia@desk.test'), name: 'Nadia', password: PASSWORD }), 'link and code are one').toMatchObject({ status: 404 });

  await house.request('POST', '/password-resets', { email: 'nadia@desk.test' });
  const reset = /^[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}$/m.exec((await house.mailTo('nadia@desk.test'))?.text ?? '')?.[0] ?? '';
  expect(await house.request('POST', '/password-resets/use', { token: reset, password: 'a quite different sentence' })).toMatchObject({ status: 204 });
});
