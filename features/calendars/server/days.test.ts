import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const office = [{ from: '09:00', to: '17:00' }];
const week = { mon: office, tue: office, wed: office, thu: office, fri: office };
const bulgarian = { name: 'Sofia', timeZone: 'Europe/Sofia', week, observes: { country: 'BG' }, holidays: [{ date: '2026-03-06', name: 'Stocktaking' }] };

/** The test clock stands at 2026-03-02T09:00:00Z. */
test('a country\'s public holidays are there, can be removed, moved and worked, and come back as they were', async () => {
  const app = await testApp();
  const { owner } = app;
  const { status, body: calendar } = await owner.request('POST', '/calendars', bulgarian);
  expect(status).toBe(201);
  expect(calendar).toMatchObject({ observes: { country: 'BG' }, holidays: bulgarian.holidays });
  expect(calendar.publicDays.map(({ date }: { date: string }) => date)).toContain('2026-03-03');

  const days = async (year: number) => (await owner.request('GET', `/calendars/${calendar.id}/days?year=${year}`)).body.items as { id: string; date: string; name: string; removed: boolean; publicDay: object | null }[];
  const seconds = async (from: string, to: string) => (await owner.request('POST', `/calendars/${calendar.id}/measurements`, { from: `${from}T00:00:00+02:00`, to: `${to}T00:00:00+02:00` })).body.seconds / 3600;
  const feast = (await days(2026)).find(({ date }) => date === '2026-03-03')!;
  expect(feast).toMatchObject({ name: 'Liberation Day', removed: false, changed: false, hours: null });
  const all = await days(2026);
  expect(all.filter(({ publicDay }) => publicDay === null)).toMatchObject([{ date: '2026-03-06', name: 'Stocktaking' }]);
  // Monday to Friday, less Tuesday and Friday.
  expect(await seconds('2026-03-02', '2026-03-07')).toBe(24);

  const change = (id: string, patch: object) => owner.request('PATCH', `/calendars/${calendar.id}/days/${id}`, patch);
  // Worked on Tuesday until noon, and closed on Wednesday instead.
  expect(await change(feast.id, { date: '2026-03-04' })).toMatchObject({ status: 200, body: { changed: true, publicDay: { date: '2026-03-03' } } });
  expect(await seconds('2026-03-03', '2026-03-05')).toBe(8);
  expect((await change(feast.id, { closedFrom: '12:00' })).body).toMatchObject({ closedFrom: '12:00', hours: null });
  expect(await seconds('2026-03-04', '2026-03-05')).toBe(3);
  // A Saturday that is worked, with its hours.
  const saturday = await owner.request('POST', `/calendars/${calendar.id}/days`, { date: '2026-03-07', name: 'Instead of Tuesday', hours: [{ from: '10:00', to: '14:00' }] });
  expect(saturday.status).toBe(201);
  expect(await seconds('2026-03-07', '2026-03-09')).toBe(4);
  expect(await owner.request('POST', `/calendars/${calendar.id}/days`, { date: '2026-03-07', name: 'Again' })).toMatchObject({ status: 409, body: { code: 'calendar.day_twice' } });

  expect((await owner.request('DELETE', `/calendars/${calendar.id}/days/${feast.id}`)).status).toBe(204);
  expect((await days(2026)).find(({ id }) => id === feast.id)).toMatchObject({ date: '2026-03-03', removed: true });
  expect(await seconds('2026-03-02', '2026-03-05')).toBe(24);
  expect((await change(feast.id, { restored: true })).body).toMatchObject({ date: '2026-03-03', removed: false, changed: false });
  expect(await seconds('2026-03-02', '2026-03-05')).toBe(16);
  expect((await owner.request('DELETE', `/calendars/${calendar.id}/days/${saturday.body.id}`)).status).toBe(204);
  expect(await seconds('2026-03-07', '2026-03-09')).toBe(0);

  // Twenty years ahead, too: 3 March 2046 is a Saturday, 24 May a Thursday.
  expect((await days(2046)).map(({ date }) => date)).toEqual(expect.arrayContaining(['2046-03-03', '2046-05-24']));

  // Years run on by themselves, and what people have changed stays.
  await owner.request('DELETE', `/calendars/${calendar.id}/days/${feast.id}`);
  expect((await days(2049)).length).toBe(0);
  app.pass(670 * 24 * 60);
  await app.due.round();
  expect((await days(2049)).map(({ date }) => date)).toContain('2049-03-03');
  expect((await days(2026)).find(({ id }) => id === feast.id)).toMatchObject({ removed: true });
});

test('another country replaces the days of the one before, and what is not known is refused', async () => {
  const { owner } = await testApp();
  const { body: calendar } = await owner.request('POST', '/calendars', bulgarian);
  const change = (observes: object | null) => owner.request('PATCH', `/calendars/${calendar.id}`, { observes });
  expect(await change({ country: 'XX' })).toMatchObject({ status: 400, body: { code: 'calendar.no_such_country' } });
  expect(await change({ country: 'DE', state: 'XX' })).toMatchObject({ status: 400, body: { code: 'calendar.no_such_country' } });
  const dates = async () => (await owner.request('GET', `/calendars/${calendar.id}/days?year=2026`)).body.items.map(({ date }: { date: string }) => date);
  expect((await change({ country: 'DE', state: 'BY' })).body).toMatchObject({ observes: { country: 'DE', state: 'BY' } });
  expect(await dates()).toEqual(expect.arrayContaining(['2026-01-06', '2026-03-06', '2026-10-03']));
  expect(await dates()).not.toContain('2026-03-03');
  await change(null);
  expect(await dates()).toEqual(['2026-03-06']);

  const { body } = await owner.request('GET', '/calendar-countries');
  expect(body.credit).toMatchObject({ text: 'date-holidays', licence: 'CC BY-SA 3.0' });
  expect(body.items.find(({ code }: { code: string }) => code === 'DE').states).toContainEqual(expect.objectContaining({ code: 'BY', name: 'Bayern' }));
});

test('the hours of a ticket are those of its team\'s channel, its team, its office, its brand, its channel, else the workspace\'s', async () => {
  const app = await testApp();
  const { owner } = app;
  const calendarOf = async (name: string, from: string) => (await owner.request('POST', '/calendars', { name, timeZone: 'UTC', week: { mon: [{ from, to: '20:00' }], tue: [{ from, to: '20:00' }] } })).body.id as string;
  const [usual, teams, chats] = [await calendarOf('Usual', '09:00'), await calendarOf('Team', '10:00'), await calendarOf('Chat', '11:00')];
  const team = (await owner.request('POST', '/teams', { name: 'Returns', memberIds: [] })).body.id as string;
  const policy = await owner.request('POST', '/sla-policies', { name: 'All', targets: [{ metric: 'resolution', seconds: 3600, time: 'working' }] });
  expect(policy.status).toBe(201);
  const { body: ticket } = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'cracked', teamId: team });
  const clock = async () => { const { body } = await owner.request('GET', `/tickets/${ticket.id}/clocks`); return [body.policy?.calendarName, body.items[0]?.dueAt]; };
  // The clock stands at 09:00 on a Monday.
  expect(await clock()).toEqual(['Usual', '2026-03-02T10:00:00.000Z']);

  const place = (body: object) => owner.request('POST', '/calendar-places', body);
  const made = await place({ kind: 'team', calendarId: teams, teamIds: [team] });
  expect(made.status).toBe(201);
  expect(await clock()).toEqual(['Team', '2026-03-02T11:00:00.000Z']);
  expect(await place({ kind: 'team', calendarId: usual, teamIds: [team] })).toMatchObject({ status: 409, body: { code: 'calendar.place_taken' } });
  expect((await place({ kind: 'team_channel', calendarId: chats, teamIds: [team], channel: 'phone' })).status).toBe(201);
  expect(await clock()).toEqual(['Chat', '2026-03-02T12:00:00.000Z']);
  expect((await owner.request('GET', `/calendar-places/holding?teamId=${team}&channel=phone`)).body).toMatchObject({ calendarId: chats, name: 'Chat', by: 'team_channel', isOpen: false, opensAt: '2026-03-02T11:00:00.000Z' });
  expect((await owner.request('GET', '/calendar-places/holding')).body).toMatchObject({ calendarId: usual, by: 'workspace' });

  // Open tickets follow without anything happening to them, and the list says so.
  await app.due.round();
  expect((await owner.request('GET', `/tickets/${ticket.id}`)).body.dueAt).toBe('2026-03-02T12:00:00.000Z');
  // A ticket that moves to nobody counts by the usual hours from then on.
  expect((await owner.request('PATCH', `/tickets/${ticket.id}`, { teamId: null })).status).toBe(200);
  expect((await owner.request('GET', `/tickets/${ticket.id}`)).body.dueAt).toBe('2026-03-02T10:00:00.000Z');
  expect(await owner.request('DELETE', `/calendars/${teams}`)).toMatchObject({ status: 409, body: { code: 'calendar.in_use' } });
  expect((await owner.request('DELETE', `/calendar-places/${made.body.id}`)).status).toBe(204);
  expect((await owner.request('DELETE', `/calendars/${teams}`)).status).toBe(204);
});

test('places and days of another workspace are not there, and only who manages calendars changes them', async () => {
  const app = await testApp();
  const { owner } = app;
  const { body: calendar } = await owner.request('POST', '/calendars', { ...bulgarian, observes: null });
  const { body: place } = await owner.request('POST', '/calendar-places', { kind: 'channel', calendarId: calendar.id, channel: 'chat' });
  const [day] = (await owner.request('GET', `/calendars/${calendar.id}/days?year=2026`)).body.items;
  const stranger = await app.otherWorkspace();
  const agent = await app.person('agent', { of: owner });
  for (const [who, status] of [[stranger, 404], [agent, 403]] as const) {
    expect((await who.request('PATCH', `/calendars/${calendar.id}/days/${day.id}`, { name: 'Mine' })).status).toBe(status);
    expect((await who.request('DELETE', `/calendars/${calendar.id}/days/${day.id}`)).status).toBe(status);
    expect((await who.request('PUT', `/calendar-places/${place.id}`, { kind: 'channel', calendarId: calendar.id, channel: 'email' })).status).toBe(status);
    expect((await who.request('DELETE', `/calendar-places/${place.id}`)).status).toBe(status);
  }
  expect((await stranger.request('POST', '/calendar-places', { kind: 'channel', calendarId: calendar.id, channel: 'email' })).status).toBe(404);
  expect((await stranger.request('GET', '/calendar-places')).body.items).toEqual([]);
  expect((await owner.request('POST', '/calendar-places', { kind: 'brand', name: 'Shop', calendarId: calendar.id, mailboxIds: [calendar.id] }))).toMatchObject({ status: 404, body: { code: 'mailbox.not_found' } });
});
