import { expect, test } from 'vitest';
import { sql } from 'kysely';
import { testApp } from '../../../testing/test-app.ts';

async function desk() {
  const app = await testApp();
  const [agent, colleague] = [await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('colleague', { of: app.owner, name: 'Boris' })];
  let caller = 0;
  const ticket = async (subject: string, direction: 'in' | 'out' = 'in') => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction, customer: { name: subject, email: `maria${caller++}@example.org` }, text: `words of ${subject}` })).body;
  const subjects = async (query: string, who = app.owner) => (await who.request('GET', `/tickets?${query}`)).body.items.map(({ subject }: { subject: string }) => subject);
  const followers = async (id: string) => (await app.owner.request('GET', `/tickets/${id}/followers`)).body.items.map(({ name }: { name: string }) => name);
  return { ...app, agent, colleague, ticket, subjects, followers };
}

test('colleagues follow for themselves, who works on tickets adds others, and both find it in their list and numbers', async () => {
  const app = await desk();
  const [a, b] = [await app.ticket('A'), await app.ticket('B')];
  expect((await app.colleague.request('PUT', `/tickets/${a.id}/followers/me`)).status).toBe(204);
  expect((await app.colleague.request('PUT', `/tickets/${a.id}/followers/me`)).status).toBe(204);
  expect((await app.colleague.request('PUT', `/tickets/${a.id}/followers/${app.agent.id}`)).status).toBe(403);
  expect((await app.agent.request('PUT', `/tickets/${b.id}/followers/${app.colleague.id}`)).status).toBe(204);
  expect(await app.followers(a.id)).toEqual(['Boris']);
  expect((await app.agent.request('GET', `/tickets/${b.id}`)).body.followerIds).toEqual([app.colleague.id]);
  expect(await app.subjects('followed=me&sort=created', app.colleague)).toEqual(['B', 'A']);
  expect(await app.subjects('followed=me', app.agent)).toEqual([]);
  expect((await app.colleague.request('GET', '/tickets/counts')).body.followed).toEqual({ count: 2, more: false });
  expect((await app.colleague.request('DELETE', `/tickets/${b.id}/followers/me`)).status).toBe(204);
  expect(await app.subjects('followed=me', app.colleague)).toEqual(['A']);

  const elsewhere = await app.otherWorkspace();
  expect((await elsewhere.request('PUT', `/tickets/${a.id}/followers/me`)).status).toBe(404);
  expect((await elsewhere.request('GET', `/tickets/${a.id}/followers`)).status).toBe(404);
  expect((await app.owner.request('PUT', `/tickets/${a.id}/followers/${elsewhere.id}`)).status).toBe(404);
});

test('a saved view asks who follows, oneself included, and the list of whom we keep waiting knows those who wait', async () => {
  const app = await desk();
  const [a, b] = [await app.ticket('A'), await app.ticket('B', 'out')];
  await app.owner.request('PUT', `/tickets/${b.id}/followers/me`);
  const view = async (conditions: object, who = app.owner) => {
    const { status, body } = await who.request('POST', '/views', { name: 'V', sharedWith: 'me', conditions: { version: 1, ...conditions } });
    expect(status).toBe(201);
    return app.subjects(`view=${body.id}`, who);
  };
  expect(await view({ all: [{ field: 'followers', operator: 'has_any', value: ['me'] }] })).toEqual(['B']);
  expect(await view({ all: [{ field: 'followers', operator: 'has_none', value: ['me'] }] })).toEqual(['A']);
  expect(await view({ all: [{ field: 'followers', operator: 'has_any', value: ['me'] }] }, app.agent)).toEqual([]);
  expect(await view({ all: [{ field: 'followers', operator: 'has_all', value: [app.owner.id] }] }, app.agent)).toEqual(['B']);
  expect(await view({ all: [{ field: 'followers', operator: 'empty' }] })).toEqual(['A']);

  await app.db.work(app.owner.workspaceId, async (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: a.id, customerId: a.customer.id, mailboxId: null, teamId: null, channel: 'email', subject: '', text: 'Hello?', quoted: '', html: null, author: { name: 'Maria', address: 'maria0@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
  }));
  expect(await app.subjects('waiting=us&status=awake')).toEqual(['A']);
  expect((await app.owner.request('GET', '/tickets/counts')).body.waiting).toEqual({ count: 1, more: false });
});

test('who follows what is merged away follows where it goes on, until that is undone', async () => {
  const app = await desk();
  const [a, b] = [await app.ticket('A'), await app.ticket('B')];
  await app.agent.request('PUT', `/tickets/${a.id}/followers/me`);
  await app.colleague.request('PUT', `/tickets/${a.id}/followers/me`);
  await app.colleague.request('PUT', `/tickets/${b.id}/followers/me`);
  const { body } = await app.owner.request('POST', `/tickets/${a.id}/merges`, { into: b.id });
  expect(await app.followers(b.id)).toEqual(['Ana', 'Boris']);
  await app.owner.request('DELETE', `/merges/${body.id}`);
  expect(await app.followers(b.id)).toEqual(['Boris']);
  expect(await app.followers(a.id)).toEqual(['Ana', 'Boris']);
});

test('a ticket has room for so many followers and no more', async () => {
  const app = await desk();
  const ticket = await app.ticket('A');
  await app.db.work(app.owner.workspaceId, async (tx) => {
    await sql`insert into people (workspace_id, id, email, email_key, name, role, joined_at, created_at) select workspace_id, gen_random_uuid(), 'many' || n || '@desk.test', 'many' || n || '@desk.test', 'Many', 'agent', now(), now() from people, generate_series(1, 50) as n where id = ${app.owner.id}`.execute(tx);
    await sql`insert into ticket_followers (workspace_id, ticket_id, person_id, followed_at) select workspace_id, ${ticket.id}, id, now() from people where name = 'Many'`.execute(tx);
  });
  expect((await app.owner.request('PUT', `/tickets/${ticket.id}/followers/me`)).body.code).toBe('followers.too_many');
});
