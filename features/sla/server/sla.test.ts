import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { asking, HOUR, promising } from '../../../testing/promising-desk.ts';

test('a mail starts the clock of the first policy that holds, and the answer stops it; the deadline is explained', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 9 * HOUR, time: 'working' }, { metric: 'resolution', seconds: 48 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  // Monday, 11:00 in Sofia; Tuesday is a holiday.
  const { body } = await desk.owner.request('GET', `/tickets/${id}/clocks`);
  expect(body).toMatchObject({
    policy: { id: desk.policyId, name: 'Own', calendarName: 'Office', timeZone: 'Europe/Sofia' },
    items: [
      { metric: 'resolution', state: 'running', dueAt: '2026-03-04T09:00:00.000Z', workingTime: false, explanation: [{ from: '2026-03-02T09:00:00.000Z', to: '2026-03-04T09:00:00.000Z' }] },
      { metric: 'first_reply', state: 'running', dueAt: '2026-03-04T10:00:00.000Z', remainingSeconds: 9 * HOUR, workingTime: true, targetSeconds: 9 * HOUR, percent: 0,
        explanation: [{ from: '2026-03-02T09:00:00.000Z', to: '2026-03-02T15:00:00.000Z' }, { from: '2026-03-04T07:00:00.000Z', to: '2026-03-04T10:00:00.000Z' }] },
    ],
  });
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBe('2026-03-04T09:00:00.000Z');

  desk.pass(120);
  await desk.reply(id);
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'resolution', state: 'running' }, { metric: 'first_reply', state: 'met', remainingSeconds: 7 * HOUR }]);
  desk.pass(60);
  await desk.change(id, { status: 'resolved' });
  expect(await desk.clocks(id)).toMatchObject([{ state: 'met' }, { state: 'met' }]);
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt).toBeNull();
});

test('without policies of one\'s own, mail is promised an answer within 24 hours and letters count from the day they came', async () => {
  const desk = await mailDesk();
  await desk.send(asking);
  const [mail] = await desk.tickets();
  expect((await desk.owner.request('GET', `/tickets/${mail!.id}/clocks`)).body).toMatchObject({ items: [{ metric: 'first_reply', state: 'running', dueAt: '2026-03-03T09:00:00.000Z' }] });
  // Warned at every threshold, each once; the leads only at the end.
  const [policy] = (await desk.owner.request('GET', '/sla-policies')).body.items as { actions: { do: string; at: number; whom?: string }[] }[];
  expect(policy!.actions.map(({ do: what, at, whom }) => `${at} ${whom ?? what}`)).toEqual(['50 assignee', '75 assignee', '90 assignee', '90 leads', '100 assignee', '100 escalate']);

  await desk.owner.request('POST', '/tickets', { subject: 'Complaint', channel: 'letter', direction: 'in', text: 'Dear all', customer: { email: 'old@mail.test' }, receivedAt: '2026-02-25T10:00:00Z' });
  const [letter] = await desk.tickets();
  expect((await desk.owner.request('GET', `/tickets/${letter!.id}/clocks`)).body).toMatchObject({ items: [{ metric: 'first_reply', state: 'running', startedAt: '2026-02-25T10:00:00.000Z', dueAt: '2026-03-11T10:00:00.000Z' }] });
});

test('a reply counts when it is pressed, taking it back takes that back', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: HOUR, time: 'calendar' }, { metric: 'requester_wait', seconds: 3 * HOUR, time: 'calendar' }]);
  const id = await desk.ask();
  desk.pass(30);
  const before = await desk.clocks(id);
  const entry = await desk.reply(id);
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'requester_wait', state: 'paused', dueAt: null }, { metric: 'first_reply', state: 'met' }]);
  expect((await desk.owner.request('DELETE', `/tickets/${id}/replies/${entry}`)).status).toBe(204);
  expect(await desk.clocks(id)).toEqual(before);
});

test('warnings and the breach are announced once, in the order of their times, and marked late after a stopped night', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'calendar' }], { actions: [{ do: 'notify', at: 75, whom: 'assignee' }, { do: 'escalate', at: 100 }] });
  const first = await desk.ask();
  desk.pass(60);
  const second = await desk.ask({ from: 'Ivo <ivo@mail.test>' });
  desk.pass(60);
  await desk.due();
  expect(await desk.events('sla.warned')).toMatchObject([{ ticketId: first, data: { percent: 50, late: false, notify: [] } }]);

  desk.pass(12 * 60);
  await desk.due();
  await desk.due();
  const told = (await desk.events('sla.warned', 'sla.breached')).map(({ ticketId, data }) => [ticketId === first ? 'first' : 'second', data['percent'], String(data['at']).slice(11, 16), data['late']]);
  expect(told).toEqual([
    ['first', 50, '11:00', false], ['first', 75, '12:00', true], ['second', 50, '12:00', true], ['first', 90, '12:36', true],
    ['first', 100, '13:00', true], ['second', 75, '13:00', true], ['second', 90, '13:36', true], ['second', 100, '14:00', true],
  ]);
  expect((await desk.events('sla.escalated')).map(({ ticketId }) => ticketId)).toEqual([first, second]);
  expect((await desk.clocks(first))[0]).toMatchObject({ state: 'breached', remainingSeconds: -10 * HOUR, percent: 350 });
});

test('two workers at the same breach make one announcement', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: HOUR, time: 'calendar' }]);
  for (let i = 0; i < 8; i++) await desk.ask({ from: `Customer ${i} <c${i}@mail.test>` });
  const other = await desk.beginAgain();
  desk.pass(61);
  for (let i = 0; i < 4; i++) await Promise.all([desk.sla.works[0]!.handle(desk.now(), 5), other.sla.works[0]!.handle(desk.now(), 5)]);
  await desk.due();
  const breached = await desk.events('sla.breached');
  expect([breached.length, new Set(breached.map(({ ticketId }) => ticketId)).size]).toEqual([8, 8]);
});

test('a policy raises the priority without breaking its own promise, hands the ticket over and tells the customer the truth', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 8 * HOUR, time: 'calendar' }, { metric: 'first_reply', priority: 'high', seconds: 2 * HOUR, time: 'calendar' }]);
  const lead = await desk.person('lead', { of: desk.owner });
  await desk.owner.request('PATCH', `/sla-policies/${desk.policyId}`, { actions: [
    { do: 'raise_priority', at: 50, to: 'high' }, { do: 'reassign', at: 75, assigneeId: lead.id }, { do: 'tell_customer', at: 90 },
  ] });
  const id = await desk.ask();
  desk.pass(7.5 * 60);
  await desk.due();
  expect((await desk.owner.request('GET', `/tickets/${id}`)).body).toMatchObject({ priority: 'high', assignee: { id: lead.id } });
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'first_reply', state: 'running', dueAt: '2026-03-02T17:00:00.000Z' }]);
  expect((await desk.entries(id)).at(-1)).toMatchObject({ direction: 'out', author: { kind: 'system', name: 'Own' }, text: expect.stringMatching(/we promised you an answer by Monday,? 2 March at 17:00.*may take us longer.*by Wednesday,? 4 March at 08:00/s) });
  const promised = await desk.promised(id);
  expect(promised).toMatchObject([{ kind: 'answer', state: 'made', dueAt: '2026-03-04T08:00:00.000Z', owner: { id: lead.id }, madeBy: null }]);
  // A word of the program is no answer.
  desk.pass(60);
  expect((await desk.clocks(id))[0]).toMatchObject({ state: 'breached' });
});

test('what is promised changes for open tickets step by step, and at once for those that something happens to', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 8 * HOUR, time: 'working' }]);
  const id = await desk.ask();
  const dueAt = async () => (await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt as string | null;
  expect(await dueAt()).toBe('2026-03-04T09:00:00.000Z');
  // The holiday was entered by mistake.
  await desk.owner.request('PATCH', `/calendars/${desk.calendarId}`, { holidays: [] });
  expect((await desk.clocks(id))[0]).toMatchObject({ dueAt: '2026-03-03T09:00:00.000Z' });
  expect(await dueAt()).toBe('2026-03-04T09:00:00.000Z');
  await desk.follow();
  expect(await dueAt()).toBe('2026-03-03T09:00:00.000Z');

  const urgent = await desk.owner.request('POST', '/sla-policies', { name: 'Urgent', conditions: { all: [{ field: 'priority', operator: 'is', value: 'urgent' }] }, targets: [{ metric: 'first_reply', seconds: 2 * HOUR, time: 'calendar' }] });
  await desk.owner.request('PUT', '/sla-policies/order', { ids: [urgent.body.id, desk.policyId] });
  await desk.change(id, { priority: 'urgent' });
  expect((await desk.clocks(id))[0]).toMatchObject({ dueAt: '2026-03-02T11:00:00.000Z' });
  expect((await desk.owner.request('POST', '/sla-policies/matches', { conditions: urgent.body.conditions })).body).toEqual({ count: 1, more: false });

  for (const { id: policy } of (await desk.owner.request('GET', '/sla-policies')).body.items) await desk.owner.request('PATCH', `/sla-policies/${policy}`, { enabled: false });
  await desk.follow();
  expect([await desk.clocks(id), await dueAt()]).toEqual([[], null]);
  // What happened while nothing was promised is made up for.
  desk.pass(30);
  await desk.reply(id);
  await desk.owner.request('PATCH', `/sla-policies/${desk.policyId}`, { enabled: true });
  expect(await desk.clocks(id)).toMatchObject([{ metric: 'first_reply', state: 'met', remainingSeconds: 8 * HOUR - 1_800 }]);
});

/** 2 March 2026, 9:00 UTC, Monday; the workspace lives by UTC, its only calendar by Sofia. */
const late = (actions: object[]) => promising([{ metric: 'first_reply', seconds: 2 * HOUR, time: 'working' }], { actions });

test('who was told the truth is not told again before that time, and the next word of a person keeps it; taken back, it stands again', async () => {
  const desk = await late([{ do: 'tell_customer', at: 90 }, { do: 'tell_customer', at: 100 }]);
  const id = await desk.ask();
  desk.pass(115);
  await desk.due();
  desk.pass(10);
  await desk.due();
  expect((await desk.entries(id)).filter((one: { direction: string }) => one.direction === 'out')).toHaveLength(1);
  expect(await desk.promised(id)).toMatchObject([{ kind: 'answer', state: 'made', dueAt: '2026-03-02T13:00:00.000Z' }]);
  const entry = await desk.reply(id);
  expect(await desk.promised(id)).toEqual([]);
  expect((await desk.owner.request('DELETE', `/tickets/${id}/replies/${entry}`)).status).toBe(204);
  expect(await desk.promised(id)).toMatchObject([{ state: 'due_soon', endedAt: null }]);
  // Nobody kept it: an apology is owed; the promise goes with its ticket.
  desk.pass(120);
  await desk.rounds();
  expect((await desk.promised(id)).map(({ kind, state }) => `${kind} ${state}`).sort()).toEqual(['answer broken', 'apology made']);
  await desk.change(id, { assigneeId: desk.owner.id });
  expect((await desk.promised(id)).find(({ kind }) => kind === 'answer')).toMatchObject({ owner: { id: desk.owner.id } });
});

test('whom no mail reaches is to be called, and whoever has the ticket is told', async () => {
  const desk = await late([{ do: 'tell_customer', at: 100 }]);
  const { body: ticket } = await desk.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'letter', direction: 'in', customer: { name: 'Ana', phone: '+359888123456' }, text: 'Dear all' });
  await desk.change(ticket.id, { assigneeId: desk.owner.id });
  desk.pass(121);
  await desk.due();
  expect(await desk.events('commitment.untold')).toMatchObject([{ ticketId: ticket.id, data: { reason: 'no_address', ownerId: desk.owner.id, kind: 'answer' } }]);
  expect(await desk.promised(ticket.id)).toMatchObject([{ kind: 'answer', entryId: null, dueAt: '2026-03-02T13:15:00.000Z' }]);
  expect((await desk.entries(ticket.id)).filter((one: { type: string; direction: string }) => one.type === 'message' && one.direction === 'out')).toEqual([]);
});
