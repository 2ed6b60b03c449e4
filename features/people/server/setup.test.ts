import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { PASSWORD, peopleHouse } from '../../../testing/people-house.ts';

const form = { workspaceName: 'Blue Lamp', name: 'Olga', email: 'olga@desk.test', password: PASSWORD, language: 'bg' };
const tokenOf = (link: string | null): string => new URL(link ?? 'http://x/').searchParams.get('token') ?? '';

test('the set-up link makes the first workspace once, whoever comes first', async () => {
  const house = await peopleHouse();
  const tokens = [await house.workspaces.ensureSetupLink('http://desk.test'), await house.workspaces.ensureSetupLink('http://desk.test')].map(tokenOf);
  for (const token of tokens) {
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await house.request('POST', '/setup/check', { token })).toMatchObject({ status: 204 });
  }
  const { rows } = await sql<{ text: string }>`select setup_links::text as text from setup_links`.execute(house.db.owner);
  for (const { text } of rows) for (const token of tokens) expect(text).not.toContain(token);

  expect((await house.request('GET', '/setup')).body).toEqual({ needed: true });

  const answers = await Promise.all([...tokens, ...tokens].map((token) => house.request('POST', '/setup', { token, ...form })));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 404, 404, 404]);
  const done = answers.find(({ status }) => status === 201);
  expect(await house.request('GET', '/me', undefined, { cookie: done?.cookies[0] })).toMatchObject({
    body: { name: 'Olga', role: 'owner', language: 'bg', workspace: { name: 'Blue Lamp', language: 'bg', timeZone: 'UTC' } },
  });
  expect((await house.events('workspace.created')).length).toBe(1);
  expect((await house.request('GET', '/setup')).body).toEqual({ needed: false });

  for (const token of tokens) {
    expect(await house.request('POST', '/setup/check', { token })).toMatchObject({ status: 404, body: { code: 'setup.link_not_found' } });
  }
  expect(await house.workspaces.ensureSetupLink('http://desk.test')).toBeNull();
});

test('nothing but a good link sets up, and a refused attempt uses nothing up', async () => {
  const house = await peopleHouse();
  const token = tokenOf(await house.workspaces.ensureSetupLink('http://desk.test'));
  for (const wrong of ['', null, 0, [token], {}, 'x', token.toUpperCase()]) {
    expect([400, 404], JSON.stringify(wrong)).toContain((await house.request('POST', '/setup', { ...form, token: wrong })).status);
    expect([400, 404], JSON.stringify(wrong)).toContain((await house.request('POST', '/setup/check', { token: wrong })).status);
  }
  for (const wrong of [{ password: 'short' }, { password: 'aaaaaaaaaaaaaaaa' }, { email: 'x' }, { name: 'A\nB' }, { workspaceName: '' }, { role: 'owner' }]) {
    expect(await house.request('POST', '/setup', { token, ...form, ...wrong }), JSON.stringify(wrong)).toMatchObject({ status: 400 });
  }
  await sql`update setup_links set expires_at = now() - interval '1 second'`.execute(house.db.owner);
  expect(await house.request('POST', '/setup', { token, ...form })).toMatchObject({ status: 404 });
  expect(await house.workspaces.isEmpty()).toBe(true);
  const fresh = tokenOf(await house.workspaces.ensureSetupLink('http://desk.test'));
  expect(await house.request('POST', '/setup', { token: fresh, ...form })).toMatchObject({ status: 201 });
});

test('the first owner is made unattended, once, by as many processes as start', async () => {
  const house = await peopleHouse();
  const other = await house.start();
  const owner = { email: 'Boss@lamp.test', password: PASSWORD };
  const made = await Promise.all([house.people.ensureOwner(owner), other.people.ensureOwner(owner), house.people.ensureOwner(owner)]);
  expect(made.toSorted((a, b) => Number(a) - Number(b))).toEqual([false, false, true]);
  expect(await house.people.ensureOwner({ ...owner, password: 'another long sentence' })).toBe(false);

  const signedIn = await house.signIn('boss@lamp.test');
  expect(await house.request('GET', '/me', undefined, { cookie: signedIn.cookies[0] })).toMatchObject({
    status: 200, body: { role: 'owner', email: 'Boss@lamp.test', workspace: { name: 'lamp.test' } },
  });
  expect(await house.signIn('boss@lamp.test', 'another long sentence')).toMatchObject({ status: 401 });
  expect(await house.workspaces.ensureSetupLink('http://desk.test')).toBeNull();
});

test('the workspace is changed by those who manage it, and two of them do not see each other', async () => {
  const house = await peopleHouse();
  const { owner } = await house.workspace();
  const other = await house.workspace('Red Lamp');
  expect(await house.request('PATCH', '/workspace', { name: 'Green Lamp', timeZone: 'Europe/Sofia', language: 'bg' }, { token: owner.token })).toMatchObject({
    status: 200, body: { name: 'Green Lamp', timeZone: 'Europe/Sofia', language: 'bg' },
  });
  expect(await house.request('PATCH', '/workspace', { timeZone: 'Moon/Base' }, { token: owner.token })).toMatchObject({ status: 400, body: { code: 'workspace.unknown_time_zone' } });
  expect(await house.request('GET', '/workspace', undefined, { token: other.owner.token })).toMatchObject({ body: { name: 'Red Lamp', timeZone: 'UTC' } });
});
