import { expect, test } from 'vitest';
import { absenceDesk, BEGINS, ENDS } from '../../../testing/absence-desk.ts';
import { following } from '../../../testing/following.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';
import { rankAt } from '../core/turn.ts';

oneAppForAll();

async function desk() {
  const given = await absenceDesk();
  const { owner, ana, plansAbsence: isAway } = given;
  const assigneeOf = async (ticketId: string): Promise<string | null> => (await owner.request('GET', `/tickets/${ticketId}`)).body.assignee?.name ?? null;
  const promise = async (ticketId: string, dueAt: string): Promise<string> => (await ana.request('POST', '/commitments', { ticketId, what: 'Call back', dueAt })).body.id;
  const keeper = async (id: string) => { const { owner: who, standsFor } = (await owner.request('GET', `/commitments/${id}`)).body; return [who.name, standsFor?.name ?? null]; };
  const why = async (ticketId: string) => (await owner.request('GET', `/tickets/${ticketId}/routing`)).body.why;
  return { ...given, assigneeOf, promise, keeper, isAway, why };
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

test('who stands in is told what cannot wait, has what wakes meanwhile, and says whom it was meant for', async () => {
  ownApp();
  const d = await desk();
  const heard = await following(d, 'notifications');
  const ticket = await d.arrives({ assigneeId: d.ana.id });
  await d.ana.request('PUT', `/tickets/${ticket}/snooze`, { until: '2026-03-03T10:00:00Z' });
  await d.ana.request('POST', `/tickets/${ticket}/reminders`, { dueAt: '2026-03-03T11:00:00Z', note: 'Call the workshop' });
  await d.isAway();
  const told = async (who: typeof d.ana): Promise<[string, string | null][]> => {
    await heard();
    return (await who.request('GET', '/me/notices')).body.items.map(({ kind, data }: { kind: string; data: { standsInFor?: string } }) => [kind, data.standsInFor ?? null]);
  };
  await d.at(BEGINS);
  // What sleeps is Ana's until it wakes.
  expect(await d.assigneeOf(ticket)).toBe('Ana');
  await d.cleo.request('POST', `/tickets/${ticket}/notes`, { text: 'Does she know?', mentions: [{ personId: d.ana.id }] });
  expect((await told(d.ben)).filter(([kind]) => kind === 'mentioned')).toEqual([['mentioned', 'Ana']]);
  expect((await told(d.ana)).filter(([kind]) => kind === 'mentioned'), 'she reads it when she is back').toEqual([['mentioned', null]]);
  // Their own words are no news to a deputy, and whoever is named themselves is named for themselves.
  await d.ben.request('POST', `/tickets/${ticket}/notes`, { text: 'I look.', mentions: [{ personId: d.ana.id }] });
  await d.cleo.request('POST', `/tickets/${ticket}/notes`, { text: 'Both of you?', mentions: [{ personId: d.ana.id }, { personId: d.ben.id }] });
  expect((await told(d.ben)).filter(([kind]) => kind === 'mentioned')).toEqual([['mentioned', null], ['mentioned', 'Ana']]);

  await d.at('2026-03-03T10:00:00Z');
  await d.at('2026-03-03T10:01:00Z');
  expect([await d.assigneeOf(ticket), (await told(d.ben)).filter(([kind]) => kind === 'assigned')]).toEqual(['Ben', [['assigned', null]]]);
  await d.at('2026-03-03T11:00:00Z');
  expect((await told(d.ben)).filter(([kind]) => kind === 'reminder_due')).toEqual([['reminder_due', 'Ana']]);

  // Both see it, nobody else does.
  const seen = async (who: typeof d.ana, query: string) => (await who.request('GET', `/absences${query}`)).body.items.map(({ person, deputy }: { person: { name: string }; deputy: { name: string } }) => [person.name, deputy.name]);
  expect([await seen(d.ana, ''), await seen(d.ben, `?deputy=${d.ben.id}`), await seen(d.ben, ''), await seen(d.cleo, `?deputy=${d.ben.id}`), await seen(d.cleo, `?deputy=${d.cleo.id}`)])
    .toEqual([[['Ana', 'Ben']], [['Ana', 'Ben']], [], [], []]);

  await d.at(ENDS);
  await d.cleo.request('POST', `/tickets/${ticket}/notes`, { text: 'Welcome back.', mentions: [{ personId: d.ana.id }] });
  expect((await told(d.ben)).filter(([kind]) => kind === 'mentioned')).toHaveLength(2);
});

test('what waits for somebody absent is decided by who stands in, and never by who wrote it or stands in for who did', async () => {
  const d = await desk();
  const lead = await d.person('lead', { of: d.owner, name: 'Lena' });
  expect((await d.owner.request('POST', '/mailboxes', { address: 'letters@desk.test' })).status).toBe(201);
  expect((await d.owner.request('POST', '/approval-policies', { name: 'Leads look', writers: ['agent', 'lead'], channels: ['email'], reviewers: { by: 'people', ids: [lead.id] } })).status).toBe(201);
  const ticket = await d.arrives({ assigneeId: d.ana.id });
  const asks = async (who: typeof d.ana): Promise<string> => (await who.request('POST', `/tickets/${ticket}/replies`, { text: 'We pay.', channel: 'email' })).body.approvalId;
  const before = await asks(d.cleo);
  const mayDecide = async (who: typeof d.ana, id: string): Promise<boolean> => (await who.request('GET', '/approvals')).body.items.some((one: { id: string }) => one.id === id);
  expect([await mayDecide(d.ben, before), await mayDecide(lead, before)]).toEqual([false, true]);

  await lead.request('POST', '/absences', { from: BEGINS, to: ENDS, deputyId: d.ben.id });
  await d.at(BEGINS);
  const own = await asks(d.ben);
  expect([await mayDecide(d.ben, before), await mayDecide(d.ana, before), await mayDecide(d.ben, own), await mayDecide(lead, before)]).toEqual([true, false, false, true]);
  const theirs = await asks(lead);
  expect(await mayDecide(d.ben, theirs)).toBe(false);
  expect((await d.ben.request('POST', `/approvals/${theirs}/approval`, { version: 1 })).body.code).toBe('approval.not_yours');
  expect((await d.ben.request('POST', `/approvals/${before}/approval`, { version: 1 })).body).toMatchObject({ state: 'approved' });

  await d.at(ENDS);
  expect(await mayDecide(d.ben, await asks(d.cleo))).toBe(false);
});
