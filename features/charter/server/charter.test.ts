import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

const NINE_TO_FIVE = [{ from: '09:00', to: '17:00' }];

test('the page says what policies, hours and figures say, in the reader\'s language, and nothing that is not published', async () => {
  const app = await testApp();
  const { owner } = app;
  const calendar = (await owner.request('POST', '/calendars', { name: 'Secret calendar', timeZone: 'Europe/Sofia', week: { mon: NINE_TO_FIVE }, holidays: [{ date: '2026-03-09', name: 'Secret outing' }], closures: [{ from: '2026-03-10T12:00', to: '2026-03-10T14:00', reason: 'Secret reason' }] })).body;
  const policy = (await owner.request('POST', '/sla-policies', {
    name: 'Secret name for key accounts', calendarId: calendar.id, conditions: { version: 1, all: [{ field: 'tags', operator: 'has_any', value: ['secret-tag'] }] },
    targets: [{ metric: 'first_reply', seconds: 4 * 3_600, time: 'working' }, { metric: 'resolution', seconds: 10 * 86_400, time: 'calendar' }],
  })).body;
  const line = { policyId: policy.id, names: { en: 'Mail', bg: 'Поща' }, metrics: ['first_reply'], channel: 'email' };
  const charter = { published: false, figures: true, intro: { en: 'We try hard.' }, limits: { en: 'We repair no kettles of others.' }, lines: [line] };
  const agent = await app.person('agent', { of: owner });
  expect((await agent.request('PUT', '/charter', charter)).status).toBe(403);
  expect((await owner.request('PUT', '/charter', { ...charter, lines: [{ ...line, metrics: ['answer'] }] })).body.code).toBe('charter.no_target');
  expect((await owner.request('PUT', '/charter', { ...charter, lines: [{ ...line, policyId: calendar.id }] })).body.code).toBe('charter.unknown_policy');
  const saved = (await owner.request('PUT', '/charter?language=bg', charter)).body;

  const reader = plainBrowser(app, { language: 'en' });
  const status = async (path: string) => (await app.http.inject({ url: path, headers: { host: 'desk.test' } })).statusCode;
  expect([await status('/help/en/promises'), await status('/help/en/promises?preview=forged'), await status(saved.previewPath)]).toEqual([404, 404, 200]);
  await owner.request('PUT', '/charter', { ...charter, published: true });
  await reader.open('/help/en/promises');
  for (const words of ['We try hard.', 'Mail', 'By e-mail', 'A first answer from a person', '4 hours', 'working hours', 'Monday', '09:00–17:00', 'Europe/Sofia', 'Too few to say', 'February 2026', 'We repair no kettles of others.', 'Our promises']) expect(reader.words()).toContain(words);
  for (const words of ['Secret', 'secret', 'settled', '10 days']) expect(reader.words()).not.toContain(words);
  await reader.open('/help/bg/promises');
  for (const words of ['Поща', 'Първи отговор от човек', '4 часа', 'понеделник', 'Затворено']) expect(reader.words()).toContain(words);
  await reader.open('/help/en');
  expect(reader.words()).toContain('Our promises');

  // The page follows the policy.
  await owner.request('PATCH', `/sla-policies/${policy.id}`, { targets: [{ metric: 'first_reply', seconds: 2 * 86_400, time: 'calendar' }] });
  await reader.open('/help/en/promises');
  expect(reader.words()).toContain('48 hours');
  expect(reader.words()).not.toContain('09:00');
  await owner.request('PATCH', `/sla-policies/${policy.id}`, { enabled: false });
  await reader.open('/help/en/promises');
  expect(reader.words()).not.toContain('48 hours');
  expect((await (await app.otherWorkspace()).request('GET', '/charter')).body).toMatchObject({ published: false, lines: [] });
});

test('last month\'s figures are those of the policy, and stand there only where there are enough of them', async () => {
  const app = await testApp();
  const { owner } = app;
  const policy = (await owner.request('POST', '/sla-policies', { name: 'All', targets: [{ metric: 'first_reply', seconds: 3_600, time: 'calendar' }] })).body;
  const ticket = (await owner.request('POST', '/tickets', { subject: 'x', channel: 'phone', direction: 'in', customer: { email: 'c@example.org' }, text: 'x' })).body;
  // Twenty that were decided a month ago: one of them broken.
  await sql`insert into sla_results (workspace_id, ticket_id, metric, round, policy_id, started_at, decided_at, ended_at, kept, target_seconds, working, seconds)
    select ${owner.workspaceId}, ${ticket.id}, 'first_reply', n, ${policy.id}, ${app.now()}, ${app.now()}, ${app.now()}, n > 101, 3600, false, 60 from generate_series(101, 120) n`.execute(app.db.owner);
  await owner.request('PUT', '/charter', { published: true, figures: true, intro: {}, limits: {}, lines: [{ policyId: policy.id, names: { en: 'Everything' }, metrics: ['first_reply'] }] });
  app.pass(31 * 24 * 60);
  const reader = plainBrowser(app, { language: 'en' });
  await reader.open('/help/en/promises');
  expect(reader.words()).toContain('95%');
  expect(reader.words()).toContain('19 of 20');
  await owner.request('PUT', '/charter', { published: true, figures: false, intro: {}, limits: {}, lines: [{ policyId: policy.id, names: { en: 'Everything' }, metrics: ['first_reply'] }] });
  await reader.open('/help/en/promises');
  expect(reader.words()).not.toContain('95%');
});

test('hours are those of the team that answers, and at a brand\'s host those of the brand', async () => {
  const app = await testApp();
  const { owner } = app;
  const created = async (path: string, body: object) => { const answer = await owner.request('POST', path, body); expect(answer.status, path).toBe(201); return answer.body as { id: string }; };
  const calendar = (name: string, from: string) => created('/calendars', { name, timeZone: 'Europe/Sofia', week: { mon: [{ from, to: '21:00' }] } });
  // The first is the usual one.
  await calendar('Usual', '09:00');
  const [late, noon] = [await calendar('Late', '18:00'), await calendar('Noon', '12:00')];
  const team = await created('/teams', { name: 'Secret squad' });
  await created('/calendar-places', { kind: 'team', calendarId: late.id, teamIds: [team.id] });
  await created('/calendar-places', { kind: 'brand', name: 'Tea House', calendarId: noon.id, host: 'help.tea.example' });
  const policy = await created('/sla-policies', { name: 'All', targets: [{ metric: 'first_reply', seconds: 3_600, time: 'working' }] });
  const line = { policyId: policy.id, names: { en: 'Evenings' }, metrics: ['first_reply'] };
  const put = (lines: object[]) => owner.request('PUT', '/charter', { published: true, figures: false, intro: {}, limits: {}, lines });
  expect((await put([{ ...line, teamId: policy.id }])).body.code).toBe('team.not_found');
  const hours = async (host = 'desk.test') => /\d\d:\d\d–\d\d:\d\d/.exec((await app.http.inject({ url: '/help/en/promises', headers: { host } })).body)?.[0];
  expect((await put([line])).status).toBe(200);
  expect(await hours('help.tea.example')).toBe('12:00–21:00');
  expect(await hours()).toBe('09:00–21:00');
  expect((await put([{ ...line, teamId: team.id }])).status).toBe(200);
  expect(await hours()).toBe('18:00–21:00');
  const { body } = await app.http.inject({ url: '/help/en/promises', headers: { host: 'desk.test' } });
  for (const words of ['Secret squad', 'Late', team.id]) expect(body).not.toContain(words);
});
