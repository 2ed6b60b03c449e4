import { expect, test } from 'vitest';
import { randomBy } from '../../../kernel/random.ts';
import { HOUR, promising } from '../../../testing/promising-desk.ts';
import type { LogEvent } from '../../../testing/quarter/desk.ts';
import { createReplay } from '../../../testing/quarter/replay.ts';
import { workingTime } from '../../calendars/core/working-time.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { standingOf } from '../../conditions/core/standing.ts';
import type { Target } from '../../sla/core/contract.ts';
import { expired, type Rule } from '../../sla/core/policy.ts';
import type { Sheet } from '../../sla/core/sheet.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';

const PATIENCE_MS = 60_000;
const office = [{ from: '09:00', to: '17:00' }];
const time = workingTime({ timeZone: 'Europe/Sofia', week: { mon: office, tue: office, wed: office, thu: office, fri: office }, holidays: [{ date: '2026-03-03', name: 'Liberation Day' }], closures: [] });
const target = (metric: Target['metric'], hours: number, more: Partial<Target> = {}): Target => ({ metric, seconds: hours * HOUR, time: 'working', ...more });
const OWN: Target[] = [
  target('first_reply', 4), target('first_reply', 1, { priority: 'urgent' }), target('next_reply', 3), target('periodic_update', 20, { time: 'calendar' }), target('pausable_update', 5), target('requester_wait', 9),
  target('agent_work', 6), target('resolution', 30, { time: 'calendar' }),
];
const OLD: Target[] = [target('first_reply', 5), target('next_reply', 5), target('answer', 1)];
const old = (hours: number): Condition => ({ version: 1, all: [{ field: 'waitingSince', operator: 'working_older_than', value: { amount: hours, unit: 'hours' } }] });
const aged: Condition = { version: 1, all: [{ field: 'createdAt', operator: 'older_than', value: { amount: 8, unit: 'hours' } }] };

test('weeks of a desk, through its front doors, made again from the event log alone: the same clocks, kept and broken promises, assignments, queues', async () => {
  const desk = await promising(OWN);
  const { owner } = desk;
  const { body: late } = await owner.request('POST', '/sla-policies', { name: 'Old', conditions: old(3), calendarId: desk.calendarId, targets: OLD });
  await owner.request('PUT', '/sla-policies/order', { ids: [late.id, desk.policyId] });
  const { body: agedQueue } = await owner.request('POST', '/queues', { name: 'Aged', conditions: aged });
  const { body: queue } = await owner.request('POST', '/queues', { name: 'All', mode: 'round_robin' });
  const agents = [await desk.person('agent', { of: owner }), await desk.person('agent', { of: owner }), owner];
  const random = randomBy(20_260_302);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const ids: string[] = [];
  const arrive = async (): Promise<void> => {
    const call = pick([true, false]);
    const { body } = await pick(agents).request('POST', '/tickets', {
      subject: 'Kettle', direction: 'in', assigneeId: null, text: 'cracked', customer: { email: `c${ids.length % 5}@example.org` }, priority: pick(['low', 'normal', 'urgent']), language: pick(['bg', 'ar']),
      ...(call ? { channel: 'phone', pickedUp: { askedAt: desk.now(), answeredAt: desk.now() } } : { channel: 'letter', receivedAt: new Date(desk.now().getTime() - 3_600_000) }),
    });
    ids.push(body.id);
  };
  const act: Record<string, (id: string, who: (typeof agents)[number]) => Promise<unknown>> = {
    reply: (id, who) => who.request('POST', `/tickets/${id}/replies`, { text: 'Tomorrow.', ...(pick([true, false]) && { status: 'resolved' }) }),
    undo: async (id, who) => { const { body } = await who.request('POST', `/tickets/${id}/replies`, { text: 'No.' }); await who.request('DELETE', `/tickets/${id}/replies/${body.id}`); },
    status: (id, who) => who.request('PATCH', `/tickets/${id}`, { status: pick(['open', 'waiting_customer', 'scheduled', 'resolved']) }),
    priority: (id, who) => who.request('PATCH', `/tickets/${id}`, { priority: pick(['low', 'urgent']) }),
    giveAway: (id, who) => who.request('PATCH', `/tickets/${id}`, { assigneeId: pick([null, owner.id]) }),
    letter: (id, who) => who.request('POST', `/tickets/${id}/contacts`, { type: 'letter', direction: 'in', text: 'And now?' }),
    call: (id, who) => who.request('POST', `/tickets/${id}/contacts`, { type: 'call', direction: 'out', text: 'Spoke with them.' }),
    merge: (id, who) => who.request('POST', `/tickets/${id}/merges`, { into: pick(ids) }),
    throwAway: (id, who) => who.request('PUT', `/tickets/${id}/deletion`),
    restore: (id, who) => who.request('DELETE', `/tickets/${id}/deletion`),
    presence: (_id, who) => who.request('PUT', '/me/presence', { state: pick(['online', 'online', 'offline']) }),
  };
  for (let step = 0; step < 80; step += 1) {
    desk.pass(1 + Math.floor(random() * 90));
    await desk.due();
    if (step % 8 === 0) await arrive();
    else await act[pick(['reply', 'reply', 'letter', 'letter', ...Object.keys(act)])]!(pick(ids), pick(agents));
    desk.pass(1);
    if (step % 5 === 0) await desk.rounds();
  }
  await desk.rounds();

  const rule = (id: string, conditions: Condition | null, targets: Target[]): Rule => ({ id, name: id, calendarId: desk.calendarId, conditions, targets, actions: [], time, heldBy: null });
  const promised = { list: [rule(late.id, old(3), OLD), rule(desk.policyId, null, OWN)], hours: { of: () => ({ calendarId: null, time }), timeOf: () => time } };
  const replay = createReplay({
    promised, isPolicy: () => false, queueOf: (state, now) => (standingOf(aged, TICKET_FIELDS, { now: new Date(now) }, state).holds ? agedQueue.id : queue.id),
  });
  const { owner: sql } = desk.db;
  for (const { seq, type, ticket_id, subject_id, at, actor_kind, actor_id, data } of await sql.selectFrom('events').selectAll().orderBy('seq').execute()) {
    if (ticket_id !== null || type === 'presence.changed') replay.hear({ seq, type, ticketId: ticket_id ?? '', subjectId: subject_id, at, actor: { kind: actor_kind, id: actor_id }, data: data as LogEvent['data'] });
  }

  const now = desk.now().getTime();
  const results = await sql.selectFrom('sla_results').select(['ticket_id as id', 'metric', 'round', 'kept', 'due_at as due', 'ended_at as ended', 'seconds']).execute();
  for (const { id, sheet } of await sql.selectFrom('sla_sheets').select(['ticket_id as id', 'sheet']).$castTo<{ id: string; sheet: Sheet }>().execute()) {
    const replayed = replay.clocks(id, now);
    expect(plain(replayed.sheet), id).toEqual(plain(expired(sheet, promised.list[1]!, now)));
    const theirs = results.filter((one) => one.id === id).map((one) => [`${one.metric} ${one.round}`, one.kept, one.due?.getTime() ?? null, one.ended?.getTime() ?? null, one.seconds]);
    expect([...replayed.outcomes].map(([key, { kept, dueAt, endedAt, seconds }]) => [key, kept, dueAt, endedAt, seconds]).sort(byName), id).toEqual(theirs.sort(byName));
  }
  expect(results.length).toBeGreaterThan(15);

  const tickets = await sql.selectFrom('tickets').select(['id', 'status', 'priority', 'assignee_id as assigneeId', 'waiting_since as waitingSince', 'merged_into as mergedInto', 'language', 'deleted_at as deletedAt']).execute();
  const waiting = await sql.selectFrom('queue_tickets').select(['queue_id as id']).where('state', '=', 'waiting').execute();
  for (const { id, ...ticket } of tickets) expect(essence(replay.state(id)!), id).toEqual(ticket);
  const counted = replay.counted(now);
  expect(counted.byQueue).toEqual(Object.fromEntries([...Map.groupBy(waiting, ({ id }) => id)].map(([id, rows]) => [id, rows.length])));
  expect(counted.there).toEqual((await sql.selectFrom('presences').select('person_id as id').where('state', '=', 'online').execute()).map(({ id }) => id).sort());
}, PATIENCE_MS);

const byName = ([a]: readonly unknown[], [b]: readonly unknown[]): number => String(a).localeCompare(String(b));

/** What was announced is a matter of who was told, not of what happened; of what has ended the result counts. */
const plain = ({ clocks, ...sheet }: Sheet) => ({ ...sheet, clocks: clocks.filter(({ metric }, i) => !clocks.some((other, j) => j > i && other.metric === metric)).map(({ told: _told, ...clock }) => (clock.end ? { ...clock, goal: null } : clock)) });
const essence = ({ status, priority, assigneeId, waitingSince, mergedInto, language, deletedAt }: NonNullable<ReturnType<ReturnType<typeof createReplay>['state']>>) =>
  ({ status, priority, assigneeId, waitingSince, mergedInto, language, deletedAt });
