import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

const WORKDAY = (from: string) => Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from, to: '17:00' }]]));

async function desk() {
  const app = await testApp();
  const { owner } = app;
  const made = async (path: string, body: object) => {
    const answer = await owner.request('POST', path, body);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  const mailbox = (await owner.request('GET', '/mailboxes')).body.items[0] as { id: string; address: string };
  return {
    ...app, made, mailbox,
    place: async (body: object): Promise<string> => (await made('/calendar-places', body)).id,
    team: async (name: string, memberIds: string[] = []): Promise<string> => (await made('/teams', { name, memberIds })).id,
    ticket: (given: object = {}) => made('/tickets', { subject: 'Kettle', channel: 'phone', direction: 'in', customer: { email: 'maria@example.org' }, text: 'cracked', ...given }),
    get: async (id: string) => (await owner.request('GET', `/tickets/${id}`)).body,
    change: async (id: string, patch: object) => (await owner.request('PATCH', `/tickets/${id}`, patch)).body,
    listed: async (query: string): Promise<string[]> => (await owner.request('GET', `/tickets?${query}`)).body.items.map(({ id }: { id: string }) => id),
  };
}

test('the brand comes from the door by which a matter came, the office from its team; people change both, and the timeline tells', async () => {
  const app = await desk();
  const shop = await app.place({ kind: 'brand', name: 'Shop', mailboxIds: [app.mailbox.id] });
  const pages = await app.place({ kind: 'brand', name: 'Pages', hasPages: true });
  const widget = await app.made('/chat/widgets', { name: 'On the site' });
  const talk = await app.place({ kind: 'brand', name: 'Talk', widgetIds: [widget.id] });
  expect((await app.owner.request('POST', '/calendar-places', { kind: 'brand', name: 'Another', widgetIds: [widget.id] })).body.code).toBe('calendar.place_taken');
  const [sofia, varna] = [await app.team('Sofia'), await app.team('Varna')];
  const [inSofia, inVarna] = [await app.place({ kind: 'office', name: 'Sofia', teamIds: [sofia] }), await app.place({ kind: 'office', name: 'Varna', teamIds: [varna] })];

  const mailed = await app.ticket({ mailboxId: app.mailbox.id });
  expect(mailed).toMatchObject({ brand: { id: shop, name: 'Shop' }, office: null });
  const received = (cameBy: 'pages' | { widgetId: string } | null) => app.db.work(app.owner.workspaceId, async (tx) => (await app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: null, customerId: mailed.customer.id, mailboxId: null, teamId: varna, channel: 'web', subject: 'Lamp', text: 'dark', quoted: '', html: null, author: { name: 'Maria', address: 'maria@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(), cameBy,
  })).ticketId);
  expect(await app.get(await received('pages'))).toMatchObject({ brand: { id: pages }, office: { id: inVarna } });
  expect(await app.get(await received({ widgetId: widget.id }))).toMatchObject({ brand: { id: talk } });
  const plain = await received(null);
  expect(await app.get(plain)).toMatchObject({ brand: null, office: { name: 'Varna' } });

  // The office goes with the team, until somebody says another.
  expect(await app.change(plain, { teamId: sofia })).toMatchObject({ office: { id: inSofia } });
  expect(await app.change(plain, { officeId: inVarna, brandId: shop })).toMatchObject({ office: { id: inVarna }, brand: { id: shop } });
  expect(await app.change(plain, { teamId: null })).toMatchObject({ office: { id: inVarna } });
  expect(await app.change(plain, { officeId: null })).toMatchObject({ office: null });
  const told = (await app.owner.request('GET', `/tickets/${plain}/entries`)).body.items.filter(({ type }: { type: string }) => type === 'event').map(({ event }: { event: { data: object } }) => event.data);
  expect(told).toEqual(expect.arrayContaining([expect.objectContaining({ officeId: [inSofia, inVarna], brandId: [null, shop] })]));

  // A brand is no office, and what is another workspace's is nobody's.
  const stranger = await app.otherWorkspace();
  const theirs = (await stranger.request('POST', '/calendar-places', { kind: 'office', name: 'Theirs' })).body.id;
  expect((await app.change(plain, { officeId: shop })).code).toBe('ticket.no_such_office');
  expect((await app.change(plain, { officeId: theirs })).code).toBe('ticket.no_such_office');
  expect((await app.change(plain, { brandId: theirs })).code).toBe('ticket.no_such_brand');

  // Lists and views ask for them.
  expect(await app.listed(`brand=${shop}`)).toEqual(expect.arrayContaining([mailed.id, plain]));
  expect(await app.listed(`office=${inVarna}`)).toHaveLength(2);
  const view = await app.made('/views', { name: 'Shop, nowhere', conditions: { all: [{ field: 'brand', operator: 'is', value: shop }, { field: 'office', operator: 'empty' }] } });
  expect(new Set(await app.listed(`view=${view.id}`))).toEqual(new Set([mailed.id, plain]));

  // A brand that is no more stands on nothing.
  expect((await app.owner.request('DELETE', `/calendar-places/${shop}`)).status).toBe(204);
  expect(await app.get(mailed.id)).toMatchObject({ brand: null });
});

test('a visit belongs to the office of who writes it down, and counts by its hours, which its ticket says before its team', async () => {
  const app = await desk();
  const calendar = async (from: string) => (await app.made('/calendars', { name: from, timeZone: 'UTC', week: WORKDAY(from), holidays: [] })).id as string;
  const [, late, later] = [await calendar('08:00'), await calendar('10:00'), await calendar('11:00')];
  await app.made('/sla-policies', { name: 'All', targets: [{ metric: 'resolution', seconds: 3600, time: 'working' }] });
  const desks = await app.team('Desk', [app.owner.id]);
  const office = await app.place({ kind: 'office', name: 'Sofia', calendarId: late, teamIds: [desks] });
  const brand = await app.place({ kind: 'brand', name: 'Shop', calendarId: later });
  const due = async (id: string): Promise<string> => (await app.get(id)).dueAt;

  // The clock stands at nine on a Monday.
  const visit = await app.ticket({ channel: 'desk' });
  expect(visit).toMatchObject({ office: { id: office }, team: null, dueAt: '2026-03-02T11:00:00.000Z' });
  expect((await app.ticket()).office).toBeNull();
  await app.change(visit.id, { officeId: null, brandId: brand });
  expect(await due(visit.id)).toBe('2026-03-02T12:00:00.000Z');
  await app.change(visit.id, { officeId: office });
  expect(await due(visit.id)).toBe('2026-03-02T11:00:00.000Z');
  expect((await app.owner.request('GET', `/calendar-places/holding?brandId=${brand}`)).body).toMatchObject({ by: 'brand', calendarId: later });
});

test('a policy and a queue that were set for a ticket come before all conditions, and give way when they are gone', async () => {
  const app = await desk();
  const target = (seconds: number) => [{ metric: 'resolution', seconds, time: 'calendar' }];
  const usual = await app.made('/sla-policies', { name: 'Usual', targets: target(7200) });
  const never = { all: [{ field: 'subject', operator: 'is', value: 'never' }] };
  const promised = await app.made('/sla-policies', { name: 'Promised', targets: target(3600), conditions: never });
  const [first, second] = [await app.made('/queues', { name: 'All', teamIds: [] }), await app.made('/queues', { name: 'Special', conditions: never, teamIds: [] })];
  const ticket = await app.ticket({ assigneeId: null });
  const policy = async () => (await app.owner.request('GET', `/tickets/${ticket.id}/clocks`)).body.policy?.id;
  const queue = async () => (await app.owner.request('GET', `/tickets/${ticket.id}/routing`)).body.queue?.id ?? null;
  expect([await policy(), await queue()]).toEqual([usual.id, first.id]);

  expect(await app.change(ticket.id, { slaPolicyId: promised.id, queueChoice: second.id })).toMatchObject({ slaPolicyId: promised.id, queueChoice: second.id });
  expect([await policy(), await queue()]).toEqual([promised.id, second.id]);
  await app.change(ticket.id, { queueChoice: 'none' });
  expect(await queue()).toBeNull();
  await app.change(ticket.id, { queueChoice: second.id });
  expect((await app.owner.request('DELETE', `/queues/${second.id}`)).status).toBe(204);
  expect((await app.owner.request('DELETE', `/sla-policies/${promised.id}`)).status).toBe(204);
  await app.due.round();
  expect([await policy(), await queue()]).toEqual([usual.id, first.id]);
  expect((await app.change(ticket.id, { slaPolicyId: promised.id })).code).toBe('ticket.no_such_policy');
  expect((await app.change(ticket.id, { queueChoice: second.id })).code).toBe('ticket.no_such_queue');
});
