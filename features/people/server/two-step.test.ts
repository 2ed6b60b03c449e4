import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';
import { withPhone } from '../../../testing/two-steps.ts';

type Due = { pending: string; methods: string[]; enrol: boolean };
type House = Awaited<ReturnType<typeof peopleHouse>>;

const due = async (house: House, email: string): Promise<Due> => {
  const answer = await house.signIn(email);
  expect(answer).toMatchObject({ status: 202, cookies: [] });
  return answer.body as Due;
};
const second = (house: House, body: object, sent = {}) => house.request('POST', '/session/second-step', body, sent);
const age = (house: House, minutes: number) => sql`update sessions set proved_at = proved_at - make_interval(mins => ${minutes}::int)`.execute(house.db.owner);

test('without a second step a password is enough; with one it opens nothing', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  expect(await house.signIn(owner.email)).toMatchObject({ status: 201, body: { token: expect.any(String) } });
  const phone = await withPhone(house, owner.token);
  expect(phone.recoveryCodes).toHaveLength(10);

  const answer = await house.signIn(owner.email);
  expect(answer).toMatchObject({ status: 202, cookies: [], body: { methods: ['totp', 'recovery'], enrol: false } });
  expect(Object.keys(answer.body as object)).not.toContain('token');
  const { pending } = answer.body as Due;
  for (const sent of [{ token: pending }, { cookie: `rapport=${pending}` }]) {
    expect(await house.request('GET', '/me', undefined, sent), 'a waiting sign-in is no session').toMatchObject({ status: 401 });
  }
  const entered = await second(house, { pending, method: 'totp', code: phone.next() });
  expect(entered).toMatchObject({ status: 201 });
  expect(await house.request('GET', '/me', undefined, { cookie: entered.cookies[0] })).toMatchObject({ status: 200, body: { email: owner.email } });
  expect(await second(house, { pending, method: 'totp', code: phone.next() }), 'once').toMatchObject({ status: 401, body: { code: 'session.pending_gone' } });
  expect(await house.events('person.second_step_added')).toEqual([{ subjectId: owner.id, data: { method: 'totp' } }]);
  expect((await house.mailTo(owner.email))?.subject).toBe('Two-step sign-in to Blue Lamp was changed');
});

test('the first second step ends every session that has not done it, and keeps the one at hand', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const other = (await house.signIn(owner.email)).body as { token: string };
  await withPhone(house, owner.token);
  expect(await house.request('GET', '/me', undefined, { token: owner.token })).toMatchObject({ status: 200 });
  expect(await house.request('GET', '/me', undefined, other)).toMatchObject({ status: 401 });
});

test('a code is good for its half minute and its neighbours, once, and never again', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const phone = await withPhone(house, owner.token);
  const enter = async (code: string) => (await second(house, { pending: (await due(house, owner.email)).pending, method: 'totp', code })).status;

  expect(await enter(phone.code()), 'the code that confirmed the app').toBe(401);
  house.passMachine(300);
  expect(await enter(phone.code(-60))).toBe(401);
  expect(await enter(phone.code(90))).toBe(401);
  const late = phone.code(-30);
  const early = phone.code(30);
  expect(await enter(early)).toBe(201);
  expect(await enter(early)).toBe(401);
  expect(await enter(late), 'older than one that was used').toBe(401);
  house.passMachine(60);
  const arabic = phone.code().replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)));
  expect(await enter(` ${arabic.slice(0, 3)} ${arabic.slice(3)} `)).toBe(201);

  house.passMachine(60);
  const code = phone.code();
  const waiting = await Promise.all([0, 1, 2, 3].map(() => due(house, owner.email)));
  const statuses = await Promise.all(waiting.map(async ({ pending }) => (await second(house, { pending, method: 'totp', code })).status));
  expect(statuses.toSorted((a, b) => a - b), 'one code for four browsers').toEqual([201, 401, 401, 401]);
});

test('guesses at the second step are limited for the person, and a restart does not forget', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const phone = await withPhone(house, owner.token);
  const { pending } = await due(house, owner.email);
  house.passMachine(60);
  const wrong = phone.code() === '000000' ? '000001' : '000000';
  for (let n = 0; n < 10; n += 1) {
    expect(await second(house, { pending, method: n % 2 ? 'totp' : 'recovery', code: wrong }, { address: `198.51.100.${n}` })).toMatchObject({ status: 401, cookies: [], body: { code: 'session.second_step_wrong' } });
  }
  const restarted = await house.start();
  const fresh = (await house.signIn(owner.email, PASSWORD, {}, restarted)).body as Due;
  expect(await house.request('POST', '/session/second-step', { pending: fresh.pending, method: 'totp', code: phone.code() }, {}, restarted))
    .toMatchObject({ status: 429, headers: { 'retry-after': expect.any(String) } });
});

test('a recovery code opens once, however it is typed; new ones end the old ones', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const other = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const phone = await withPhone(house, owner.token);
  const others = await withPhone(house, other.token);
  const enter = async (code: string) => (await second(house, { pending: (await due(house, owner.email)).pending, method: 'recovery', code })).status;
  const [first = '', next = ''] = phone.recoveryCodes;

  expect(await enter(others.recoveryCodes[0] ?? ''), 'of somebody else').toBe(401);
  expect(await enter(first.toLowerCase().replaceAll('-', ' '))).toBe(201);
  expect(await enter(first)).toBe(401);
  const { body } = await house.request('POST', '/me/two-step/recovery-codes', undefined, { token: owner.token });
  expect(await enter(next)).toBe(401);
  expect(await enter((body as { recoveryCodes: string[] }).recoveryCodes[9] ?? '')).toBe(201);
  expect(await house.request('GET', '/me/two-step', undefined, { token: owner.token })).toMatchObject({ body: { recoveryCodes: 9 } });
});

test('a remembered device is not asked again, until it is forgotten', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const phone = await withPhone(house, owner.token);
  const { pending } = await due(house, owner.email);
  const entered = await second(house, { pending, method: 'totp', code: phone.next(), remember: true });
  const device = entered.cookies.find((cookie) => cookie.startsWith('rapport-device=')) ?? '';
  const back = () => house.signIn(owner.email, PASSWORD, { cookie: device });

  expect(await back()).toMatchObject({ status: 201 });
  expect(await house.signIn(owner.email, 'wrong password', { cookie: device })).toMatchObject({ status: 401 });
  expect(await house.signIn(owner.email, PASSWORD, { cookie: `${device.slice(0, -2)}xx` }), 'a forged device').toMatchObject({ status: 202 });
  const [remembered] = ((await house.request('GET', '/me/two-step', undefined, { token: owner.token })).body as { remembered: { id: string }[] }).remembered;
  expect(await house.request('DELETE', `/me/two-step/devices/${remembered?.id ?? ''}`, undefined, { token: owner.token })).toMatchObject({ status: 204 });
  expect(await back()).toMatchObject({ status: 202 });

  const again = await second(house, { pending: ((await back()).body as Due).pending, method: 'totp', code: phone.next(), remember: true });
  const cookie = again.cookies.find((one) => one.startsWith('rapport-device=')) ?? '';
  expect(cookie, 'a new secret each time').not.toBe(device);
  expect(await house.signIn(owner.email, PASSWORD, { cookie })).toMatchObject({ status: 201 });
  await sql`update remembered_devices set expires_at = now()`.execute(house.db.owner);
  expect(await house.signIn(owner.email, PASSWORD, { cookie }), 'after 30 days').toMatchObject({ status: 202 });
});

test('signing a device out, or a new password, forgets it', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const phone = await withPhone(house, owner.token);
  const remember = async () => {
    const entered = await second(house, { pending: (await due(house, owner.email)).pending, method: 'totp', code: phone.next(), remember: true });
    return entered.cookies.find((one) => one.startsWith('rapport-device=')) ?? '';
  };
  const lost = await remember();
  const { items } = (await house.request('GET', '/sessions', undefined, { token: owner.token })).body as { items: { id: string; current: boolean }[] };
  await house.request('DELETE', `/sessions/${items.find(({ current }) => !current)?.id ?? ''}`, undefined, { token: owner.token });
  expect(await house.signIn(owner.email, PASSWORD, { cookie: lost })).toMatchObject({ status: 202 });

  const kept = await remember();
  expect(await house.request('PUT', '/me/password', { current: PASSWORD, next: 'a quite different sentence' }, { token: owner.token })).toMatchObject({ status: 204 });
  expect(await house.signIn(owner.email, 'a quite different sentence', { cookie: kept })).toMatchObject({ status: 202 });
});

test('a waiting sign-in ends by time, by a new password, by deactivation', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const phone = await withPhone(house, agent.token);
  const enter = async (pending: string) => (await second(house, { pending, method: 'totp', code: phone.next() })).body;

  const old = await due(house, agent.email);
  await sql`update one_time_links set expires_at = now()`.execute(house.db.owner);
  expect(await enter(old.pending)).toMatchObject({ code: 'session.pending_gone' });
  const before = await due(house, agent.email);
  await house.request('PUT', '/me/password', { current: PASSWORD, next: 'a quite different sentence' }, { token: agent.token });
  expect(await enter(before.pending)).toMatchObject({ code: 'session.pending_gone' });
  const { pending } = (await house.signIn(agent.email, 'a quite different sentence')).body as Due;
  await house.request('PUT', `/people/${agent.id}/deactivation`, undefined, { token: owner.token });
  expect(await enter(pending)).toMatchObject({ code: 'session.pending_gone' });
  for (const forged of ['', ' ', 'A'.repeat(43), pending.slice(1), [pending], null, 0]) {
    expect((await second(house, { pending: forged, method: 'totp', code: '123456' })).status).toBeGreaterThanOrEqual(400);
  }
});

test('secrets stand nowhere in the clear, and are told once', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const headers = { 'idempotency-key': 'the same twice' };
  const drafted = await house.request('POST', '/me/two-step/totp', undefined, { token: owner.token, headers });
  const phone = await withPhone(house, owner.token);
  await house.request('POST', '/me/two-step/recovery-codes', undefined, { token: owner.token, headers });
  const { body } = await house.request('POST', '/session/step-up', { method: 'password', password: PASSWORD }, { token: owner.token, headers });
  const planted = [(drafted.body as { secret: string }).secret, phone.secret, ...phone.recoveryCodes, ...phone.recoveryCodes.map((code) => code.replaceAll('-', '')), PASSWORD, (body as { token: string }).token];
  const tables = await sql<{ name: string }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`.execute(house.db.owner);
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ text: string }>`select coalesce(string_agg(t::text, ''), '') as text from ${sql.table(name)} t`.execute(house.db.owner);
    for (const secret of planted) expect(rows[0]?.text.includes(secret), `${name} holds a secret`).toBe(false);
  }
  const shown = JSON.stringify([(await house.request('GET', '/me/two-step', undefined, body)).body, (await house.request('GET', '/me', undefined, body)).body]);
  for (const secret of planted) expect(shown).not.toContain(secret);
});

test('what could do lasting harm asks again who sits there; programs are not asked', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const program = (await house.request('POST', '/tokens', { name: 'shop', scopes: ['read', 'admin'] }, { token: owner.token })).body as { token: string };
  const phone = await withPhone(house, owner.token);
  await age(house, 10);

  const acts: [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object][] = [
    ['GET', '/session/proof'], ['POST', '/tokens', { name: 'shop', scopes: ['read'] }], ['POST', '/me/two-step/totp'],
    ['PUT', '/me/two-step/totp', { code: '123456' }], ['DELETE', '/me/two-step/totp'], ['POST', '/me/two-step/recovery-codes'],
    ['POST', '/me/two-step/passkeys/options'], ['DELETE', `/people/${agent.id}/two-step`], ['PUT', '/workspace/two-step', { roles: ['agent'] }],
  ];
  for (const [method, path, body] of acts) {
    expect(await house.request(method, path, body, { token: owner.token }), `${method} ${path}`)
      .toMatchObject({ status: 403, body: { code: 'session.step_up_needed', methods: ['totp', 'recovery', 'password'] } });
  }
  expect(await house.request('GET', '/session/proof', undefined, program), 'a program').toMatchObject({ status: 200 });
  expect(await house.request('POST', '/session/step-up', { method: 'password', password: PASSWORD }, program)).toMatchObject({ status: 403, body: { code: 'session.needed' } });
  expect(await house.request('GET', '/me/two-step', undefined, program)).toMatchObject({ status: 403 });

  expect(await house.request('POST', '/session/step-up', { method: 'totp', code: '000000' }, { token: owner.token })).toMatchObject({ status: 400, body: { code: 'two_step.wrong' } });
  expect(await house.request('POST', '/session/step-up', { method: 'password', password: 'wrong' }, { token: owner.token })).toMatchObject({ status: 400, body: { code: 'password.wrong' } });
  const renewed = await house.request('POST', '/session/step-up', { method: 'totp', code: phone.next() }, { token: owner.token });
  expect(renewed).toMatchObject({ status: 200, cookies: [expect.stringMatching(/^rapport=/)] });
  expect(await house.request('GET', '/me', undefined, { token: owner.token }), 'the old secret is dead').toMatchObject({ status: 401 });
  expect(await house.request('POST', '/tokens', { name: 'shop', scopes: ['read'] }, { cookie: renewed.cookies[0] })).toMatchObject({ status: 201 });
});
