import { addWork, noLoad, USUAL_CAPACITY } from '../../features/routing/core/capacity.ts';
import { decide } from '../../features/routing/core/decide.ts';
import type { Agent } from '../../features/routing/core/needs.ts';
import { byTurn } from '../../features/routing/core/turn.ts';
import { isLive } from '../../features/tickets/core/channels.ts';
import type { Status } from '../../features/tickets/core/contract.ts';
import { changeTicket, customerWrote, personReplied, takesAnswers, type TicketState } from '../../features/tickets/core/ticket.ts';
import { randomBy } from '../../kernel/random.ts';
import { createAgenda } from '../agenda.ts';
import { BEGINS, BY_HOUR, BY_WEEKDAY, DAY, DAYS, HOUR, MINUTE, PRIORITIES, QUEUES, SECOND, SPOKEN } from './company.ts';
import { countedOf, type Counted } from './counters.ts';
import { newMatter } from './matters.ts';
import { BY_SYSTEM, createDesk, queueOf, type Actor, type Held, type LogEvent } from './desk.ts';

type Person = Agent & { load: Agent['load']; state: Agent['state']; idleSince: number; absent: boolean; readonly pending: Set<Held> };
export type Business = { readonly tickets: number; readonly agents: number; readonly seed: number };
export type Watch = {
  readonly log: (event: LogEvent) => void;
  /** A ticket to which nothing can happen any more. */
  readonly closed: (held: Held, now: number) => void;
  /** The desk as it is at the end of a week, counted from its tickets and not from the log. */
  readonly week: (counted: Counted, now: number) => void;
};

const queues = new Map(QUEUES.map(({ rule }) => [rule.id, rule]));
const OPEN: ReadonlySet<Status> = new Set(['new', 'open']);
/** Of each kind, as the server looks at them. */
const MOST_LOOKED_AT = 25;

/** A quarter of a desk in virtual time: customers write, call, wait, write again; people come, go, are ill, and do what people do. */
export function doBusiness({ tickets, agents, seed }: Business, watch: Watch): { readonly ends: number; readonly left: readonly Held[] } {
  const random = randomBy(seed);
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const some = (mean: number): number => Math.round(-mean * Math.log(1 - random()));
  const agenda = createAgenda();
  const time = { now: BEGINS };
  const desk = createDesk(agenda, time, (event) => watch.log(event));
  const byCustomer = new Map<string, Held[]>();
  const people = Array.from({ length: agents }, (_, i) => newPerson(i));
  const ids = new Map(people.map((person) => [person.id, person]));
  let [entries, isDirty] = [0, false];

  const at = (): Date => new Date(time.now);
  const by = ({ id }: Pick<Person, 'id'>): Actor => ({ kind: 'person', id });
  const after = (ms: number, what: () => void): void => agenda.plan(time.now + Math.max(SECOND, Math.round(ms)), what);
  const isOver = ({ state }: Held): boolean => state.status === 'closed' || state.mergedInto !== null;

  function newPerson(i: number): Person {
    const second = i % 4 === 3;
    const spoken = [...SPOKEN.values()].filter((_, l) => second || l === 0 || l === 1 + i % 4);
    return {
      id: `agent ${String(i).padStart(2, '0')}`, teamIds: [second ? 'second' : 'first'], skills: new Map(spoken.map((skill) => [skill, 3])), state: 'offline', off: [], capacity: USUAL_CAPACITY,
      load: noLoad(), idleSince: 0, lastGivenAt: 0, wrapUpUntil: null, absent: false, pending: new Set(),
    };
  }

  // Sharing out --------------------------------------------------------------------------------------------------

  function give(): void {
    isDirty = false;
    if (desk.waiting.size === 0 || !people.some(({ state, load }) => state === 'online' && load.all < 100)) return;
    const kinds = Map.groupBy(desk.waiting.values(), ({ queueId, language, channel }) => `${queueId} ${language} ${channel}`);
    const next = [...kinds.values()].flatMap((alike) => alike.sort(byTurn).slice(0, MOST_LOOKED_AT));
    for (const { ticketId, personId } of decide({ queues, agents: people, waiting: next, languages: SPOKEN }, time.now)) assign(desk.tickets.get(ticketId)!, ids.get(personId)!);
  }

  function assign(held: Held, person: Person): void {
    change(held, { assigneeId: person.id }, BY_SYSTEM);
    Object.assign(person, { lastGivenAt: time.now, idleSince: time.now });
    plan(held, person, isLive(held.state.channel) ? some(2 * MINUTE) : 2 * MINUTE + some(8 * MINUTE));
  }

  /** Whatever changes a ticket changes how much its people have in hand. */
  function change(held: Held, patch: Parameters<typeof changeTicket>[1], actor: Actor): void {
    write(held, changeTicket(held.state, patch, at()), actor);
  }

  function write(held: Held, next: TicketState, actor: Actor, ...more: Parameters<typeof desk.write>[3][]): void {
    const [was, is] = [inHand(held.state), inHand(next)];
    if (was && was !== is) carry(was, held.state, -1);
    if (is && was !== is) carry(is, next, 1);
    desk.write(held, next, actor, ...more);
    isDirty = true;
  }

  const inHand = ({ assigneeId, status, deletedAt, mergedInto }: TicketState): Person | null =>
    (assigneeId !== null && OPEN.has(status) && deletedAt === null && mergedInto === null ? ids.get(assigneeId)! : null);

  function carry(person: Person, { channel }: TicketState, count: number): void {
    addWork(person.load, person.capacity, { channel, count, percent: 100 });
    person.idleSince = time.now;
  }

  // People -------------------------------------------------------------------------------------------------------

  function come(person: Person): void {
    if (person.absent || person.state === 'online') return;
    Object.assign(person, { state: 'online', idleSince: time.now });
    present(person);
    for (const held of person.pending) plan(held, person, some(20 * MINUTE));
    person.pending.clear();
  }

  function go(person: Person): void {
    if (person.state !== 'online') return;
    person.state = 'offline';
    present(person);
    for (const held of openOf(person).filter(({ state }) => isLive(state.channel))) change(held, { assigneeId: null }, BY_SYSTEM);
  }

  const present = ({ id, state }: Person): void => {
    isDirty = true;
    watch.log({ seq: 0, type: 'presence.changed', ticketId: '', subjectId: id, at: at(), actor: { kind: 'person', id }, data: { state } });
  };

  const openOf = (person: Person): Held[] => [...desk.tickets.values()].filter(({ state }) => inHand(state) === person);

  /** On a planned absence, what they have goes back to be shared out again. */
  function beAbsent(person: Person, days: number): void {
    go(person);
    person.absent = true;
    for (const held of openOf(person)) change(held, { assigneeId: null }, BY_SYSTEM);
    after(days * DAY, () => { person.absent = false; });
  }

  /** When they are there at that moment; else when they come. */
  function plan(held: Held, person: Person, inMs: number): void {
    after(inMs, () => {
      if (inHand(held.state) !== person) return;
      if (person.state === 'online') work(held, person);
      else person.pending.add(held);
    });
  }

  /** So many of a hundred times. */
  const doings: readonly [number, (held: Held, person: Person) => void][] = [
    [62, reply],
    [8, putOff],
    [6, (held, person) => { change(held, { priority: pick(PRIORITIES) }, by(person)); plan(held, person, some(8 * MINUTE)); }],
    [4, (held, person) => change(held, { assigneeId: null, teamId: 'second' }, by(person))],
    [4, merge],
    [1, throwAway],
    [8, (held, person) => { say(held, person, { type: 'note', direction: 'internal' }, held.state); plan(held, person, some(6 * MINUTE)); }],
    [7, call],
  ];

  function work(held: Held, person: Person): void {
    let left = random() * 100;
    doings.find(([share]) => (left -= share) < 0)?.[1](held, person);
  }

  function call(held: Held, person: Person): void {
    say(held, person, { type: 'call', direction: 'out' }, { ...held.state, waitingSince: null, lastMessageAt: at(), status: held.state.status === 'new' ? 'open' : held.state.status });
    plan(held, person, some(8 * MINUTE));
  }

  const say = (held: Held, person: Person, data: { type: string; direction: string } & Record<string, string | boolean>, next: TicketState): string => {
    const subjectId = `entry ${entries += 1}`;
    write(held, next, by(person), { type: 'entry.added', subjectId, data });
    return subjectId;
  };

  function reply(held: Held, person: Person): void {
    const status = chance(0.38) ? 'resolved' : chance(0.08) ? 'open' : undefined;
    const before = { state: held.state, sheet: held.sheet, rule: held.rule, recheckAt: held.recheckAt, outcomes: new Map(held.outcomes) };
    const next = personReplied(held.state, { text: 'Tomorrow.', by: person.id, status, at: at() });
    const entry = say(held, person, { type: 'message', direction: 'out', holds: chance(0.08) }, next);
    const events = held.events;
    if (chance(0.02)) return after(6 * SECOND, () => { if (held.events === events) undo(held, person, before, entry); });
    goOn(held, person);
  }

  function undo(held: Held, person: Person, before: Parameters<typeof desk.takeBack>[1], entry: string): void {
    if (inHand(held.state) !== person && inHand(before.state) === person) carry(person, before.state, 1);
    desk.takeBack(held, before, entry, by(person));
    isDirty = true;
    plan(held, person, 5 * MINUTE);
  }

  function goOn(held: Held, person: Person): void {
    const { status } = held.state;
    if (status === 'open') return plan(held, person, 10 * MINUTE + some(HOUR));
    if (status === 'resolved') return resolved(held);
    if (chance(0.6)) return after(20 * MINUTE + some(20 * HOUR), () => writesAgain(held));
    const events = held.events;
    after(4 * DAY, () => { if (held.events === events && held.state.status === 'waiting_customer') { change(held, { status: 'resolved' }, BY_SYSTEM); resolved(held); } });
  }

  function resolved(held: Held): void {
    if (chance(0.1)) after(HOUR + some(3 * DAY), () => writesAgain(held));
    after(10 * DAY, () => close(held));
  }

  function close(held: Held): void {
    if (held.state.status !== 'resolved' || held.state.deletedAt !== null || held.state.mergedInto !== null) return;
    if (time.now - held.state.resolvedAt!.getTime() < 10 * DAY) return after(10 * DAY, () => close(held));
    change(held, { status: 'closed' }, BY_SYSTEM);
    finish(held);
  }

  function finish(held: Held): void {
    watch.closed(held, time.now);
    desk.tickets.delete(held.state.id);
    const others = byCustomer.get(held.state.customerId)?.filter((one) => one !== held) ?? [];
    if (others.length === 0) byCustomer.delete(held.state.customerId);
    else byCustomer.set(held.state.customerId, others);
  }

  function putOff(held: Held, person: Person): void {
    const status = pick(['scheduled', 'waiting_third_party'] as const);
    change(held, { status }, by(person));
    after(HOUR + some(30 * HOUR), () => {
      if (held.state.status !== status || held.state.assigneeId === null || held.state.deletedAt !== null || held.state.mergedInto !== null) return;
      const owner = ids.get(held.state.assigneeId)!;
      change(held, { status: 'open' }, chance(0.5) ? by(owner) : BY_SYSTEM);
      plan(held, owner, some(10 * MINUTE));
    });
  }

  function merge(held: Held, person: Person): void {
    const target = byCustomer.get(held.state.customerId)?.find((other) => other !== held && !isOver(other) && other.state.deletedAt === null && other.state.status !== 'resolved');
    if (!target) return reply(held, person);
    const [was, before] = [inHand(held.state), inHand(target.state)];
    desk.merge(held, target, by(person));
    if (was) carry(was, held.state, -1);
    const is = inHand(target.state);
    if (is && is !== before) { carry(is, target.state, 1); plan(target, is, some(10 * MINUTE)); }
    isDirty = true;
  }

  function throwAway(held: Held, person: Person): void {
    write(held, { ...held.state, deletedAt: at() }, by(person), { type: 'ticket.deleted', data: {} });
    if (chance(0.5)) after(some(2 * DAY), () => { write(held, { ...held.state, deletedAt: null }, by(person), { type: 'ticket.restored', data: {} }); plan(held, person, some(10 * MINUTE)); });
  }

  // Customers ----------------------------------------------------------------------------------------------------

  function arrive(number: number): void {
    const { state, author, data } = newMatter(number, { random, pick, chance, some }, { now: time.now, tickets });
    const held = desk.create(state, author === null ? by(pick(people)) : author, { type: 'entry.added', subjectId: `entry ${entries += 1}`, data });
    byCustomer.set(state.customerId, [...(byCustomer.get(state.customerId) ?? []), held]);
    isDirty = true;
  }

  function writesAgain(held: Held): void {
    if (isOver(held) || held.state.deletedAt !== null || !takesAnswers(held.state, 7, at())) return;
    const automatic = chance(0.03);
    const next = customerWrote(held.state, { text: 'And now?', automatic, at: at() });
    write(held, next, { kind: 'customer', id: held.state.customerId }, { type: 'entry.added', subjectId: `entry ${entries += 1}`, data: { type: 'message', direction: 'in', channel: held.state.channel, automatic } });
    const owner = inHand(held.state);
    if (owner) plan(held, owner, 2 * MINUTE + some(10 * MINUTE));
    else if (held.state.status === 'resolved') resolved(held);
  }

  // The quarter --------------------------------------------------------------------------------------------------

  function workDay(person: Person, day: number): void {
    if (chance(0.05)) return;
    const begins = BEGINS + day * DAY + 6.5 * HOUR + random() * HOUR;
    const lunch = begins + (3 + 2 * random()) * HOUR;
    for (const [moment, what] of [[begins, come], [lunch, go], [lunch + 40 * MINUTE, come], [begins + 9 * HOUR, go]] as const) agenda.plan(Math.round(moment), () => what(person));
    if (chance(0.1)) { const lost = begins + random() * 8 * HOUR; agenda.plan(Math.round(lost), () => go(person)); agenda.plan(Math.round(lost + 15 * MINUTE), () => come(person)); }
    if (chance(0.02)) agenda.plan(Math.round(begins - HOUR), () => beAbsent(person, 2 + Math.floor(random() * 8)));
  }

  const perDay = Array.from({ length: DAYS }, (_, day) => BY_WEEKDAY[day % 7]! * (0.8 + 0.4 * random()));
  const whole = perDay.reduce((sum, share) => sum + share, 0);
  const hours = BY_HOUR.reduce((sum, share) => sum + share, 0);
  let number = 0;
  for (let day = 0; day < DAYS; day += 1) {
    agenda.plan(BEGINS + day * DAY, () => startDay(day));
  }

  /** Of the agenda only what is near is written down. */
  function startDay(day: number): void {
    if (day % 7 === 0 && day > 0) watch.week(countedOf([...desk.tickets.values()].map(({ state }) => state), people, time.now, (state, now) => queueOf(state, now).queue!.rule.id), time.now);
    for (const person of people) if (day % 7 !== 6) workDay(person, day);
    const today = day === DAYS - 1 ? tickets - number : Math.round((tickets * perDay[day]!) / whole);
    for (let i = 0; i < today && number < tickets; i += 1) {
      number += 1;
      const [mine, hour] = [number, hourOf(random() * hours)];
      agenda.plan(Math.round(BEGINS + day * DAY + (hour + random()) * HOUR), () => arrive(mine));
    }
  }

  function hourOf(dice: number): number {
    let left = dice;
    return Math.max(0, BY_HOUR.findIndex((share) => (left -= share) < 0));
  }

  const ends = BEGINS + DAYS * DAY;
  for (let event = agenda.next(); event && event.at < ends; event = agenda.next()) {
    time.now = event.at;
    event.what();
    if (isDirty) give();
  }
  time.now = ends;
  return { ends, left: [...desk.tickets.values()] };
}
