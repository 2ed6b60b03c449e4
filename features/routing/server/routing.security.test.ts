import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

test('nothing of another workspace can be read, taken or changed by its id', async () => {
  const app = await testApp();
  const { owner } = app;
  const queue = (await owner.request('POST', '/queues', { name: 'Ours', mode: 'push' })).body.id;
  const skill = (await owner.request('POST', '/skills', { name: 'Ours' })).body.id;
  const ticket = (await owner.request('POST', '/tickets', { subject: 'Ours', channel: 'letter', direction: 'in', assigneeId: null, text: 'x', customer: { email: 'a@example.org' } })).body.id;
  await owner.request('PUT', '/me/presence', { state: 'online' });
  const absence = (await owner.request('POST', '/absences', { from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z' })).body.id;
  await app.due.round();
  const [offer] = (await owner.request('GET', '/me/offers')).body.items;
  const stranger = await app.otherWorkspace();
  for (const [method, path, body] of [
    ['GET', `/queues/${queue}`], ['PATCH', `/queues/${queue}`, { name: 'Theirs' }], ['DELETE', `/queues/${queue}`], ['POST', `/queues/${queue}/next`], ['GET', `/queues/${queue}/tickets`],
    ['GET', `/queues/${queue}/expected-wait`], ['PATCH', `/skills/${skill}`, { name: 'Theirs' }], ['DELETE', `/skills/${skill}`], ['POST', `/offers/${offer.id}/acceptance`],
    ['POST', `/offers/${offer.id}/refusal`, {}], ['GET', `/tickets/${ticket}/routing`], ['PUT', `/people/${owner.id}/presence`, { state: 'away' }], ['PUT', `/people/${owner.id}/routing`, { skills: [] }], ['PUT', `/people/${stranger.id}/routing`, { skills: [{ id: skill, level: 1 }] }], ['GET', `/queues/${queue}/staffing`],
    ['DELETE', `/absences/${absence}`], ['POST', '/queues', { name: 'Theirs', skills: [{ id: skill, need: 'required' }] }], ['POST', '/absences', { personId: owner.id, from: '2026-04-01T00:00:00Z', to: '2026-04-02T00:00:00Z' }],
  ] as const) {
    expect((await stranger.request(method, path, body)).status, `${method} ${path}`).toBe(404);
  }
  expect((await owner.request('GET', `/queues/${queue}`)).body.name).toBe('Ours');
});

test('agents take and answer, leads share out, owners and administrators configure, colleagues read', async () => {
  const app = await testApp();
  const { owner } = app;
  const queue = (await owner.request('POST', '/queues', { name: 'All' })).body.id;
  for (const [role, works, shares, manages] of [['admin', true, true, true], ['lead', true, true, false], ['agent', true, false, false], ['colleague', false, false, false]] as const) {
    const person = await app.person(role, { of: owner });
    const target = await app.person('agent', { of: owner });
    expect((await person.request('GET', '/queues')).status).toBe(200);
    expect((await person.request('PUT', '/me/presence', { state: 'online' })).status).toBe(works ? 200 : 403);
    expect((await person.request('POST', `/queues/${queue}/next`)).status).toBe(works ? 404 : 403);
    expect((await person.request('PUT', `/people/${target.id}/presence`, { state: 'away' })).status).toBe(shares ? 200 : 403);
    expect((await person.request('PUT', `/people/${target.id}/routing`, { skills: [] })).status).toBe(shares ? 200 : 403);
    expect((await person.request('POST', '/queues', { name: role })).status).toBe(manages ? 201 : 403);
    expect((await person.request('PATCH', '/routing-settings', { wrapUpSeconds: 10 })).status).toBe(manages ? 200 : 403);
  }
});

test('nobody floods colleagues with changes of their state', async () => {
  const app = await testApp();
  const { owner } = app;
  const put = async () => (await owner.request('PUT', '/me/presence', { state: 'online' })).status;
  for (let i = 0; i < 30; i += 1) expect(await put()).toBe(200);
  const refused = await owner.request('PUT', '/me/presence', { state: 'away' });
  expect([refused.status, refused.body.code, Number(refused.headers['retry-after']) > 0]).toEqual([429, 'presence.too_often', true]);
  expect((await owner.request('PUT', `/people/${owner.id}/presence`, { state: 'away' })).status).toBe(429);
  // Hands on the keyboard are written down every few seconds at most.
  const acted = async () => (await app.db.owner.selectFrom('presences').select('acted_at as at').executeTakeFirstOrThrow()).at.getTime();
  app.passMachine(60);
  await owner.request('POST', '/me/presence/activity');
  const first = await acted();
  await owner.request('POST', '/me/presence/activity');
  expect(await acted()).toBe(first);
});
