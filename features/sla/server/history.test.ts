import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { HOUR, promising } from '../../../testing/promising-desk.ts';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';
import { factsOf } from '../core/facts.ts';

oneAppForAll();

test('merging takes over who has waited longest, and taking it apart gives each its own clocks back', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'calendar' }, { metric: 'next_reply', seconds: 4 * HOUR, time: 'calendar' }]);
  const earlier = await desk.ask();
  desk.pass(60);
  const later = await desk.ask({ from: 'Ivo <ivo@mail.test>' });
  const before = [await desk.clocks(earlier), await desk.clocks(later)];
  const merge = await desk.owner.request('POST', `/tickets/${earlier}/merges`, { into: later });
  expect(merge.status).toBeLessThan(300);
  expect(await desk.clocks(earlier)).toEqual([]);
  expect(await desk.clocks(later)).toMatchObject([{ metric: 'first_reply', dueAt: '2026-03-02T13:00:00.000Z' }]);
  const { body: source } = await desk.owner.request('GET', `/tickets/${earlier}`);
  expect((await desk.owner.request('DELETE', `/merges/${source.mergedInto.mergeId}`)).status).toBeLessThan(300);
  expect([await desk.clocks(earlier), await desk.clocks(later)]).toEqual(before);
});

test('the clocks of a ticket with thousands of changes are made from all of them', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 40 * HOUR, time: 'working' }, { metric: 'agent_work', seconds: 100 * HOUR, time: 'working' }]);
  const id = await desk.ask();
  // Put off after a minute and taken up after another, for days.
  const [count, { workspaceId }] = [5_200, desk.owner];
  await sql`insert into events (workspace_id, type, ticket_id, actor_kind, data, at)
    select ${workspaceId}, 'ticket.changed', ${id}, 'system', case when n % 2 = 1 then '{"status":["open","scheduled"]}' else '{"status":["scheduled","open"]}' end::jsonb, ${desk.now()}::timestamptz + n * interval '1 minute'
    from generate_series(1, ${count}) n`.execute(desk.db.owner);
  await desk.db.owner.deleteFrom('sla_sheets').execute();
  desk.pass(count);
  await desk.reply(id);
  const [work, reply] = [await desk.clocks(id)].map((all) => ['agent_work', 'first_reply'].map((metric) => all.find((clock) => clock.metric === metric)!))[0]!;
  // Monday from 11:00, Wednesday and Thursday, half of it.
  const worked = (6 + 8 + 8) / 2;
  expect([work!.remainingSeconds, reply!.state]).toEqual([(100 - worked) * HOUR, 'met']);
});

test('open tickets from before promises were kept get their clocks, and nobody is told what lies behind', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: HOUR, time: 'calendar' }, { metric: 'resolution', seconds: 30 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  for (const table of ['sla_sheets', 'sla_policies'] as const) await desk.db.owner.deleteFrom(table).execute();
  await desk.db.owner.updateTable('sla_rules').set({ begun: false, version: 1, swept: 0 }).execute();
  await desk.db.owner.updateTable('tickets').set({ sla_due_at: null, due_at: null }).execute();
  const upgraded = await desk.beginAgain();
  desk.pass(25 * 60);
  await upgraded.due.round();
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBe('2026-03-03T09:00:00.000Z');
  expect([await desk.events('sla.warned', 'sla.breached'), await desk.db.owner.selectFrom('sla_results').selectAll().execute()]).toEqual([[], []]);
});

test('mail that is filed costs the promises two statements, on a new ticket and on one that there is', async () => {
  const { db, owner, tickets, customers, now } = await testApp();
  const { id: customerId } = await db.work(owner.workspaceId, (tx) => customers.resolve(tx, owner.workspaceId, { email: 'rada@mail.test', name: 'Rada', language: null, at: now() }));
  const message = {
    customerId, mailboxId: null, teamId: null, channel: 'email' as const, subject: 'Parcel', text: 'Where?', quoted: '', html: null, author: { name: 'Rada', address: 'rada@mail.test' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: null, attachments: [], notice: null, automatic: false, participants: [], at: now(),
  };
  async function filed(ticketId: string | null): Promise<{ count: number; ticketId: string }> {
    let count = 0;
    const counted = await db.work(owner.workspaceId, (tx) => tickets.receive(tx.withPlugin({
      // Which policy was chosen by hand stands on the ticket, and comes with it.
      transformQuery: ({ node }) => { if (/sla_(?!policy_id)|due_order/.test(JSON.stringify(node))) count += 1; return node; },
      transformResult: async ({ result }) => result,
    }) as typeof tx, owner.workspaceId, { ...message, ticketId }));
    return { count, ticketId: counted.ticketId };
  }
  const { ticketId } = await filed(null);
  expect([(await filed(null)).count, (await filed(ticketId)).count]).toEqual([2, 2]);
});

test('the board shows what breaks next, and lists carry the most urgent promise', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'calendar' }]);
  const first = await desk.ask();
  desk.pass(30);
  const second = await desk.ask({ from: 'Ivo <ivo@mail.test>' });
  const third = await desk.ask({ from: 'Eva <eva@mail.test>' });
  await desk.reply(third);
  const { body } = await desk.owner.request('GET', '/sla/board');
  expect(body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id)).toEqual([first, second]);
  expect(body.items[0].clock).toMatchObject({ metric: 'first_reply', state: 'running', openHours: [{ from: '2026-03-02T09:30:00.000Z', to: '2026-03-02T13:00:00.000Z' }] });
  expect((await desk.owner.request('GET', '/sla/board?limit=1')).body).toMatchObject({ items: [{ ticket: { id: first } }], nextCursor: expect.any(String) });
  expect((await desk.owner.request('GET', '/tickets?sort=due')).body.items.map(({ id }: { id: string }) => id)).toEqual([first, second, third]);
  expect((await desk.owner.request('GET', `/sla/urgent?tickets=${first},${third}`)).body.items.map(({ ticketId }: { ticketId: string }) => ticketId)).toEqual([first]);
});

test('only what a person says stops a clock: neither rules, nor robots, nor notes', async () => {
  const by = (kind: string, data: object, type = 'entry.added') => factsOf({ seq: 1, type, subjectId: 'e', at: new Date(0), actor: { kind, id: null }, data: { ...data } }, () => false).map((fact) => fact.type);
  const out = { type: 'message', direction: 'out' };
  expect([by('person', out), by('system', out), by('person', { type: 'note', direction: 'internal' })]).toEqual([['replied'], [], []]);
  expect([by('person', { type: 'call', direction: 'in' }), by('person', { type: 'letter', direction: 'out' })]).toEqual([['replied'], ['replied']]);
  expect([by('customer', { type: 'message', direction: 'in' }), by('customer', { type: 'message', direction: 'in', automatic: true }), by('person', { type: 'letter', direction: 'in' })]).toEqual([['customer_wrote'], [], ['customer_wrote']]);
});

test('several holding replies and clocks stopped again and again are shown to leads, who settle them', async () => {
  const desk = await promising([{ metric: 'agent_work', seconds: 8 * HOUR, time: 'calendar' }]);
  const lead = await desk.person('lead', { of: desk.owner });
  const agent = await desk.person('agent', { of: desk.owner });
  const id = await desk.ask();
  for (let i = 0; i < 3; i++) await agent.request('POST', `/tickets/${id}/replies`, { text: 'We are looking into it and will get back to you.' });
  for (let i = 0; i < 3; i++) for (const status of ['open', 'scheduled']) await agent.request('PATCH', `/tickets/${id}`, { status });

  const { body } = await lead.request('GET', '/sla/flags');
  expect(body.items).toHaveLength(2);
  expect(body.items).toEqual(expect.arrayContaining([
    expect.objectContaining({ kind: 'holding_replies', count: 3, person: { id: agent.id, name: expect.any(String) } }), expect.objectContaining({ kind: 'repeated_snoozes', count: 3 }),
  ]));
  expect(await desk.events('sla.flagged')).toMatchObject([{ data: { kind: 'holding_replies', count: 2 } }, { data: { count: 3 } }, { data: { kind: 'repeated_snoozes' } }]);
  expect((await agent.request('GET', '/sla/flags')).status).toBe(403);
  expect((await lead.request('DELETE', `/sla/flags/${body.items[0].id}`)).status).toBe(204);
  expect((await lead.request('GET', '/sla/flags')).body.items).toHaveLength(1);
  expect((await lead.request('DELETE', `/sla/flags/${body.items[0].id}`)).status).toBe(404);
});
