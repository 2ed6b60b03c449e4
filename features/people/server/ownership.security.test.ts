import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  const { body } = await app.owner.request('POST', '/tokens', { name: 'program', scopes: ['read', 'write', 'admin'] });
  const program = (...[method, path, body_]: Parameters<Member['request']>) => app.request(method, path, body_, { authorization: `Bearer ${body.token}` });
  const lead = await app.person('lead', { of: app.owner });
  const roles = async () => (await app.owner.request('GET', '/people')).body.items.filter(({ role }: { role: string }) => role === 'owner').length;
  return { ...app, program, lead, roles };
}

test('a token makes nobody an owner, neither invited nor promoted', async () => {
  const d = await desk();
  const owner = { email: 'new@desk.test', name: 'New', role: 'owner' };
  expect((await d.program('POST', '/people', owner)).body).toMatchObject({ code: 'session.needed' });
  expect((await d.program('PATCH', `/people/${d.lead.id}`, { role: 'owner' })).body).toMatchObject({ code: 'session.needed' });
  expect((await d.program('POST', '/people', { ...owner, role: 'admin' })).status, 'other roles').toBe(201);
  // The link of an invitation is shown: asking for it again is inviting.
  const invited = (await d.owner.request('POST', '/people', { ...owner, email: 'invited@desk.test' })).body;
  expect((await d.program('POST', `/people/${invited.id}/invitations`)).body).toMatchObject({ code: 'session.needed' });
  expect(await d.roles()).toBe(2);
});

test('a session that was left open makes nobody an owner either', async () => {
  const d = await desk();
  await sql`update sessions set proved_at = proved_at - interval '1 hour'`.execute(d.db.owner);
  expect((await d.owner.request('PATCH', `/people/${d.lead.id}`, { role: 'owner' })).body).toMatchObject({ code: 'session.step_up_needed' });
  expect((await d.owner.request('POST', '/people', { email: 'new@desk.test', name: 'New', role: 'owner' })).body).toMatchObject({ code: 'session.step_up_needed' });
  expect((await d.owner.request('PATCH', `/people/${d.lead.id}`, { role: 'agent' })).status, 'other roles').toBe(200);
  expect(await d.roles()).toBe(1);
});
