import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

test('a list leaves the house only by the hand of somebody who has just proved who they are', async () => {
  const app = await testApp();
  const { body: program } = await app.owner.request('POST', '/tokens', { name: 'figures', scopes: ['read'] });
  expect((await app.owner.request('GET', '/tickets.csv')).status).toBe(200);

  await sql`update sessions set proved_at = proved_at - interval '10 minutes'`.execute(app.db.owner);
  expect(await app.owner.request('GET', '/tickets.csv')).toMatchObject({ status: 403, body: { code: 'session.step_up_needed' } });
  expect((await app.owner.request('GET', '/tickets')).status, 'everything else goes on').toBe(200);
  expect((await app.request('GET', '/tickets.csv', undefined, { authorization: `Bearer ${program.token}` })).status, 'a program').toBe(200);
});

test('the password of a mailbox is set, tried and removed by somebody who has just proved who they are', async () => {
  const app = await testApp();
  const path = `/mailboxes/${app.owner.id}/source`;
  expect((await app.owner.request('PUT', path, {})).status, 'the proof is fresh, the settings are not right').toBe(400);
  await sql`update sessions set proved_at = proved_at - interval '10 minutes'`.execute(app.db.owner);
  for (const [method, at, body] of [['PUT', path, {}], ['POST', `${path}/tests`, {}], ['DELETE', path, undefined]] as const) {
    expect(await app.owner.request(method, at, body), method).toMatchObject({ status: 403, body: { code: 'session.step_up_needed' } });
  }
});

test('a session that is no longer enough gets no pass for the socket', async () => {
  const app = await testApp();
  const agent = await app.person('agent', { of: app.owner });
  expect((await agent.request('POST', '/socket-tickets')).status).toBe(201);
  expect((await app.owner.request('PUT', '/workspace/two-step', { roles: ['agent'] })).status).toBe(204);
  expect((await agent.request('POST', '/socket-tickets')).status).toBe(401);
  expect((await app.owner.request('POST', '/socket-tickets')).status).toBe(201);
});
