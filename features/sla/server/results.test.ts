import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { HOUR, promising } from '../../../testing/promising-desk.ts';

const results = async (desk: Awaited<ReturnType<typeof promising>>, query = '') =>
  (await desk.owner.request('GET', `/sla/results${query}`)).body.items as { metric: string; round: number; kept: boolean; endedAt: string | null; seconds: number; person: { id: string } | null; ticket: { id: string } }[];

test('what came of each promise is kept: in time, too late, taken back, not ended yet; and counted by month', async () => {
  const desk = await promising([{ metric: 'first_reply', seconds: 2 * HOUR, time: 'calendar' }, { metric: 'resolution', seconds: 24 * HOUR, time: 'calendar' }]);
  const [kept, late, open] = [await desk.ask(), await desk.ask({ from: 'Ivo <ivo@mail.test>' }), await desk.ask({ from: 'Eva <eva@mail.test>' })];
  desk.pass(60);
  await desk.reply(kept);
  const undone = await desk.reply(late);
  expect(await results(desk)).toMatchObject([{ metric: 'first_reply', kept: true, seconds: HOUR }, { metric: 'first_reply', kept: true, person: { id: desk.owner.id } }]);

  expect((await desk.owner.request('DELETE', `/tickets/${late}/replies/${undone}`)).status).toBe(204);
  expect((await results(desk)).map(({ ticket }) => ticket.id)).toEqual([kept]);

  desk.pass(120);
  await desk.due();
  expect(await results(desk, '?kept=false')).toMatchObject([{ kept: false, endedAt: null, seconds: 2 * HOUR }, { kept: false, endedAt: null }]);
  await desk.reply(late);
  await desk.change(kept, { status: 'resolved' });
  expect((await results(desk)).filter(({ ticket }) => ticket.id === late)).toMatchObject([{ kept: false, endedAt: '2026-03-02T12:00:00.000Z', seconds: 3 * HOUR }]);

  const { body } = await desk.owner.request('GET', '/sla/figures?months=1');
  expect(body).toMatchObject({ items: [
    { month: '2026-03', metric: 'first_reply', team: null, decided: 3, kept: 1, open: 1, share: 1 / 3, low: expect.closeTo(0.0615, 4), high: expect.closeTo(0.7923, 4) },
    { month: '2026-03', metric: 'resolution', decided: 1, kept: 1, share: 1 },
  ] });
  // Opened again, it is not decided any more; thrown away, nothing that is still open has been broken.
  await desk.change(kept, { status: 'open' });
  expect((await desk.owner.request('PUT', `/tickets/${open}/deletion`)).status).toBe(200);
  expect((await results(desk)).map(({ metric, kept: isKept }) => [metric, isKept])).toEqual([['first_reply', false], ['first_reply', true]]);

  const page = await desk.owner.request('GET', '/sla/results?limit=1');
  const { body: next } = await desk.owner.request('GET', `/sla/results?limit=1&cursor=${page.body.nextCursor}`);
  expect([page.body.items.length, next.items.length, next.nextCursor]).toEqual([1, 1, null]);
  const agent = await desk.person('agent', { of: desk.owner });
  expect([(await agent.request('GET', '/sla/results')).status, (await agent.request('GET', '/sla/figures')).status]).toEqual([403, 403]);

  // Against the month before, of the same promise: 160 of 200 were kept in February, 178 of 200 in March.
  await sql`insert into sla_results (workspace_id, ticket_id, metric, round, started_at, decided_at, ended_at, kept, target_seconds, working, seconds)
    select ${desk.owner.workspaceId}, ${kept}, 'agent_work', n, at, at, at, n % 200 < case when n < 200 then 160 else 178 end, 60, false, 60
    from (select n, case when n < 200 then timestamptz '2026-02-10' else timestamptz '2026-03-02' end as at from generate_series(0, 399) n) as made`.execute(desk.db.owner);
  const months = async (count: number) => (await desk.owner.request('GET', `/sla/figures?months=${count}`)).body.items.filter((one: { metric: string }) => one.metric === 'agent_work');
  const change = { difference: expect.closeTo(0.09, 6), low: expect.closeTo(0.019, 3), high: expect.closeTo(0.161, 3), p: expect.closeTo(0.0129, 4), enough: 906 };
  expect(await months(1)).toMatchObject([{ month: '2026-03', kept: 178, decided: 200, change }]);
  expect(await months(2)).toMatchObject([{ month: '2026-03', change }, { month: '2026-02', kept: 160, change: null }]);
});

test('a policy that asks how old something is holds from that moment on, though nothing happens to the ticket', async () => {
  const desk = await promising([{ metric: 'requester_wait', seconds: 48 * HOUR, time: 'calendar' }]);
  const old = { all: [{ field: 'waitingSince', operator: 'working_older_than', value: { amount: 3, unit: 'hours' } }] };
  const { body: policy } = await desk.owner.request('POST', '/sla-policies', { name: 'Old', conditions: old, calendarId: desk.calendarId, targets: [{ metric: 'requester_wait', seconds: 5 * HOUR, time: 'calendar' }] });
  await desk.owner.request('PUT', '/sla-policies/order', { ids: [policy.id, desk.policyId] });
  const id = await desk.ask();
  const dueAt = async () => (await desk.owner.request('GET', `/tickets/${id}`)).body.dueAt as string;
  desk.pass(3 * 60);
  await desk.due();
  expect(await dueAt()).toBe('2026-03-04T09:00:00.000Z');
  desk.pass(1);
  // Shown at once, and for lists as soon as a worker has been here.
  expect((await desk.clocks(id))[0]).toMatchObject({ dueAt: '2026-03-02T14:00:00.000Z', percent: 60 });
  await desk.due();
  expect(await dueAt()).toBe('2026-03-02T14:00:00.000Z');
  // What was missed in a stopped night is told in order, also of a promise that came to hold meanwhile.
  desk.pass(12 * 60);
  await desk.due();
  expect((await desk.events('sla.warned', 'sla.breached')).map(({ data }) => [data['percent'], data['late']])).toEqual([[50, true], [75, true], [90, true], [100, true]]);
});

test('a call that is written down later counts from when it rang to when somebody was there', async () => {
  const desk = await promising([{ metric: 'answer', seconds: 60, time: 'calendar' }]);
  const log = (pickedUp: object | undefined, more: object = {}) => desk.owner.request('POST', '/tickets', { subject: 'Call', channel: 'phone', direction: 'in', text: 'Asked for the price.', customer: { phone: '+359888123456' }, pickedUp, ...more });
  const quick = await log({ askedAt: '2026-03-02T08:00:00Z', answeredAt: '2026-03-02T08:00:40Z' });
  expect(await desk.clocks(quick.body.id)).toMatchObject([{ metric: 'answer', state: 'met', remainingSeconds: 20 }]);
  const slow = await log({ askedAt: '2026-03-02T08:00:00Z', answeredAt: '2026-03-02T08:01:10Z' });
  expect(await desk.clocks(slow.body.id)).toMatchObject([{ metric: 'answer', state: 'breached', dueAt: '2026-03-02T08:01:00.000Z' }]);
  desk.pass(30);
  await desk.owner.request('POST', `/tickets/${slow.body.id}/contacts`, { type: 'call', direction: 'in', text: 'Called again.', pickedUp: { askedAt: '2026-03-02T09:29:00Z', answeredAt: '2026-03-02T09:29:05Z' } });
  expect((await results(desk)).map(({ metric, round, kept, seconds }) => [metric, round, kept, seconds])).toEqual([['answer', 2, true, 5], ['answer', 1, false, 70], ['answer', 1, true, 40]]);
  // At the desk too: from the ticket that they drew to the moment in which they were called.
  const visit = await log({ askedAt: '2026-03-02T09:00:00Z', answeredAt: '2026-03-02T09:00:50Z' }, { channel: 'desk' });
  expect(await desk.clocks(visit.body.id)).toMatchObject([{ metric: 'answer', state: 'met', remainingSeconds: 10 }]);
  await desk.due();
  expect(await desk.events('sla.breached')).toEqual([]);
  for (const [pickedUp, more] of [[{ askedAt: '2026-03-02T09:00:00Z', answeredAt: '2026-03-02T08:00:00Z' }, {}], [{ askedAt: '2026-03-02T09:00:00Z', answeredAt: '2026-03-03T09:00:00Z' }, {}], [{ askedAt: '2026-03-02T08:00:00Z', answeredAt: '2026-03-02T08:00:00Z' }, { direction: 'out' }]] as const) {
    expect((await log(pickedUp, more)).body).toMatchObject({ code: 'contact.bad_times' });
  }
});
