import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Role } from '../../../kernel/actor.ts';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';

type House = Awaited<ReturnType<typeof peopleHouse>>;
const ask = (house: House, token: string) => async (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
  const answer = await house.request(method, path, body, { token });
  return [answer.status, (answer.body as { code?: string } | null)?.code ?? null] as const;
};

test('a deactivated person is out at once, on every path, and comes back without old keys', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent', { password: PASSWORD });
  const created = await house.request('POST', '/tokens', { name: 'till', scopes: ['read'] }, { token: agent.token });
  const { token } = created.body as { token: string };
  expect((await house.request('GET', '/people', undefined, { token })).status).toBe(200);

  expect(await house.request('PUT', `/people/${agent.id}/deactivation`, undefined, { token: owner.token })).toMatchObject({ status: 200, body: { state: 'deactivated' } });
  for (const secret of [agent.token, token]) expect((await house.request('GET', '/me', undefined, { token: secret })).status).toBe(401);
  expect((await house.signIn(agent.email)).status).toBe(401);
  expect(await house.events('person.deactivated')).toEqual([{ subjectId: agent.id, data: {} }]);

  expect(await house.request('DELETE', `/people/${agent.id}/deactivation`, undefined, { token: owner.token })).toMatchObject({ status: 200, body: { state: 'active' } });
  for (const secret of [agent.token, token]) expect((await house.request('GET', '/me', undefined, { token: secret })).status).toBe(401);
  expect((await house.signIn(agent.email)).status).toBe(201);
});

test('a workspace keeps an owner, even when two leave at the same moment', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const asOwner = ask(house, owner.token);
  await asOwner('POST', '/people', { email: 'invited@desk.test', name: 'Not here yet', role: 'owner' });
  expect(await asOwner('PATCH', `/people/${owner.id}`, { role: 'admin' })).toEqual([409, 'person.last_owner']);
  expect(await asOwner('PUT', `/people/${owner.id}/deactivation`)).toEqual([409, 'person.last_owner']);

  for (let round = 0; round < 5; round += 1) {
    const second = await house.person(workspaceId, 'owner');
    const answers = await Promise.all([
      asOwner('PATCH', `/people/${owner.id}`, { role: 'admin' }),
      ask(house, second.token)('PATCH', `/people/${second.id}`, { role: 'admin' }),
    ]);
    expect(answers.map(([status]) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await sql`update people set role = 'admin' where id = ${second.id}`.execute(house.db.owner);
    await sql`update people set role = 'owner' where id = ${owner.id}`.execute(house.db.owner);
  }
});

test('nobody rises above themself or reaches up', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const admin = await house.person(workspaceId, 'admin');
  const agent = await house.person(workspaceId, 'agent');
  const asAdmin = ask(house, admin.token);

  expect(await asAdmin('PATCH', `/people/${admin.id}`, { role: 'owner' })).toEqual([403, 'person.role_above_you']);
  expect(await asAdmin('PATCH', `/people/${agent.id}`, { role: 'owner' })).toEqual([403, 'person.role_above_you']);
  expect(await asAdmin('POST', '/people', { email: 'x@desk.test', name: 'X', role: 'owner' })).toEqual([403, 'person.role_above_you']);
  expect(await asAdmin('PATCH', `/people/${owner.id}`, { role: 'agent' })).toEqual([403, 'person.above_you']);
  expect(await asAdmin('PUT', `/people/${owner.id}/deactivation`)).toEqual([403, 'person.above_you']);
  expect(await asAdmin('PUT', `/people/${admin.id}/deactivation`)).toEqual([409, 'person.yourself']);
  expect(await asAdmin('PATCH', `/people/${agent.id}`, { role: 'admin' })).toEqual([200, null]);
  expect(await asAdmin('PATCH', '/me', { role: 'owner' })).toEqual([400, 'request.invalid']);

  for (const role of ['lead', 'agent', 'colleague'] as const) {
    const asThem = ask(house, (await house.person(workspaceId, role)).token);
    for (const [method, path, body] of [
      ['POST', '/people', { email: 'x@desk.test', name: 'X', role: 'colleague' }], ['PATCH', `/people/${agent.id}`, { name: 'Y' }],
      ['PUT', `/people/${agent.id}/deactivation`, undefined], ['POST', `/people/${agent.id}/invitations`, undefined],
      ['POST', '/teams', { name: 'T' }], ['PATCH', '/workspace', { name: 'Mine' }],
    ] as const) expect(await asThem(method, path, body), `${role} ${method} ${path}`).toEqual([403, 'permission.denied']);
  }
});

test('a role that was taken away is gone with the next request', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const admin = await house.person(workspaceId, 'admin');
  await house.request('PATCH', `/people/${admin.id}`, { role: 'colleague' }, { token: owner.token });
  expect(await ask(house, admin.token)('POST', '/teams', { name: 'T' })).toEqual([403, 'permission.denied']);
  expect(await house.events('person.changed')).toEqual([{ subjectId: admin.id, data: { role: ['admin', 'colleague'] } }]);
});

test('people, teams and links of another workspace look absent', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent');
  const { body } = await house.request('POST', '/teams', { name: 'Repairs', memberIds: [agent.id] }, { token: owner.token });
  const { id: team } = body as { id: string };
  const other = await house.workspace('Red Lamp');
  const asOther = ask(house, other.owner.token);
  const nobody = '01900000-0000-7000-8000-000000000000';

  for (const id of [agent.id, nobody]) {
    expect(await asOther('PATCH', `/people/${id}`, { name: 'Stolen' })).toEqual([404, 'person.not_found']);
    expect(await asOther('PUT', `/people/${id}/deactivation`)).toEqual([404, 'person.not_found']);
    expect(await asOther('POST', `/people/${id}/invitations`)).toEqual([404, 'person.not_found']);
    expect(await asOther('POST', '/teams', { name: `With ${id}`, memberIds: [id] })).toEqual([404, 'person.not_found']);
  }
  for (const id of [team, nobody]) {
    expect(await asOther('PATCH', `/teams/${id}`, { name: 'Stolen' })).toEqual([404, 'team.not_found']);
    expect(await asOther('DELETE', `/teams/${id}`)).toEqual([404, 'team.not_found']);
    expect(await asOther('PATCH', `/people/${other.owner.id}`, { teamIds: [id] })).toEqual([404, 'team.not_found']);
  }
  const list = await house.request('GET', '/people', undefined, { token: other.owner.token });
  expect((list.body as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([other.owner.id]);
  expect((await house.request('GET', '/teams', undefined, { token: other.owner.token })).body).toEqual({ items: [], nextCursor: null });
});

test('one address in two workspaces opens the one whose password it is', async () => {
  const house = await peopleHouse();
  const blue = await house.workspace();
  const red = await house.workspace('Red Lamp');
  const shared = 'both@desk.test';
  await house.person(blue.workspaceId, 'agent', { email: shared, password: PASSWORD });
  await house.person(red.workspaceId, 'lead', { email: shared, password: 'another long sentence' });
  const roleAfter = async (body: object) => {
    const { token } = (await house.request('POST', '/session', body)).body as { token: string };
    return ((await house.request('GET', '/me', undefined, { token })).body as { role: Role }).role;
  };
  expect(await roleAfter({ email: shared, password: PASSWORD })).toBe('agent');
  expect(await roleAfter({ email: shared, password: 'another long sentence' })).toBe('lead');
  expect(await house.request('POST', '/session', { email: shared, password: PASSWORD, workspaceId: red.workspaceId })).toMatchObject({ status: 401 });
});

test('an API token does what its scopes and its person’s role allow, until it ends', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const make = async (scopes: string[], token = owner.token) =>
    (await house.request('POST', '/tokens', { name: scopes.join(), scopes, expiresInDays: 30 }, { token, headers: { 'idempotency-key': scopes.join() } })).body as { id: string; token: string };
  const read = await make(['read']);
  const admin = await make(['read', 'admin']);
  expect(read.token).toMatch(/^rpt_[A-Za-z0-9_-]{43}$/);
  const { stored } = await house.db.owner.selectFrom('api_tokens').select(sql<string>`string_agg(api_tokens::text, '')`.as('stored')).executeTakeFirstOrThrow();
  expect(stored).not.toContain(read.token.slice(4));
  expect(await house.db.owner.selectFrom('idempotency_keys').select('key').execute()).toEqual([]);

  expect(await ask(house, read.token)('GET', '/people')).toEqual([200, null]);
  expect(await ask(house, read.token)('POST', '/teams', { name: 'T' })).toEqual([403, 'permission.denied']);
  expect(await ask(house, admin.token)('POST', '/teams', { name: 'T' })).toEqual([201, null]);
  const ofAgent = await make(['read', 'write', 'admin'], (await house.person(workspaceId, 'agent')).token);
  expect(await ask(house, ofAgent.token)('POST', '/teams', { name: 'U' })).toEqual([403, 'permission.denied']);
  expect(await house.people.authenticate({ cookie: `rapport=${admin.token}` }), 'tokens are not for cookies').toBeNull();

  for (const [method, path, body] of [
    ['POST', '/tokens', { name: 'more', scopes: ['admin'] }], ['DELETE', `/tokens/${read.id}`, undefined], ['PATCH', '/me', { name: 'X' }],
    ['PUT', '/me/password', { current: PASSWORD, next: 'another long sentence' }],
  ] as const) expect(await ask(house, admin.token)(method, path, body), path).toEqual([403, 'session.needed']);

  expect(await ask(house, owner.token)('DELETE', `/tokens/${read.id}`)).toEqual([204, null]);
  expect(await ask(house, owner.token)('DELETE', `/tokens/${ofAgent.id}`)).toEqual([404, 'token.not_found']);
  expect(await ask(house, read.token)('GET', '/people')).toEqual([401, 'session.missing']);
  const { items } = (await house.request('GET', '/tokens', undefined, { token: owner.token })).body as { items: { id: string; lastUsedAt: string | null }[] };
  expect(items).toMatchObject([{ id: admin.id, lastUsedAt: expect.any(String) }]);
  await sql`update api_tokens set expires_at = now() - interval '1 second'`.execute(house.db.owner);
  expect(await ask(house, admin.token)('GET', '/people')).toEqual([401, 'session.missing']);
});

test('lists have pages in the order of names, and cursors cannot be bent', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  for (const name of ['Ägidius', 'bartek', 'Ayşe', 'Ясен', '100% sure', 'bartek']) {
    await house.people.addPerson(workspaceId, { email: `${Buffer.from(`${name}${Math.random()}`).toString('hex')}@desk.test`, name, role: 'agent', password: null });
    await house.request('POST', '/teams', { name: `Team of ${name}` }, { token: owner.token });
  }
  for (const [path, count] of [['/people', 7], ['/teams', 5]] as const) {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const answer = await house.request('GET', `${path}?limit=2${cursor && `&cursor=${cursor}`}`, undefined, { token: owner.token });
      const page = answer.body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(count);
    expect(seen.length).toBe(count);
    for (const bent of ['x', Buffer.from('["a","b"]').toString('base64url'), Buffer.from('{}').toString('base64url')]) {
      expect(await ask(house, owner.token)('GET', `${path}?cursor=${bent}`)).toEqual([400, 'request.bad_cursor']);
    }
    for (const limit of ['0', '101', 'x', '-1']) expect((await ask(house, owner.token)('GET', `${path}?limit=${limit}`))[0]).toBe(400);
  }
  const found = await house.request('GET', '/people?q=100%25', undefined, { token: owner.token });
  expect(found.body).toMatchObject({ items: [{ name: '100% sure' }] });
  expect(await ask(house, owner.token)('POST', '/teams', { name: 'TEAM OF bartek' })).toEqual([409, 'team.name_taken']);
});

test('an archived team is gone from lists and from its members, and its name is free again', async () => {
  const house = await peopleHouse();
  const { workspaceId, owner } = await house.workspace();
  const agent = await house.person(workspaceId, 'agent');
  const { body } = await house.request('POST', '/teams', { name: 'Repairs', memberIds: [agent.id] }, { token: owner.token });
  const { id } = body as { id: string };
  expect((await house.people.authenticate({ authorization: `Bearer ${agent.token}` }))?.teamIds).toEqual([id]);
  expect(await ask(house, owner.token)('DELETE', `/teams/${id}`)).toEqual([204, null]);
  expect((await house.people.authenticate({ authorization: `Bearer ${agent.token}` }))?.teamIds).toEqual([]);
  expect(await ask(house, owner.token)('PATCH', `/teams/${id}`, { name: 'Again' })).toEqual([404, 'team.not_found']);
  expect(await ask(house, owner.token)('POST', '/teams', { name: 'repairs' })).toEqual([201, null]);
});
