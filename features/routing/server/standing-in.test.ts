import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp } from '../../../testing/test-app.ts';
import { rankAt } from '../core/turn.ts';

oneAppForAll();

const BEGINS = '2026-03-02T10:00:00.000Z';
const ENDS = '2026-03-09T10:00:00.000Z';

/** Monday, 2 March 2026, 09:00 UTC: Ana plans to be away for a week from ten on, with Ben as her deputy. */
async function desk() {
  const app = await testApp();
  const { owner } = app;
  let numbers = 0;
  const [ana, ben, cleo] = [await app.person('agent', { of: owner, name: 'Ana' }), await app.person('agent', { of: owner, name: 'Ben' }), await app.person('agent', { of: owner, name: 'Cleo' })];
  const arrives = async (given: object = {}): Promise<string> => (await owner.request('POST', '/tickets', {
    subject: 'Kettle', channel: 'letter', direction: 'in', assigneeId: null, text: 'cracked', customer: { email: `customer${numbers += 1}@example.org` }, ...given,
  })).body.id;
  const assigneeOf = async (ticketId: string): Promise<string | null> => (await owner.request('GET', `/tickets/${ticketId}`)).body.assignee?.name ?? null;
  const promise = async (ticketId: string, dueAt: string): Promise<string> => (await ana.request('POST', '/commitments', { ticketId, what: 'Call back', dueAt })).body.id;
  const keeper = async (id: string) => { const { owner: who, standsFor } = (await owner.request('GET', `/commitments/${id}`)).body; return [who.name, standsFor?.name ?? null]; };
  const at = async (moment: string) => { app.pass((Date.parse(moment) - app.now().getTime()) / 60_000); await app.due.round(); };
  const isAway = async () => (await ana.request('POST', '/absences', { from: BEGINS, to: ENDS, deputyId: ben.id })).body.id as string;
  const why = async (ticketId: string) => (await owner.request('GET', `/tickets/${ticketId}/routing`)).body.why;
  return { ...app, ana, ben, cleo, arrives, assigneeOf, promise, keeper, at, isAway, why };
}

test('during a planned absence mail and promises that fall due go to the deputy, and what is still open comes back', async () => {
  const d = await desk();
  const [stays, given, done] = [await d.arrives({ assigneeId: d.ana.id }), await d.arrives({ assigneeId: d.ana.id }), await d.arrives({ assigneeId: d.ana.id })];
  const [meanwhile, after, broken] = [await d.promise(stays, '2026-03-05T15:00:00Z'), await d.promise(stays, '2026-03-20T15:00:00Z'), await d.promise(given, '2026-03-03T15:00:00Z')];
  await d.isAway();
  expect([await d.assigneeOf(stays), await d.keeper(meanwhile)]).toEqual(['Ana', ['Ana', null]]);

  await d.at(BEGINS);
  expect([await d.assigneeOf(stays), await d.assigneeOf(given), await d.keeper(meanwhile), await d.keeper(after)]).toEqual(['Ben', 'Ben', ['Ben', 'Ana'], ['Ana', null]]);
  expect((await d.ben.request('GET', '/commitments?owner=me')).body.items.map(({ id }: { id: string }) => id)).toEqual([broken, meanwhile]);
  // What is broken meanwhile is the deputy's to apologise for, for as long as they stand in.
  await d.at('2026-03-03T15:00:00Z');
  const apology = (await d.ben.request('GET', '/commitments?owner=me')).body.items.find(({ kind }: { kind: string }) => kind === 'apology');
  expect(apology).toMatchObject({ apologyFor: broken, standsFor: { name: 'Ana' } });
  await d.ben.request('PATCH', `/tickets/${given}`, { assigneeId: d.cleo.id });
  await d.ben.request('PATCH', `/tickets/${done}`, { status: 'resolved' });
  await d.ben.request('PATCH', `/commitments/${broken}`, { ownerId: d.cleo.id });

  await d.at(ENDS);
  expect([await d.assigneeOf(stays), await d.assigneeOf(given), await d.assigneeOf(done)]).toEqual(['Ana', 'Cleo', 'Ben']);
  expect([await d.keeper(meanwhile), await d.keeper(broken), await d.keeper(apology.id)]).toEqual([['Ana', null], ['Cleo', null], ['Ana', null]]);
  expect((await d.owner.request('GET', `/tickets/${stays}/routing`)).body.history.map(({ why }: { why: { text: string }[] }) => why[0]?.text)).toEqual(['Back from an absence; Ben had it meanwhile.', 'Ana is absent, so the deputy has it.']);
  const told = (await d.owner.request('GET', `/tickets/${stays}/entries`)).body.items.filter(({ event }: { event: { type: string } | null }) => event?.type === 'commitment.handed_over');
  // The promise, and the apology for having broken it.
  expect(told.map(({ event }: { event: { data: { back: boolean } } }) => event.data.back)).toEqual([false, true, true]);
});

test('whoever comes back early, or takes the absence back, has what is theirs at once; a deputy who is away hands on', async () => {
  const d = await desk();
  const [one, two] = [await d.arrives({ assigneeId: d.ana.id }), await d.arrives({ assigneeId: d.ana.id })];
  const promised = await d.promise(one, '2026-03-05T15:00:00Z');
  const absence = await d.isAway();
  await d.ben.request('POST', '/absences', { from: '2026-03-03T10:00:00Z', to: '2026-03-06T10:00:00Z', deputyId: d.cleo.id });
  await d.at(BEGINS);
  await d.at('2026-03-03T10:00:00Z');
  expect([await d.assigneeOf(one), await d.keeper(promised)]).toEqual(['Cleo', ['Cleo', 'Ana']]);

  await d.at('2026-03-03T12:00:00Z');
  expect((await d.ana.request('DELETE', `/absences/${absence}`)).status).toBe(204);
  expect((await d.ana.request('GET', '/absences')).body.items).toEqual([]);
  expect((await d.ana.request('DELETE', `/absences/${absence}`)).status).toBe(404);
  await d.due.round();
  expect([await d.assigneeOf(one), await d.assigneeOf(two), await d.keeper(promised)]).toEqual(['Ana', 'Ana', ['Ana', null]]);

  await d.ana.request('POST', '/absences', { from: '2026-03-06T12:00:00Z', to: ENDS, deputyId: d.ben.id });
  await d.at('2026-03-06T12:00:00Z');
  expect(await d.assigneeOf(one)).toBe('Ben');
  await d.at('2026-03-06T12:30:00Z');
  await d.ana.request('PUT', '/me/presence', { state: 'online' });
  await d.at('2026-03-06T12:32:00Z');
  expect([await d.assigneeOf(one), await d.keeper(promised)]).toEqual(['Ana', ['Ana', null]]);
});

test('the agent who is named for a customer comes before the guess of who had the last ticket, and the deputy stands in', async () => {
  const d = await desk();
  await d.owner.request('POST', '/queues', { name: 'Letters', mode: 'least_loaded', offerSeconds: null });
  for (const who of [d.ana, d.ben, d.cleo]) await who.request('PUT', '/me/presence', { state: 'online' });
  const of = { customer: { email: 'iva@example.org' } };
  const first = await d.arrives({ ...of, assigneeId: d.cleo.id });
  const customer = (await d.owner.request('GET', `/tickets/${first}`)).body.customer.id as string;
  const gets = async () => { const id = await d.arrives(of); await d.due.round(); return [await d.assigneeOf(id), (await d.why(id))[0].text]; };
  expect(await gets()).toEqual(['Cleo', 'No agent is set for the customer; their last ticket was with this person, which is a guess.']);

  const named = await d.owner.request('PATCH', `/customers/${customer}`, { agentId: d.ana.id });
  expect(named.body.agent).toEqual({ id: d.ana.id, name: 'Ana' });
  expect(await gets()).toEqual(['Ana', 'This person is set as the customer’s own agent.']);
  await d.isAway();
  await d.at(BEGINS);
  expect(await gets()).toEqual(['Ben', 'Ana is absent, so the deputy has it.']);
  expect((await d.owner.request('PATCH', `/customers/${customer}`, { agentId: (await d.person('colleague', { of: d.owner })).id })).body.code).toBe('customer.no_such_agent');
  expect((await d.owner.request('PATCH', `/customers/${customer}`, { agentId: (await d.otherWorkspace()).id })).body.code).toBe('customer.no_such_agent');
  expect((await d.owner.request('PATCH', `/customers/${customer}`, { agentId: null })).body.agent).toBeNull();
});

test('what is promised on a waiting ticket moves its turn, as the rule says, and says so', async () => {
  ownApp();
  const d = await desk();
  const queue = (await d.owner.request('POST', '/queues', { name: 'Letters', headStartSeconds: 600 })).body.id as string;
  await d.ana.request('PUT', '/me/presence', { state: 'online' });
  const [early, low] = [await d.arrives(), await d.arrives({ priority: 'low' })];
  d.pass(60);
  const [promised, urgent] = [await d.arrives({ priority: 'low' }), await d.arrives({ priority: 'urgent' })];
  const order = async () => (await d.owner.request('GET', `/queues/${queue}/tickets`)).body.items.map(({ ticket }: { ticket: { id: string } }) => ticket.id);
  expect(await order()).toEqual([urgent, early, low, promised]);
  const made = (await d.ana.request('POST', '/commitments', { ticketId: promised, what: 'Call back', dueAt: '2026-03-02T14:00:00Z' })).body.id;
  expect(await order()).toEqual([urgent, promised, early, low]);
  // The database ranks as the rule does.
  const rows = await d.db.owner.selectFrom('queue_tickets as q').innerJoin('tickets as t', (j) => j.onRef('t.workspace_id', '=', 'q.workspace_id').onRef('t.id', '=', 'q.ticket_id')).select(['q.since', 'q.rank_at as rank', 't.priority', 't.due_at as due']).execute();
  expect(rows.map(({ rank }) => rank.getTime())).toEqual(rows.map(({ since, priority, due }) => rankAt(since.getTime(), { priority, queueHeadStartSeconds: 600, dueAt: due?.getTime() ?? null })));
  expect(new Set(rows.map(({ due }) => due?.getTime())).size).toBeGreaterThan(2);

  await d.ana.request('POST', `/commitments/${made}/keeping`, {});
  expect(await order()).toEqual([urgent, early, low, promised]);
  await d.ana.request('POST', '/commitments', { ticketId: promised, what: 'Call back', dueAt: '2026-03-02T12:00:00Z' });
  expect((await d.ana.request('POST', `/queues/${queue}/next`)).body.ticketId).toBe(urgent);
  expect((await d.ana.request('POST', `/queues/${queue}/next`)).body).toMatchObject({ ticketId: promised, why: [{ code: 'pulled' }, { code: 'turn_due', text: 'It was next: it had waited for 0 seconds, and what is promised is due in 2 hours, which gave it a head start of 22 hours 10 minutes.' }] });
});
