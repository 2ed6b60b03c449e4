import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const targets = [{ metric: 'first_reply', seconds: 3_600, time: 'calendar' }];
const namesOf = (items: { name: string }[]) => items.map(({ name }) => name);

test('the owner\'s own are tried first, in their order; the ready-made stand behind and can be changed, switched off and removed', async () => {
  const { owner } = await testApp();
  for (const name of ['One', 'Two', 'Three']) expect(await owner.request('POST', '/sla-policies', { name, targets })).toMatchObject({ status: 201, body: { name, targets, conditions: null, calendarId: null, readyMade: null, enabled: true, version: 1 } });
  const list = async () => (await owner.request('GET', '/sla-policies')).body.items as { id: string; name: string; place: number; readyMade: string | null }[];
  const [one, two, three, mail, letter] = await list();
  expect([mail?.readyMade, letter?.readyMade, (await list()).map(({ place }) => place)]).toEqual(['mail_24h', 'letter_received', [1, 2, 3, 4, 5]]);

  expect(namesOf((await owner.request('PUT', '/sla-policies/order', { ids: [three!.id, one!.id, two!.id] })).body.items).slice(0, 3)).toEqual(['Three', 'One', 'Two']);
  expect(await owner.request('PUT', '/sla-policies/order', { ids: [three!.id, one!.id] })).toMatchObject({ status: 400, body: { code: 'sla_policy.order_incomplete' } });
  expect((await owner.request('PATCH', `/sla-policies/${mail!.id}`, { enabled: false, version: 1 })).body).toMatchObject({ enabled: false, version: 2 });
  expect(await owner.request('PATCH', `/sla-policies/${mail!.id}`, { name: 'Mine', version: 1 })).toMatchObject({ status: 409, body: { code: 'sla_policy.changed_meanwhile', version: 2 } });
  expect((await owner.request('DELETE', `/sla-policies/${letter!.id}`)).status).toBe(204);
  expect((await owner.request('GET', `/sla-policies/${letter!.id}`)).status).toBe(404);
  const { body: first } = await owner.request('GET', '/sla-policies?limit=3');
  const { body: rest } = await owner.request('GET', `/sla-policies?limit=3&cursor=${first.nextCursor}`);
  expect([namesOf(first.items), rest.items.length, rest.nextCursor]).toEqual([['Three', 'One', 'Two'], 1, null]);
});

test('all staff read policies, owners and administrators make them, and nobody sees those of another workspace', async () => {
  const app = await testApp();
  const { body: policy } = await app.owner.request('POST', '/sla-policies', { name: 'Own', targets });
  for (const [role, may] of [['admin', true], ['lead', false], ['agent', false]] as const) {
    const person = await app.person(role, { of: app.owner });
    expect((await person.request('GET', `/sla-policies/${policy.id}`)).status).toBe(200);
    expect((await person.request('POST', '/sla-policies', { name: role, targets })).status).toBe(may ? 201 : 403);
    expect((await person.request('PATCH', `/sla-policies/${policy.id}`, { name: `By ${role}` })).status).toBe(may ? 200 : 403);
  }
  const stranger = await app.otherWorkspace();
  expect((await stranger.request('GET', `/sla-policies/${policy.id}`)).status).toBe(404);
  expect((await stranger.request('DELETE', `/sla-policies/${policy.id}`)).status).toBe(404);
  expect((await stranger.request('GET', `/tickets/${policy.id}/clocks`)).status).toBe(404);
  expect((await stranger.request('GET', `/sla/urgent?tickets=${policy.id}`)).body).toEqual({ items: [] });
});

test('a calendar by which something is promised cannot be removed', async () => {
  const { owner } = await testApp();
  await owner.request('POST', '/calendars', { name: 'First', timeZone: 'Europe/Sofia', week: {} });
  const { body: calendar } = await owner.request('POST', '/calendars', { name: 'Office', timeZone: 'Europe/Sofia', week: {} });
  await owner.request('POST', '/sla-policies', { name: 'Own', calendarId: calendar.id, targets });
  expect(await owner.request('DELETE', `/calendars/${calendar.id}`)).toMatchObject({ status: 409, body: { code: 'calendar.in_use' } });
});

test.each([
  ['no target', { targets: [] }], ['a metric twice', { targets: [...targets, ...targets] }], ['ten seconds', { targets: [{ ...targets[0], seconds: 10 }] }],
  ['an unknown metric', { targets: [{ ...targets[0], metric: 'mood' }] }], ['an unknown field', { conditions: { all: [{ field: 'mood', operator: 'is', value: 'bad' }] } }],
  ['what changed', { conditions: { all: [{ field: 'status', operator: 'changed' }] } }], ['a person who is not there', { actions: [{ do: 'reassign', at: 50, assigneeId: crypto.randomUUID() }] }],
  ['a threshold between', { actions: [{ do: 'escalate', at: 60 }] }],
])('%s is refused', async (_what, wrong) => {
  const { owner } = await testApp();
  expect((await owner.request('POST', '/sla-policies', { name: 'Own', targets, ...wrong })).status).toBe(400);
});

test('hours that never come hold up nobody: there is no deadline until they do', async () => {
  const app = await testApp();
  const { owner } = app;
  const { body: calendar } = await owner.request('POST', '/calendars', { name: 'Nobody works', timeZone: 'Europe/Sofia', week: {} });
  const promised = ['first_reply', 'requester_wait', 'resolution'].map((metric) => ({ metric, seconds: 3_600, time: 'working' }));
  expect((await owner.request('POST', '/sla-policies', { name: 'Never', calendarId: calendar.id, targets: promised })).status).toBe(201);
  const made = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'letter', direction: 'in', customer: { email: 'ana@example.org' }, text: 'cracked' });
  expect(made.status).toBe(201);
  const clocks = async () => (await owner.request('GET', `/tickets/${made.body.id}/clocks`)).body.items as { state: string; dueAt: string | null; explanation: object[] }[];
  expect((await clocks()).map(({ state, dueAt, explanation }) => [state, dueAt, explanation])).toEqual(promised.map(() => ['running', null, []]));
  app.pass(60 * 24 * 30);
  await app.due.round();
  expect((await clocks()).every(({ state }) => state === 'running')).toBe(true);
  expect((await owner.request('PATCH', `/calendars/${calendar.id}`, { week: { mon: [{ from: '00:00', to: '24:00' }] } })).status).toBe(200);
  await app.due.round();
  // Four Mondays went by meanwhile.
  expect((await clocks()).map(({ state, dueAt }) => [state, dueAt])).toEqual(promised.map(() => ['breached', '2026-03-02T10:00:00.000Z']));
});

test('no conditions are every ticket, left out, null or empty', async () => {
  const { owner } = await testApp();
  const made = [undefined, null, {}].map((conditions, i) => owner.request('POST', '/sla-policies', { name: `Policy ${i}`, ...(conditions !== undefined && { conditions }), targets: [{ metric: 'first_reply', seconds: 60, time: 'calendar' }] }));
  expect((await Promise.all(made)).map(({ status, body }) => [status, body.conditions])).toEqual([[201, null], [201, null], [201, null]]);
});
