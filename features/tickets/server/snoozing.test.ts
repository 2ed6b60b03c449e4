import { expect, test } from 'vitest';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  let caller = 0;
  const ticket = async (subject: string): Promise<string> => (await app.owner.request('POST', '/tickets', { subject, channel: 'phone', direction: 'in', customer: { name: subject, phone: `+35988123450${caller++}` }, text: 'words' })).body.id;
  const get = async (id: string) => (await app.owner.request('GET', `/tickets/${id}`)).body;
  const listed = async (status: string): Promise<string[]> => (await app.owner.request('GET', `/tickets?status=${status}`)).body.items.map(({ subject }: { subject: string }) => subject);
  const snooze = (id: string, given: object) => app.owner.request('PUT', `/tickets/${id}/snooze`, given);
  const inHours = (hours: number) => new Date(app.now().getTime() + hours * 3_600_000).toISOString();
  return { ...app, ticket, get, listed, snooze, inHours };
}

test('a ticket that is set aside is out of sight until its time, and comes back once, unread and marked', async () => {
  const app = await desk();
  const [kettle] = [await app.ticket('Kettle'), await app.ticket('Lamp')];
  const until = app.inHours(2);
  expect(await app.snooze(kettle, { until })).toMatchObject({ status: 200, body: { status: 'scheduled', snooze: { until, ticket: null }, unread: false } });
  expect([await app.listed('awake'), await app.listed('snoozed'), (await app.listed('active')).length]).toEqual([['Lamp'], ['Kettle'], 2]);
  expect((await app.owner.request('GET', '/tickets/counts')).body).toMatchObject({ mine: { count: 1 }, active: { count: 1 }, snoozed: { count: 1 } });

  await app.due.round();
  expect((await app.get(kettle)).snooze).not.toBeNull();
  app.pass(2 * 60);
  await Promise.all([app.due.round(), app.due.round()]);
  expect(await app.get(kettle)).toMatchObject({ status: 'open', snooze: null, unread: true, wokenAt: app.now().toISOString() });
  expect((await app.listed('awake')).length).toBe(2);
  const woken = (await app.owner.request('GET', `/tickets/${kettle}/entries`)).body.items.filter(({ event }: { event: { type: string } | null }) => event?.type === 'ticket.woken');
  expect(woken).toHaveLength(1);
});

test('the customer wakes it in any case', async () => {
  const app = await desk();
  const kettle = await app.ticket('Kettle');
  await app.snooze(kettle, { until: app.inHours(100) });
  const { customer } = await app.get(kettle);
  await app.db.work(app.owner.workspaceId, async (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: kettle, customerId: customer.id, mailboxId: null, teamId: null, channel: 'email', subject: '', text: 'It works again.', quoted: '', html: null, author: { name: 'Maria', address: 'maria@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic: false, participants: [], at: app.now(),
  }));
  expect(await app.get(kettle)).toMatchObject({ status: 'open', snooze: null, wokenAt: app.now().toISOString() });
});

test('another ticket wakes it when it is done', async () => {
  const app = await desk();
  const [kettle, fault] = [await app.ticket('Kettle'), await app.ticket('Fault')];
  expect(await app.snooze(kettle, { ticketId: fault })).toMatchObject({ status: 200, body: { snooze: { until: null, ticket: { id: fault, number: expect.any(Number) } } } });
  await app.due.round();
  expect((await app.get(kettle)).snooze).not.toBeNull();
  await app.owner.request('PATCH', `/tickets/${fault}`, { status: 'resolved' });
  await app.due.round();
  expect(await app.get(kettle)).toMatchObject({ status: 'open', snooze: null });
});

test('by hand it wakes at once, without a mark, also by any other status', async () => {
  const app = await desk();
  const [kettle, lamp] = [await app.ticket('Kettle'), await app.ticket('Lamp')];
  for (const id of [kettle, lamp]) await app.snooze(id, {});
  expect(await app.owner.request('DELETE', `/tickets/${kettle}/snooze`)).toMatchObject({ status: 200, body: { status: 'open', snooze: null, wokenAt: null } });
  expect((await app.owner.request('DELETE', `/tickets/${kettle}/snooze`)).status).toBe(200);
  expect(await app.owner.request('PATCH', `/tickets/${lamp}`, { status: 'waiting_customer' })).toMatchObject({ body: { snooze: null } });
  expect(await app.listed('snoozed')).toEqual([]);
});

test('what is refused: the past, beyond a year, what is done, a ticket that is not there or itself, and who may not change', async () => {
  const app = await desk();
  const [kettle, done] = [await app.ticket('Kettle'), await app.ticket('Done')];
  await app.owner.request('PATCH', `/tickets/${done}`, { status: 'resolved' });
  const elsewhere = await app.otherWorkspace();
  const { body: foreign } = await elsewhere.request('POST', '/tickets', { subject: 'Theirs', channel: 'phone', direction: 'in', customer: { name: 'Eve', phone: '+359881234567' }, text: 'x' });
  const codes = [];
  for (const given of [{ until: app.inHours(-1) }, { until: app.inHours(24 * 400) }, { ticketId: done }, { ticketId: kettle }, { ticketId: foreign.id }]) codes.push((await app.snooze(kettle, given)).body.code);
  expect(codes).toEqual(['snooze.in_the_past', 'snooze.too_far', 'snooze.no_such_ticket', 'snooze.no_such_ticket', 'snooze.no_such_ticket']);
  expect((await app.snooze(done, {})).body.code).toBe('snooze.done');
  const colleague = await app.person('colleague', { of: app.owner });
  expect((await colleague.request('PUT', `/tickets/${kettle}/snooze`, {})).status).toBe(403);
  expect((await elsewhere.request('PUT', `/tickets/${kettle}/snooze`, {})).status).toBe(404);
});
