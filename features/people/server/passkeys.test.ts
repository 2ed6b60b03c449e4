import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { createAuthenticator } from '../../../testing/authenticator.ts';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';

const PAGE = 'https://desk.test';
type House = Awaited<ReturnType<typeof peopleHouse>>;
type Options = { options: Record<string, unknown> };
type Due = { pending: string };

async function houseWithKey({ verifies = true } = {}) {
  const house = await peopleHouse({ publicUrl: PAGE });
  const { workspaceId, owner } = await house.workspace();
  const key = createAuthenticator({ origin: PAGE, verifies });
  const made = await register(house, owner.token, key);
  return { house, workspaceId, owner, key, made };
}

async function register(house: House, token: string, key: ReturnType<typeof createAuthenticator>, page = PAGE) {
  const { options } = (await house.request('POST', '/me/two-step/passkeys/options', undefined, { token })).body as Options;
  return house.request('POST', '/me/two-step/passkeys', { name: 'Key of the desk', made: key.make(options, page) }, { token });
}

async function waiting(house: House, email: string): Promise<{ pending: string; options: Record<string, unknown> }> {
  const { pending } = (await house.signIn(email)).body as Due;
  const { options } = (await house.request('POST', '/session/second-step/passkey-options', { pending })).body as Options;
  return { pending, options };
}

test('a passkey is made, named, used as the second step, and removed', async () => {
  const { house, owner, key, made } = await houseWithKey();
  expect(made).toMatchObject({ status: 201, body: { recoveryCodes: expect.any(Array) } });
  expect(await register(house, owner.token, key), 'the same again').toMatchObject({ status: 409, body: { code: 'passkey.known' } });

  const { pending, options } = await waiting(house, owner.email);
  expect(options).toMatchObject({ rpId: 'desk.test', allowCredentials: [{ id: key.id, type: 'public-key' }] });
  expect(await house.request('POST', '/session/second-step', { pending, method: 'passkey', answer: key.answer(options) })).toMatchObject({ status: 201 });

  const [passkey] = ((await house.request('GET', '/me/two-step', undefined, { token: owner.token })).body as { passkeys: { id: string }[] }).passkeys;
  expect(passkey).toMatchObject({ name: 'Key of the desk', lastUsedAt: expect.any(String) });
  const path = `/me/two-step/passkeys/${passkey?.id ?? ''}`;
  expect(await house.request('PATCH', path, { name: 'Blue key' }, { token: owner.token })).toMatchObject({ status: 204 });
  expect(await house.request('DELETE', path, undefined, { token: owner.token })).toMatchObject({ status: 204 });
  expect(await house.request('DELETE', path, undefined, { token: owner.token })).toMatchObject({ status: 404 });
  expect(await house.signIn(owner.email)).toMatchObject({ status: 201 });
});

test('an answer is good once, for its page, its person and its purpose', async () => {
  const { house, workspaceId, owner, key } = await houseWithKey();
  const other = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const others = createAuthenticator({ origin: PAGE });
  await register(house, other.token, others);
  const enter = (pending: string, answer: unknown) => house.request('POST', '/session/second-step', { pending, method: 'passkey', answer });

  const phished = await waiting(house, owner.email);
  expect(await enter(phished.pending, key.answer(phished.options, 'https://desk-test.example')), 'made on another page').toMatchObject({ status: 401 });
  const foreign = await waiting(house, owner.email);
  expect(await enter(foreign.pending, others.answer(foreign.options)), 'the key of somebody else').toMatchObject({ status: 401 });
  const theirs = await waiting(house, other.email);
  const mine = await waiting(house, owner.email);
  expect(await enter(mine.pending, key.answer(theirs.options)), 'asked of somebody else').toMatchObject({ status: 401 });
  const stepUp = (await house.request('POST', '/session/step-up/passkey-options', undefined, { token: owner.token })).body as Options;
  expect(await enter(mine.pending, key.answer(stepUp.options)), 'asked for another purpose').toMatchObject({ status: 401 });

  const good = await waiting(house, owner.email);
  const answer = key.answer(good.options);
  const tampered = { ...answer, response: { ...answer.response, signature: answer.response.signature.replace(/.{4}$/, 'AAAA') } };
  expect(await enter(good.pending, tampered)).toMatchObject({ status: 401 });
  expect(await enter(good.pending, answer), 'the challenge went with the forged answer').toMatchObject({ status: 401 });
  const again = await waiting(house, owner.email);
  const right = key.answer(again.options);
  expect(await enter(again.pending, right)).toMatchObject({ status: 201 });
  const replay = await waiting(house, owner.email);
  expect(await enter(replay.pending, right), 'replayed').toMatchObject({ status: 401 });

  key.count(0);
  const copied = await waiting(house, owner.email);
  expect(await enter(copied.pending, key.answer(copied.options)), 'a copy of the key, behind the original').toMatchObject({ status: 401 });
  key.count(100);
  const late = await waiting(house, owner.email);
  await sql`update passkey_challenges set expires_at = now()`.execute(house.db.owner);
  expect(await enter(late.pending, key.answer(late.options)), 'too late').toMatchObject({ status: 401 });
});

test('a passkey that recognises its person signs in alone', async () => {
  const { house, workspaceId, owner, key } = await houseWithKey();
  const options = async () => ((await house.request('POST', '/session/passkey-options')).body as Options).options;
  const signIn = (answer: unknown) => house.request('POST', '/session/passkey', { answer });
  expect(await options()).toMatchObject({ userVerification: 'required', rpId: 'desk.test' });

  const entered = await signIn(key.answer(await options()));
  expect(entered).toMatchObject({ status: 201 });
  expect(await house.request('GET', '/me', undefined, { cookie: entered.cookies[0] })).toMatchObject({ status: 200, body: { email: owner.email } });
  expect(await signIn(createAuthenticator({ origin: PAGE }).answer(await options())), 'known to nobody').toMatchObject({ status: 401, cookies: [] });

  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const blunt = createAuthenticator({ origin: PAGE, verifies: false });
  await register(house, agent.token, blunt);
  expect(await signIn(blunt.answer(await options())), 'a key that anybody can press is one step, not two').toMatchObject({ status: 401 });
  const { pending, options: second } = await waiting(house, agent.email);
  expect(await house.request('POST', '/session/second-step', { pending, method: 'passkey', answer: blunt.answer(second) })).toMatchObject({ status: 201 });

  const own = createAuthenticator({ origin: PAGE });
  expect(await register(house, agent.token, own)).toMatchObject({ status: 201 });
  expect(await signIn(own.answer(await options()))).toMatchObject({ status: 201 });
  await house.request('PUT', `/people/${agent.id}/deactivation`, undefined, { token: owner.token });
  expect(await signIn(own.answer(await options())), 'deactivated').toMatchObject({ status: 401, cookies: [] });
});

test('a passkey can be set up while signing in, where one is required', async () => {
  const { house, workspaceId, owner } = await houseWithKey();
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  await house.request('PUT', '/workspace/two-step', { roles: ['agent', 'owner'] }, { token: owner.token });
  const { pending } = (await house.signIn(agent.email)).body as Due;
  const key = createAuthenticator({ origin: PAGE });
  const { options } = (await house.request('POST', '/session/enrolment/passkey-options', { pending })).body as Options;
  expect(await house.request('POST', '/session/enrolment/passkey', { pending, name: 'Key', made: key.make(options, 'https://elsewhere.test') })).toMatchObject({ status: 400, body: { code: 'passkey.not_made' } });
  const again = (await house.request('POST', '/session/enrolment/passkey-options', { pending })).body as Options;
  const entered = await house.request('POST', '/session/enrolment/passkey', { pending, name: 'Key', made: key.make(again.options) });
  expect(entered).toMatchObject({ status: 201, body: { recoveryCodes: expect.any(Array) } });
  expect(await house.request('GET', '/me', undefined, { cookie: entered.cookies[0] })).toMatchObject({ status: 200 });
});

test('where browsers make no passkeys, it is said instead of tried', async () => {
  const house = await peopleHouse({ publicUrl: 'http://192.0.2.7:8080' });
  const { owner } = await house.workspace();
  expect(await house.request('GET', '/me/two-step', undefined, { token: owner.token })).toMatchObject({ body: { passkeysPossible: false } });
  expect(await house.request('POST', '/me/two-step/passkeys/options', undefined, { token: owner.token })).toMatchObject({ status: 409, body: { code: 'passkey.not_possible' } });
  expect(await house.request('POST', '/session/passkey-options')).toMatchObject({ status: 409 });
});
