import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const office = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '17:00' }];
const support = { name: 'Support', timeZone: 'Europe/Sofia', week: { mon: office, tue: office, wed: office, thu: office, fri: office }, holidays: [{ date: '2026-03-03', name: 'Liberation Day' }] };
const namesOf = (items: { name: string }[]) => items.map(({ name }) => name);

test('a deadline is explained by the intervals that were counted', async () => {
  const { owner } = await testApp();
  const made = await owner.request('POST', '/calendars', support);
  expect(made).toMatchObject({ status: 201, body: { ...support, closures: [], isDefault: true, version: 1 } });

  // Friday, 27 March, 16:00 in Sofia; two days later the clocks go forward.
  expect((await owner.request('POST', `/calendars/${made.body.id}/due`, { from: '2026-03-27T16:00:00+02:00', seconds: 3 * 3600 })).body).toEqual({
    due: '2026-03-30T08:00:00.000Z',
    explanation: [{ from: '2026-03-27T14:00:00.000Z', to: '2026-03-27T15:00:00.000Z' }, { from: '2026-03-30T06:00:00.000Z', to: '2026-03-30T08:00:00.000Z' }],
  });
  expect((await owner.request('POST', `/calendars/${made.body.id}/measurements`, { from: '2026-03-02T06:00:00Z', to: '2026-03-04T07:30:00Z' })).body).toMatchObject({ seconds: 7.5 * 3600 });
  expect((await owner.request('GET', `/calendars/${made.body.id}/opening`)).body).toEqual({ isOpen: true, opensAt: '2026-03-02T09:00:00.000Z' });
  expect((await owner.request('GET', `/calendars/${made.body.id}/opening?at=2026-03-02T18:00:00Z`)).body).toEqual({ isOpen: false, opensAt: '2026-03-04T07:00:00.000Z' });
});

test('there is one default, the first until another is made it, and it stays until then', async () => {
  ownApp();
  const app = await testApp();
  const { owner } = app;
  const [first, second] = [await owner.request('POST', '/calendars', support), await owner.request('POST', '/calendars', { ...support, name: 'Night' })];
  expect(await owner.request('DELETE', `/calendars/${first.body.id}`)).toMatchObject({ status: 409, body: { code: 'calendar.is_default' } });

  expect(await owner.request('PATCH', `/calendars/${second.body.id}`, { isDefault: true })).toMatchObject({ status: 200, body: { isDefault: true, week: support.week, version: 2 } });
  expect((await owner.request('GET', `/calendars/${first.body.id}`)).body.isDefault).toBe(false);
  expect((await owner.request('DELETE', `/calendars/${first.body.id}`)).status).toBe(204);
  expect((await owner.request('GET', `/calendars/${first.body.id}`)).status).toBe(404);
  const events = await app.db.owner.selectFrom('events').select('type').where('type', 'like', 'calendar.%').orderBy('seq').execute();
  expect(events.map(({ type }) => type)).toEqual(['calendar.created', 'calendar.created', 'calendar.changed', 'calendar.removed']);
});

test('two first calendars at the same moment leave one default', async () => {
  const { owner } = await testApp();
  const made = await Promise.all(['One', 'Two', 'Three'].map((name) => owner.request('POST', '/calendars', { ...support, name })));
  expect(made.map(({ status }) => status)).toEqual([201, 201, 201]);
  const { body } = await owner.request('GET', '/calendars');
  expect(body.items.filter(({ isDefault }: { isDefault: boolean }) => isDefault)).toHaveLength(1);
});

test('a calendar that something is counted by cannot be removed', async () => {
  const app = await testApp();
  const { owner } = app;
  await owner.request('POST', '/calendars', support);
  const { body: used } = await owner.request('POST', '/calendars', { ...support, name: 'Used' });
  await sql`create table promises (workspace_id uuid, calendar_id uuid, foreign key (workspace_id, calendar_id) references calendars (workspace_id, id))`.execute(app.db.owner);
  await sql`insert into promises values (${owner.workspaceId}, ${used.id})`.execute(app.db.owner);

  expect(await owner.request('DELETE', `/calendars/${used.id}`)).toMatchObject({ status: 409, body: { code: 'calendar.in_use' } });
  expect((await owner.request('GET', `/calendars/${used.id}`)).status).toBe(200);
});

test('names are unique whatever their capitals, pages are by name, and a retried request makes one calendar', async () => {
  const { owner } = await testApp();
  for (const name of ['beta', 'Alpha', 'gamma']) await owner.request('POST', '/calendars', { ...support, name });
  expect(await owner.request('POST', '/calendars', { ...support, name: 'BETA' })).toMatchObject({ status: 409, body: { code: 'calendar.name_taken' } });
  const again = () => owner.request('POST', '/calendars', { ...support, name: 'delta' }, { 'idempotency-key': 'the same' });
  expect((await again()).body.id).toBe((await again()).body.id);

  const { body: first } = await owner.request('GET', '/calendars?limit=3');
  const { body: rest } = await owner.request('GET', `/calendars?limit=3&cursor=${first.nextCursor}`);
  expect([namesOf(first.items), namesOf(rest.items), rest.nextCursor]).toEqual([['Alpha', 'beta', 'delta'], ['gamma'], null]);
});

test('whoever changes what somebody else changed meanwhile is told', async () => {
  const { owner } = await testApp();
  const { body: calendar } = await owner.request('POST', '/calendars', support);
  expect((await owner.request('PATCH', `/calendars/${calendar.id}`, { name: 'Mine', version: 1 })).status).toBe(200);
  expect(await owner.request('PATCH', `/calendars/${calendar.id}`, { name: 'Yours', version: 1 })).toMatchObject({ status: 409, body: { code: 'calendar.changed_meanwhile', version: 2 } });
});

test('all staff read calendars, owners and administrators change them', async () => {
  const app = await testApp();
  const { owner } = app;
  const { body: calendar } = await owner.request('POST', '/calendars', support);
  for (const [role, may] of [['admin', true], ['lead', false], ['agent', false], ['colleague', false]] as const) {
    const person = await app.person(role, { of: owner });
    expect((await person.request('GET', `/calendars/${calendar.id}`)).status).toBe(200);
    expect((await person.request('POST', `/calendars/${calendar.id}/due`, { from: '2026-03-02T09:00:00Z', seconds: 60 })).status).toBe(200);
    expect((await person.request('PATCH', `/calendars/${calendar.id}`, { name: `By ${role}` })).status).toBe(may ? 200 : 403);
    expect((await person.request('POST', '/calendars', { ...support, name: role })).status).toBe(may ? 201 : 403);
    expect((await person.request('DELETE', `/calendars/${calendar.id}`)).status).toBe(may ? 409 : 403);
  }
});

const WRONG: readonly [name: string, wrong: object][] = [
  ['an unknown zone', { timeZone: 'Europe/Atlantis' }], ['a bare distance', { timeZone: '+02:00' }],
  ['hours that overlap', { week: { mon: [{ from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' }] } }],
  ['hours over midnight that overlap', { week: { sun: [{ from: '22:00', to: '06:00' }], mon: [{ from: '05:00', to: '13:00' }] } }],
  ['hours of no length', { week: { mon: [{ from: '09:00', to: '09:00' }] } }], ['a beginning at 24:00', { week: { mon: [{ from: '24:00', to: '06:00' }] } }],
  ['a day that is none', { week: { someday: [] } }], ['30 February', { holidays: [{ date: '2026-02-30', name: 'x' }] }],
  ['a day twice', { holidays: [{ date: '2026-03-03', name: 'x' }, { date: '2026-03-03', name: 'y' }] }],
  ['a closure that ends first', { closures: [{ from: '2026-03-04T10:00', to: '2026-03-04T09:00' }] }], ['a closure on 31 June', { closures: [{ from: '2026-06-31T10:00', to: '2026-07-04T09:00' }] }],
  ['hours of its own and closing early', { holidays: [{ date: '2026-03-03', name: 'x', hours: [{ from: '09:00', to: '10:00' }], closedFrom: '12:00' }] }],
];

test('what is no calendar is refused', async () => {
  const { owner } = await testApp();
  for (const [name, wrong] of WRONG) {
    expect(await owner.request('POST', '/calendars', { ...support, ...wrong }), name).toMatchObject({ status: 400, body: { code: 'request.invalid' } });
  }
});

test('working time that never comes is refused in words', async () => {
  const { owner } = await testApp();
  const { body: calendar } = await owner.request('POST', '/calendars', { ...support, week: {} });
  expect(await owner.request('POST', `/calendars/${calendar.id}/due`, { from: '2026-03-02T09:00:00Z', seconds: 1 })).toMatchObject({ status: 400, body: { code: 'calendar.too_far' } });
  expect((await owner.request('GET', `/calendars/${calendar.id}/opening`)).body).toEqual({ isOpen: false, opensAt: null });

  const measure = (to: string) => owner.request('POST', `/calendars/${calendar.id}/measurements`, { from: '2026-03-02T09:00:00Z', to });
  expect((await measure('2046-03-02T09:00:00Z')).status).toBe(200);
  expect(await measure('2047-03-02T09:00:00Z')).toMatchObject({ status: 400, body: { code: 'calendar.too_long' } });
  const everyHour = Array.from({ length: 12 }, (_, i) => ({ from: `${String(i + 10)}:00`, to: `${String(i + 10)}:30` }));
  await owner.request('PATCH', `/calendars/${calendar.id}`, { week: { mon: everyHour, tue: everyHour, wed: everyHour, thu: everyHour, fri: everyHour } });
  expect(await measure('2046-03-02T09:00:00Z')).toMatchObject({ status: 400, body: { code: 'calendar.too_long' } });
});

test('rooms above get the time of a calendar, of the default, or of every hour while there is none', async () => {
  const app = await testApp();
  const { owner } = app;
  const [friday, monday] = [new Date('2026-03-06T12:00:00Z'), new Date('2026-03-09T12:00:00Z')];
  const seconds = (id: string | null) => app.db.work(owner.workspaceId, async (tx) => (await app.calendars.timeFor(tx, owner.workspaceId, id)).between(friday, monday).seconds);
  expect(await seconds(null)).toBe(72 * 3600);
  const { body: calendar } = await owner.request('POST', '/calendars', support);
  expect([await seconds(null), await seconds(calendar.id)]).toEqual([7 * 3600, 7 * 3600]);
  const stranger = await app.otherWorkspace();
  await expect(app.db.work(stranger.workspaceId, (tx) => app.calendars.require(tx, stranger.workspaceId, calendar.id))).rejects.toMatchObject({ code: 'calendar.not_found' });
});
