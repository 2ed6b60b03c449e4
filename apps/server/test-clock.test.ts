import { expect, test } from 'vitest';
import { createTestClock } from '../../platform/clock/clock.ts';
import { oneAppForAll, testApp } from '../../testing/test-app.ts';

oneAppForAll();

const NIGHT = '2031-05-01T02:00:00.000Z';

test('whoever is in charge sets the clock of business rules, which then stands; sessions and limits keep the machine\'s time', async () => {
  const app = await testApp({ clock: createTestClock() });
  const agent = await app.person('agent', { of: app.owner });
  expect((await app.owner.request('GET', '/test/clock')).body).toMatchObject({ stopped: false });

  const set = await app.owner.request('POST', '/test/clock', { now: '2031-05-01T04:00:00+02:00' });
  expect([set.status, set.body]).toEqual([200, { now: NIGHT, stopped: true }]);
  const made = await agent.request('POST', '/tickets', { subject: 'Late', customer: { email: 'ana@example.org' }, text: 'x', direction: 'in' });
  expect([made.status, made.body.createdAt]).toEqual([201, NIGHT]);

  expect((await agent.request('POST', '/test/clock', { now: NIGHT })).status).toBe(403);
  expect((await app.request('GET', '/test/clock')).status).toBe(401);
  expect((await app.owner.request('POST', '/test/clock', { now: 'tomorrow' })).status).toBe(400);
});

test('what a set clock makes due is looked for at once', async () => {
  const app = await testApp({ clock: createTestClock() });
  const { owner } = app;
  expect((await owner.request('POST', '/test/clock', { now: NIGHT })).status).toBe(200);
  await owner.request('POST', '/sla-policies', { name: 'Soon', targets: [{ metric: 'first_reply', seconds: 3_600, time: 'calendar' }] });
  await owner.request('POST', '/tickets', { subject: 'Late', channel: 'letter', customer: { email: 'ana@example.org' }, text: 'x', direction: 'in' });
  app.due.start();
  const broken = () => app.db.owner.selectFrom('events').select('data').where('type', '=', 'sla.breached').execute();
  expect((await owner.request('POST', '/test/clock', { now: '2031-05-01T03:00:00.001Z' })).status).toBe(200);
  await expect.poll(broken, { interval: 20 }).toMatchObject([{ data: { late: false, dueAt: '2031-05-01T03:00:00.000Z' } }]);
  await app.due.stop();
});

test('without the setting there is no such clock, not even for the owner', async () => {
  const app = await testApp();
  for (const method of ['GET', 'POST'] as const) {
    const answer = await app.owner.request(method, '/test/clock', method === 'POST' ? { now: NIGHT } : undefined);
    expect([answer.status, answer.body.code]).toEqual([404, 'route.not_found']);
  }
});
