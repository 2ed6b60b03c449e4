import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { linkIn, mailsOf, plainBrowser } from '../../../testing/plain-browser.ts';
import { testApp } from '../../../testing/test-app.ts';

type TestApp = Awaited<ReturnType<typeof testApp>>;
const component = async ({ owner }: TestApp, en: string, bg: string): Promise<string> => (await owner.request('POST', '/status-components', { names: { en, bg } })).body.id;
const summary = async (app: TestApp) => (await app.http.inject({ url: '/status/api/v2/summary.json', headers: { host: 'desk.test' } })).json();

test('an incident is said, followed and ended; components, page, summary and feed follow, in the reader\'s language', async () => {
  const app = await testApp();
  const [shop, payment] = [await component(app, 'Shop', 'Магазин'), await component(app, 'Payment', 'Плащане')];
  expect(await summary(app)).toMatchObject({ page: { name: 'Main' }, status: { indicator: 'none', description: 'Everything works' }, components: [{ name: 'Shop', status: 'operational' }, { name: 'Payment' }], incidents: [] });

  const agent = await app.person('agent', { of: app.owner });
  const given = { titles: { en: 'Cards are refused', bg: 'Картите се отказват' }, texts: { en: 'We look into it.', bg: 'Проучваме.' }, impact: 'major', components: [{ id: payment, state: 'partial_outage' }] };
  expect((await agent.request('POST', '/status-incidents', given)).status).toBe(403);
  const { status, body: incident } = await app.owner.request('POST', '/status-incidents', given);
  expect(status).toBe(201);

  expect(await summary(app)).toMatchObject({
    status: { indicator: 'major' }, components: [{ status: 'operational' }, { status: 'partial_outage' }],
    incidents: [{ name: 'Cards are refused', status: 'investigating', impact: 'major', resolved_at: null, incident_updates: [{ status: 'investigating', body: 'We look into it.' }], components: [{ id: payment }] }], scheduled_maintenances: [],
  });
  const reader = plainBrowser(app, { language: 'bg' });
  await reader.open('/status');
  for (const words of ['Картите се отказват', 'Проучваме.', 'Работи само за някои', 'Нещо не работи', 'Гринуич']) expect(reader.words()).toContain(words);

  app.pass(30);
  await app.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'resolved', texts: { en: 'It works again.' } });
  expect(await summary(app)).toMatchObject({ status: { indicator: 'none' }, components: [{}, { status: 'operational' }], incidents: [] });
  await reader.open('/status/history');
  expect(reader.words()).toContain('It works again.');
  const feed = await app.http.inject({ url: '/status/feed.xml?lang=en', headers: { host: 'desk.test' } });
  expect(feed.headers['content-type']).toContain('application/rss+xml');
  expect(feed.body).toContain('<title>Cards are refused: Over</title>');
  expect((await app.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'monitoring', texts: { en: 'x' } })).body.code).toBe('incident.ended');
  expect(shop).not.toBe(payment);
});

test('planned work is announced, shows on what it touches while it lasts, and ends by itself', async () => {
  const app = await testApp();
  const shop = await component(app, 'Shop', 'Магазин');
  const planned = { kind: 'maintenance', titles: { en: 'New servers' }, texts: { en: 'Orders may be slow.' }, components: [{ id: shop, state: 'under_maintenance' }], startsAt: '2026-03-02T10:00:00Z', endsAt: '2026-03-02T12:00:00Z' };
  expect((await app.owner.request('POST', '/status-incidents', { ...planned, endsAt: undefined })).body.code).toBe('incident.span');
  await app.owner.request('POST', '/status-incidents', planned);
  expect(await summary(app)).toMatchObject({ status: { indicator: 'none' }, scheduled_maintenances: [{ status: 'scheduled', scheduled_for: '2026-03-02T10:00:00.000Z' }], components: [{ status: 'operational' }] });
  app.pass(90);
  expect(await summary(app)).toMatchObject({ status: { indicator: 'maintenance' }, scheduled_maintenances: [{ status: 'in_progress' }], components: [{ status: 'under_maintenance' }] });
  app.pass(120);
  expect(await summary(app)).toMatchObject({ status: { indicator: 'none' }, scheduled_maintenances: [], components: [{ status: 'operational' }] });
  expect((await app.owner.request('GET', '/status-incidents')).body.items).toMatchObject([{ state: 'completed' }]);
  expect((await app.owner.request('GET', '/status-incidents?open=1')).body.items).toEqual([]);
});

test('one update tells everybody who asked and every ticket that is about it, once each, in their languages', async () => {
  const app = await testApp();
  const reader = plainBrowser(app, { language: 'pl' });
  await reader.open('/status');
  await reader.send('/status/subscriptions?lang=pl', { email: 'jan@example.org' });
  await reader.open('/status');
  await reader.send('/status/subscriptions?lang=pl', { email: 'jan@example.org' });
  const wishes = await mailsOf(app, app.owner.workspaceId);
  expect(wishes).toMatchObject([{ to: 'jan@example.org', subject: 'Czy informować Cię o stanie usług Main?' }]);

  const ticket = (await app.owner.request('POST', '/tickets', { subject: 'Картата ми', channel: 'phone', direction: 'in', language: 'bg', customer: { email: 'maria@example.org', name: 'Мария' }, text: 'не минава' })).body;
  const titles = { en: 'Cards are refused', bg: 'Картите се отказват', pl: 'Karty są odrzucane' };
  const { body: incident } = await app.owner.request('POST', '/status-incidents', { titles, texts: { en: 'We look into it.' } });
  await app.owner.request('PUT', `/status-incidents/${incident.id}/tickets/${ticket.id}`);
  await app.due.round();
  // Nobody has said yes from the mailbox yet, and looking at the link says nothing.
  await reader.open(linkIn(wishes[0]!));
  expect((await mailsOf(app, app.owner.workspaceId)).length).toBe(1);
  await reader.send(linkIn(wishes[0]!));

  await app.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'identified', texts: { en: 'A cable.', bg: 'Кабел.', pl: 'Kabel.' } });
  await app.due.round();
  await app.due.round();
  const [, ...told] = await mailsOf(app, app.owner.workspaceId);
  expect(told.map(({ to }) => to).toSorted()).toEqual(['jan@example.org', 'maria@example.org']);
  expect(told.find(({ to }) => to === 'jan@example.org')).toMatchObject({ purpose: 'bulk', subject: '[Main] Karty są odrzucane: Znamy przyczynę' });
  expect(told.find(({ to }) => to === 'maria@example.org')!.text).toContain('Кабел.');
  const entries = (await app.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items;
  expect(entries.at(-1)).toMatchObject({ type: 'message', direction: 'out', author: { kind: 'system' } });

  // One click in the mail program, and it ends.
  const { rows: [headers] } = await sql<{ headers: Record<string, string> }>`select content -> 'headers' as headers from outbox where purpose = 'bulk'`.execute(app.db.owner);
  expect(headers!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  const way = new URL(/<([^>]+)>/.exec(headers!.headers['List-Unsubscribe']!)![1]!).pathname;
  expect((await app.http.inject({ method: 'POST', url: way, payload: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' } })).statusCode).toBe(200);
  await app.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'resolved', texts: { en: 'Over.' }, tell: true });
  await app.due.round();
  expect((await mailsOf(app, app.owner.workspaceId)).filter(({ to }) => to === 'jan@example.org').length).toBe(2);

  // Whoever wants it again after all is asked again, and has it again.
  await sql`update rate_windows set ends_at = now() - interval '1 second'`.execute(app.db.owner);
  await reader.open('/status');
  await reader.send('/status/subscriptions?lang=pl', { email: 'jan@example.org' });
  const asked = (await mailsOf(app, app.owner.workspaceId)).at(-1)!;
  expect(asked).toMatchObject({ to: 'jan@example.org', purpose: 'customer_sign_in' });
  await reader.open(linkIn(asked));
  await reader.send(linkIn(asked));
  await app.owner.request('POST', '/status-incidents', { titles, texts: { pl: 'Znowu.' } });
  await app.due.round();
  expect((await mailsOf(app, app.owner.workspaceId)).filter(({ to, purpose }) => to === 'jan@example.org' && purpose === 'bulk').length).toBe(2);
});

test('what lasts stands above the help centre and is told to the chat, the worst first; what is quiet, far off or over is not', async () => {
  const app = await testApp();
  const notices = async (language = 'en') => (await app.http.inject({ url: `/status/notices.json?lang=${language}`, headers: { host: 'desk.test' } })).json().items;
  const announced = { kind: 'announcement', titles: { en: 'Prices change', bg: 'Нови цени' }, texts: { en: 'From April on.' } };
  expect((await app.owner.request('POST', '/status-incidents', announced)).body.code).toBe('incident.span');
  await app.owner.request('POST', '/status-incidents', { ...announced, startsAt: '2026-03-02T08:00:00Z', endsAt: '2026-03-04T08:00:00Z' });
  await app.owner.request('POST', '/status-incidents', { kind: 'maintenance', titles: { en: 'Far off' }, texts: { en: 'x' }, startsAt: '2026-03-20T08:00:00Z', endsAt: '2026-03-21T08:00:00Z' });
  await app.owner.request('POST', '/status-incidents', { titles: { en: 'Quiet' }, texts: { en: 'x' }, banner: false });
  const { body: incident } = await app.owner.request('POST', '/status-incidents', { titles: { en: 'Cards are refused' }, texts: { en: 'We look.' }, impact: 'major' });

  expect(await notices()).toMatchObject([{ kind: 'incident', title: 'Cards are refused', text: 'We look.', impact: 'major' }, { kind: 'announcement', title: 'Prices change', url: expect.stringContaining('/status?lang=en') }]);
  expect((await notices('bg'))[1].title).toBe('Нови цени');
  expect(await summary(app)).toMatchObject({ incidents: [{}, {}], scheduled_maintenances: [{ name: 'Far off' }], announcements: [{ name: 'Prices change', body: 'From April on.' }] });
  const reader = plainBrowser(app, { language: 'en' });
  await reader.open('/help/en');
  for (const words of ['Cards are refused', 'We are looking into it', 'Prices change']) expect(reader.words()).toContain(words);
  for (const words of ['Quiet', 'Far off']) expect(reader.words()).not.toContain(words);

  await app.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'resolved', texts: { en: 'It works.' } });
  app.pass(3 * 24 * 60);
  expect(await notices()).toEqual([]);
  await reader.open('/help/en');
  expect(reader.words()).not.toContain('Prices change');
});

test('the ids of another workspace are not there', async () => {
  const app = await testApp();
  const other = await app.otherWorkspace();
  const { body: incident } = await app.owner.request('POST', '/status-incidents', { titles: { en: 'Ours' }, texts: { en: 'x' } });
  const ticket = (await other.request('POST', '/tickets', { subject: 'Theirs', channel: 'phone', direction: 'in', customer: { email: 'm@example.org' }, text: 'x' })).body;
  expect((await app.owner.request('PUT', `/status-incidents/${incident.id}/tickets/${ticket.id}`)).status).toBe(404);
  expect((await other.request('GET', `/status-incidents/${incident.id}`)).status).toBe(404);
  expect((await other.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'resolved', texts: { en: 'x' } })).status).toBe(404);
  expect((await other.request('PUT', `/status-incidents/${incident.id}/tickets/${ticket.id}`)).status).toBe(404);
});

test('a visitor without an address hears in the chat what becomes of an incident that is attached to it, also when it is over', async () => {
  const desk = await chatDesk();
  const [maria, ivan] = [await desk.visitor({ language: 'bg' }), await desk.visitor()];
  await maria.say('Плащането не минава');
  await ivan.say('Something else');
  const ticket = (await desk.tickets()).find(({ subject }) => subject.startsWith('Плащането'))!;
  const incident = (await desk.owner.request('POST', '/status-incidents', { titles: { en: 'Payments', bg: 'Плащания' }, texts: { en: 'We look.', bg: 'Проверяваме.' }, impact: 'minor', components: [] })).body;
  expect((await desk.owner.request('PUT', `/status-incidents/${incident.id}/tickets/${ticket.id}?tell=1`)).status).toBeLessThan(300);
  await desk.due();
  const told = async (visitor: typeof maria) => (await visitor.sees()).filter(({ from, notice }) => from === 'system' && notice === null).map(({ text }) => text);
  expect(await told(maria)).toEqual([expect.stringContaining('Проверяваме.')]);

  expect((await maria.request('POST', '/ending')).status).toBe(200);
  expect((await desk.owner.request('POST', `/status-incidents/${incident.id}/updates`, { state: 'resolved', texts: { en: 'Mended.', bg: 'Поправено.' } })).status).toBeLessThan(300);
  await desk.due();
  await desk.due();
  expect((await told(maria)).slice(1)).toEqual([expect.stringContaining('Поправено.')]);
  expect(await told(ivan)).toEqual([]);
});
