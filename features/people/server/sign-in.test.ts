import { verify } from '@node-rs/argon2';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';
import { createPasswords } from './passwords.ts';

test('a person signs in, is known by cookie and by token, and signs out', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();

  const signedIn = await house.signIn(owner.email.toUpperCase());
  expect(signedIn).toMatchObject({ status: 201, body: { token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) } });
  const [cookie = ''] = signedIn.cookies;
  const { token } = signedIn.body as { token: string };
  expect(signedIn.headers['set-cookie']?.[0]).toMatch(/^rapport=[^;]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);

  expect(await house.request('GET', '/me', undefined, { cookie })).toMatchObject({
    status: 200, body: { email: owner.email, role: 'owner', workspace: { name: 'Blue Lamp' }, mailLeaves: true },
  });
  expect(await house.request('GET', '/me', undefined, { token })).toMatchObject({ status: 200 });

  expect(await house.request('DELETE', '/session', undefined, { cookie })).toMatchObject({ status: 204 });
  expect(await house.request('GET', '/me', undefined, { token })).toMatchObject({ status: 401, body: { code: 'session.missing' } });
});

test('nothing but one good credential is a session', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const foreign = await peopleHouse();
  const other = await foreign.workspace('Red Lamp');

  const headers: [string, Record<string, unknown>][] = [
    ['nothing', {}],
    ['an empty header', { authorization: '' }],
    ['an empty token', { authorization: 'Bearer ' }],
    ['a wrong scheme', { authorization: `Basic ${owner.token}` }],
    ['no scheme', { authorization: owner.token }],
    ['an array', { authorization: [`Bearer ${owner.token}`] }],
    ['an object', { authorization: { toString: () => `Bearer ${owner.token}` } }],
    ['two tokens', { authorization: `Bearer ${owner.token}, Bearer ${owner.token}` }],
    ['a token with something after it', { authorization: `Bearer ${owner.token} ` }],
    ['a token of another installation', { authorization: `Bearer ${other.owner.token}` }],
    ['an API token that nobody has', { authorization: `Bearer rpt_${owner.token}` }],
    ['an empty cookie', { cookie: 'rapport=' }],
    ['an array of cookies', { cookie: [`rapport=${owner.token}`] }],
    ['two different cookies', { cookie: `rapport=${owner.token}; rapport=${other.owner.token}` }],
    ['another cookie', { cookie: `xrapport=${owner.token}` }],
    ['a wrong header beside a good cookie', { authorization: 'Bearer wrong', cookie: `rapport=${owner.token}` }],
  ];
  for (const [what, given] of headers) expect(await house.people.authenticate(given), what).toBeNull();

  expect(await house.people.authenticate({ authorization: `bearer ${owner.token}` })).toMatchObject({ id: owner.id, scopes: null });
  expect(await house.people.authenticate({ cookie: `a=b; rapport=${owner.token}` })).toMatchObject({ id: owner.id });
});

test('who asks in the same moment as others is nobody but who they are; whoever was signed out before is nobody', async () => {
  const house = await peopleHouse();
  const [here, there] = [await house.workspace(), await house.workspace('Red Lamp')];
  const asking = [here.owner, there.owner, here.owner, { id: null, token: 'x'.repeat(43) }, there.owner];
  const asked = () => Promise.all(asking.map(({ token }) => house.people.authenticate({ authorization: `Bearer ${token}` })));

  expect((await asked()).map((actor) => actor?.id ?? null)).toEqual(asking.map(({ id }) => id));
  await house.request('DELETE', '/session', undefined, { token: there.owner.token });
  expect((await asked()).map((actor) => actor?.id ?? null)).toEqual([here.owner.id, null, here.owner.id, null, null]);
  expect((await asked())[0]).toMatchObject({ workspaceId: here.workspaceId });
});

test('what is not an address and a password is refused before anybody is looked up', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const bodies = [
    {}, { email: owner.email }, { email: owner.email, password: '' }, { email: owner.email, password: [PASSWORD] },
    { email: [owner.email], password: PASSWORD }, { email: { $ne: '' }, password: PASSWORD }, { email: owner.email, password: null },
    { email: owner.email, password: PASSWORD, role: 'owner' }, { email: `${owner.email}\0`, password: PASSWORD }, [],
  ];
  for (const body of bodies) {
    expect(await house.request('POST', '/session', body), JSON.stringify(body)).toMatchObject({ status: 400, cookies: [] });
  }
});

test('a wrong password, an unknown address and a deactivated person get the same answer', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const left = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const invited = await house.request('POST', '/people', { email: 'new@desk.test', name: 'New', role: 'agent' }, { token: owner.token });
  expect(invited.status).toBe(201);
  await house.request('PUT', `/people/${left.id}/deactivation`, undefined, { token: owner.token });

  const answers = [
    await house.signIn(owner.email, 'wrong password'), await house.signIn('nobody@desk.test'),
    await house.signIn(left.email), await house.signIn('new@desk.test'),
  ];
  for (const { status, body, cookies } of answers) {
    expect({ status, body: { ...(body as object), instance: '' }, cookies }).toEqual({
      status: 401, cookies: [],
      body: { type: 'about:blank', title: 'Sign in first', status: 401, code: 'session.wrong_credentials', detail: 'The address or the password is wrong.', instance: '' },
    });
  }
});

test('an address that nobody has costs the same work as a wrong password: one look at a hash of the same cost', async () => {
  const looks: string[] = [];
  const passwords = createPasswords({ verifyBy: async (passwordHash, password) => {
    looks.push(passwordHash.slice(0, passwordHash.indexOf('$', '$argon2id$v=19$'.length)));
    return verify(passwordHash, password);
  } });
  const house = await peopleHouse({ passwords });
  const { owner } = await house.workspace();
  await house.signIn(owner.email, 'wrong password');
  const known = looks.splice(0);
  await house.signIn('nobody@desk.test', 'wrong password');
  expect(known).toEqual([expect.stringMatching(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+$/)]);
  expect(looks).toEqual(known);
});

test('every sign-in makes a new session and ends the one that the browser had', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const first = await house.signIn(owner.email);
  const [before = ''] = first.cookies;
  const second = await house.signIn(owner.email, PASSWORD, { cookie: before });
  const [after = ''] = second.cookies;

  expect(after).not.toBe(before);
  expect(await house.request('GET', '/me', undefined, { cookie: before })).toMatchObject({ status: 401 });
  expect(await house.request('GET', '/me', undefined, { cookie: after })).toMatchObject({ status: 200 });

  const planted = `rapport=${'A'.repeat(43)}`;
  const third = await house.signIn(owner.email, PASSWORD, { cookie: planted });
  expect(third.cookies[0]).not.toBe(planted);
  expect(await house.request('GET', '/me', undefined, { cookie: planted })).toMatchObject({ status: 401 });
});

test('a session ends when it was not used, or is too old', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const age = (idle: string, created: string) => sql`
    update sessions set last_seen_at = now() - ${idle}::interval, created_at = now() - ${created}::interval,
      expires_at = least(now() - ${idle}::interval + interval '7 days', now() - ${created}::interval + interval '30 days')`.execute(house.db.owner);
  const asked = () => house.request('GET', '/me', undefined, { token: owner.token });

  await age('6 days', '6 days');
  expect(await asked()).toMatchObject({ status: 200 });
  const { expiresAt } = await house.db.owner.selectFrom('sessions').select(sql<boolean>`expires_at > now() + interval '6 days'`.as('expiresAt')).executeTakeFirstOrThrow();
  expect(expiresAt).toBe(true);

  await age('1 hour', '29 days 23 hours');
  expect(await asked()).toMatchObject({ status: 200 });
  const { bounded } = await house.db.owner.selectFrom('sessions').select(sql<boolean>`expires_at < now() + interval '2 hours'`.as('bounded')).executeTakeFirstOrThrow();
  expect(bounded).toBe(true);

  await age('8 days', '8 days');
  expect(await asked()).toMatchObject({ status: 401 });
  await age('1 minute', '31 days');
  expect(await asked()).toMatchObject({ status: 401 });
});

test('guesses at an account are limited, whoever makes them, and a restart does not forget', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const guess = (email: string, n: number) => house.signIn(email, `guess number ${n}`, {
    address: `198.51.100.${n}`, headers: { 'x-forwarded-for': `203.0.113.${n}`, forwarded: `for=203.0.113.${n}` },
  });
  for (const email of [owner.email, 'nobody@desk.test']) {
    const statuses = await Promise.all(Array.from({ length: 12 }, async (_, n) => (await guess(email, n)).status));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([...Array<number>(10).fill(401), 429, 429]);
  }

  const restarted = await house.start();
  const late = await house.signIn(owner.email, PASSWORD, { address: '198.51.100.99' }, restarted);
  expect(late).toMatchObject({ status: 429, body: { code: 'session.too_many_attempts' }, cookies: [] });
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  expect(Number(late.headers['retry-after'])).toBeLessThanOrEqual(900);
  const { rows } = await sql<{ key: string }>`select key from rate_windows`.execute(house.db.owner);
  for (const { key } of rows) expect(key, 'says nothing about whom it counts').toMatch(/^[A-Za-z0-9_-]{43}$/);
});

test('one network cannot try one password on everybody, and right passwords do not count', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  for (let n = 0; n < 12; n += 1) {
    expect((await house.signIn(owner.email, PASSWORD, { address: '2001:db8:1:2::99' })).status).toBe(201);
  }
  for (let n = 0; n < 50; n += 1) {
    expect((await house.signIn(`person-${n}@desk.test`, 'Summer2027!', { address: `2001:db8:1:2::${n + 1}` })).status).toBe(401);
  }
  expect((await house.signIn('person-51@desk.test', 'Summer2027!', { address: '2001:db8:1:2:ffff::1' })).status).toBe(429);
  expect((await house.signIn(owner.email, PASSWORD, { address: '2001:db8:1:3::1' })).status).toBe(201);
});

test('a person gets in from a known device while somebody guesses', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const colleague = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const device = (await house.signIn(owner.email)).cookies.find((cookie) => cookie.startsWith('rapport-device=')) ?? '';
  for (let n = 0; n < 10; n += 1) await house.signIn(owner.email, `guess number ${n}`);

  expect((await house.signIn(owner.email)).status).toBe(429);
  expect((await house.signIn(owner.email, PASSWORD, { cookie: device })).status).toBe(201);

  const own = (await house.signIn(colleague.email)).cookies.find((cookie) => cookie.startsWith('rapport-device=')) ?? '';
  expect((await house.signIn(owner.email, PASSWORD, { cookie: own })).status, 'the device of somebody else').toBe(429);
  expect((await house.signIn(owner.email, PASSWORD, { cookie: `${device}x` })).status, 'a forged device').toBe(429);

  for (let n = 0; n < 10; n += 1) await house.signIn(owner.email, `guess number ${n}`, { cookie: device });
  expect((await house.signIn(owner.email, PASSWORD, { cookie: device })).status, 'a device that guesses itself').toBe(429);
});

test('over https the cookies are bound to the host', async () => {
  const house = await peopleHouse({ publicUrl: 'https://desk.test' });
  const { owner } = await house.workspace();
  const { headers, cookies } = await house.signIn(owner.email);
  expect(headers['set-cookie']?.[0]).toMatch(/^__Host-rapport=[^;]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/);
  expect(await house.request('GET', '/me', undefined, { cookie: cookies[0] })).toMatchObject({ status: 200 });
  expect(await house.request('GET', '/me', undefined, { cookie: cookies[0]?.replace('__Host-', '') })).toMatchObject({ status: 401 });
});

test('a device can be signed out from another one, and only by its owner', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const other = await house.person(workspaceId, 'admin');
  const phone = (await house.signIn(owner.email, PASSWORD, { headers: { 'user-agent': 'Phone' } })).body as { token: string };

  const list = await house.request('GET', '/sessions?limit=1', undefined, { token: owner.token });
  expect(list).toMatchObject({ status: 200, body: { items: [{ userAgent: 'Phone', current: false }] } });
  const { items, nextCursor } = list.body as { items: { id: string }[]; nextCursor: string };
  expect(await house.request('GET', `/sessions?limit=1&cursor=${nextCursor}`, undefined, { token: owner.token })).toMatchObject({
    body: { items: [{ current: true }], nextCursor: null },
  });

  const path = `/sessions/${items[0]?.id ?? ''}`;
  expect(await house.request('DELETE', path, undefined, { token: other.token })).toMatchObject({ status: 404, body: { code: 'session.not_found' } });
  expect(await house.request('DELETE', path, undefined, { token: owner.token })).toMatchObject({ status: 204 });
  expect(await house.request('GET', '/me', undefined, { token: phone.token })).toMatchObject({ status: 401 });
  expect(await house.events('session.revoked')).toEqual([{ subjectId: items[0]?.id, data: { personId: owner.id } }]);
});
