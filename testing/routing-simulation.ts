import { addWork, noLoad, USUAL_CAPACITY, type Channel } from '../features/routing/core/capacity.ts';
import { decide } from '../features/routing/core/decide.ts';
import { belongs, isAble, isFree, isThere, needsOf, type Agent, type QueueRule, type Waiting } from '../features/routing/core/needs.ts';
import { byTurn, rankAt } from '../features/routing/core/turn.ts';
import { isLive } from '../features/tickets/core/channels.ts';
import { randomBy } from '../kernel/random.ts';
import { createAgenda } from './agenda.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const BEGINS = Date.UTC(2026, 2, 2, 8);
const PRIORITIES = ['low', 'normal', 'normal', 'normal', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'] as const;
const LANGUAGES = ['bg', 'en', 'pl', 'ar'] as const;
const SPOKEN: ReadonlyMap<string, string> = new Map(LANGUAGES.map((language) => [language, `speaks ${language}`]));
const USUAL: Omit<QueueRule, 'id' | 'mode'> = { teamIds: [], overflow: [], offerSeconds: null, skills: [], language: null, ownAgentSeconds: null };
const QUEUES: readonly QueueRule[] = [
  { ...USUAL, id: 'mail', mode: 'least_loaded', teamIds: ['first'], overflow: [{ teamId: 'second', afterSeconds: 4 * 3600 }], language: { level: 1, need: 'required', relaxAfterSeconds: 3 * 3600 } },
  { ...USUAL, id: 'talk', mode: 'longest_idle', teamIds: ['first'], language: { level: 1, need: 'preferred', relaxAfterSeconds: null } },
  { ...USUAL, id: 'refunds', mode: 'round_robin', teamIds: ['second'], skills: [{ id: 'refunds', level: 2, need: 'required', relaxAfterSeconds: 2 * 3600 }] },
];

export type Told = { ticketId: string; agentId: string; queueId: string; priority: string; language: string; channel: Channel; since: number; dueAt: number | null; at: number };
export type Simulated = {
  told: readonly Told[];
  /** Still waiting when nothing happened any more. */
  left: number;
  longestHours: number;
  /** Somebody was given a ticket although one that they could have taken had its turn before. */
  jumped: number;
  returned: number;
  /** Of agents who are alike and had enough to compare: tickets an hour of presence, of each. */
  alike: readonly (readonly number[])[];
  decisions: number;
};

type Person = Agent & { load: Agent['load']; state: Agent['state']; readonly kind: string; presentMs: number; cameAt: number; taken: number; hands: Map<string, InHand> };
type Job = Waiting & { readonly priority: string; readonly promisedAt: number | null; readonly takes: number };
/** Work goes on only while its person is there. */
type InHand = { readonly job: Job; left: number; begunAt: number };

/** Days at a desk in virtual time: people come and go, fall ill, vanish in the middle of a chat; tickets of all kinds arrive and are done. */
export function simulate({ tickets, agents, seed }: { tickets: number; agents: number; seed: number }): Simulated {
  const random = randomBy(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const agenda = createAgenda();
  const queues = new Map(QUEUES.map((queue) => [queue.id, queue]));
  const people = Array.from({ length: agents }, (_, i) => newPerson(i));
  const waiting = new Map<string, Job>();
  const told: Told[] = [];
  const days = Math.ceil(tickets / (agents * 28));
  let [now, decisions, jumped, returned] = [BEGINS, 0, 0, 0];

  function give(): void {
    if (waiting.size === 0) return;
    const given = decide({ queues, agents: people, waiting: [...waiting.values()], languages: SPOKEN }, now);
    if (given.length === 0) return;
    const before = people.map((person) => ({ ...person, load: { ...person.load, counts: { ...person.load.counts } } }));
    decisions += given.length;
    jumped += jumps(given.map(({ ticketId, personId }) => ({ job: waiting.get(ticketId)!, agent: before.find(({ id }) => id === personId)! })));
    for (const { ticketId, personId } of given) take(people.find(({ id }) => id === personId)!, waiting.get(ticketId)!);
  }

  /** In the order of decisions, against what was left waiting. */
  function jumps(given: readonly { job: Job; agent: Person }[]): number {
    const takenIds = new Set(given.map(({ job }) => job.ticketId));
    const left = [...waiting.values()].filter(({ ticketId }) => !takenIds.has(ticketId));
    return given.filter(({ job, agent }) => {
      const isJump = left.some((other) => byTurn(other, job) < 0 && could(agent, other));
      addWork(agent.load, agent.capacity, { channel: job.channel, count: 1, percent: 100 });
      return isJump;
    }).length;
  }

  function could(agent: Person, job: Job): boolean {
    const needs = needsOf(queues.get(job.queueId)!, job, SPOKEN, now);
    return isThere(agent, job.channel) && belongs(agent, needs) && isAble(agent, needs) && isFree(agent, job.channel, now);
  }

  function take(person: Person, job: Job): void {
    waiting.delete(job.ticketId);
    told.push({ ticketId: job.ticketId, agentId: person.id, queueId: job.queueId, priority: job.priority, language: job.language ?? '', channel: job.channel, since: job.since, dueAt: job.promisedAt, at: now });
    person.taken += 1;
    const inHand: InHand = { job, left: job.takes, begunAt: now };
    person.hands.set(job.ticketId, inHand);
    addWork(person.load, person.capacity, { channel: job.channel, count: 1, percent: 100 });
    Object.assign(person, { lastGivenAt: now, idleSince: now });
    goOn(person, inHand);
  }

  function goOn(person: Person, inHand: InHand): void {
    const begunAt = inHand.begunAt = now;
    agenda.plan(now + inHand.left, () => {
      if (person.state === 'online' && person.hands.get(inHand.job.ticketId) === inHand && inHand.begunAt === begunAt) put(person, inHand.job);
    });
  }

  function put(person: Person, job: Job): void {
    person.hands.delete(job.ticketId);
    addWork(person.load, person.capacity, { channel: job.channel, count: -1, percent: 100 });
    Object.assign(person, { idleSince: now, ...(isLive(job.channel) && { wrapUpUntil: now + 30 * SECOND }) });
    if (isLive(job.channel)) agenda.plan(now + 30 * SECOND, () => undefined);
  }

  function come(person: Person): void {
    if (person.state === 'online') return;
    Object.assign(person, { state: 'online', cameAt: now, idleSince: now });
    for (const inHand of person.hands.values()) goOn(person, inHand);
  }

  /** Live work goes back with its waiting time; mail stays with whoever went for lunch. */
  function go(person: Person): void {
    if (person.state !== 'online') return;
    person.state = 'offline';
    if (now < BEGINS + days * DAY) person.presentMs += now - person.cameAt;
    for (const inHand of person.hands.values()) {
      const { job } = inHand;
      inHand.left -= now - inHand.begunAt;
      if (!isLive(job.channel)) continue;
      returned += 1;
      put(person, job);
      waiting.set(job.ticketId, { ...job });
    }
  }

  function newPerson(i: number): Person {
    const first = i % 4 !== 3;
    const languages = LANGUAGES.filter((_, l) => l === 0 || l === i % 3 + 1);
    const skills = new Map([...(first ? languages.map((one) => [`speaks ${one}`, 3] as const) : LANGUAGES.map((one) => [`speaks ${one}`, 2] as const)), ...(i % 8 === 3 ? [['refunds', 3] as const] : [])]);
    return {
      id: `agent ${String(i).padStart(2, '0')}`, kind: first ? `first ${i % 3}` : `second ${i % 8}`, teamIds: [first ? 'first' : 'second'], skills, state: 'offline', off: [], capacity: USUAL_CAPACITY,
      load: noLoad(), idleSince: 0, lastGivenAt: 0, wrapUpUntil: null, presentMs: 0, cameAt: 0, taken: 0, hands: new Map(),
    };
  }

  function newJob(number: number, at: number): Job {
    const queue = pick(['mail', 'mail', 'mail', 'mail', 'mail', 'mail', 'mail', 'talk', 'talk', 'refunds'] as const);
    const channel: Channel = queue === 'talk' ? pick(['phone', 'chat', 'chat'] as const) : pick(['email', 'email', 'email', 'letter'] as const);
    const [priority, language] = [pick(PRIORITIES), pick(['bg', 'bg', 'bg', ...LANGUAGES] as const)];
    // Some are promised for a while after they came, others were promised long before their customer wrote again.
    const dueAt = random() < 0.4 ? at + pick([-2, 1, 4, 8, 24, 48]) * HOUR : null;
    const mean = isLive(channel) ? 6 * MINUTE : 150 * MINUTE;
    return { ticketId: `ticket ${number}`, number, queueId: queue, channel, language, own: null, refusedBy: [], since: at, dueAt: null, rankAt: rankAt(at, { priority, dueAt }), promisedAt: dueAt, priority, takes: mean * (0.5 + random()) };
  }

  for (let day = 0; day < days + 5; day += 1) {
    for (const person of people) {
      const begins = BEGINS + day * DAY + random() * HOUR;
      const [lunch, ends] = [begins + (3 + 2 * random()) * HOUR, begins + 9 * HOUR];
      const isIll = day < days && random() < 0.08;
      if (isIll) continue;
      agenda.plan(begins, () => come(person));
      agenda.plan(lunch, () => go(person));
      agenda.plan(lunch + 40 * MINUTE, () => come(person));
      if (random() < 0.2) {
        const lost = begins + random() * 8 * HOUR;
        agenda.plan(lost, () => go(person));
        agenda.plan(lost + 15 * MINUTE, () => { come(person); });
      }
      agenda.plan(ends, () => go(person));
    }
  }
  for (let number = 1; number <= tickets; number += 1) {
    const at = BEGINS + Math.floor(random() * days) * DAY + random() * 9 * HOUR;
    agenda.plan(at, () => { const job = newJob(number, now); waiting.set(job.ticketId, job); });
  }

  for (let event = agenda.next(); event; event = agenda.next()) {
    now = event.at;
    event.what();
    give();
  }
  const kinds = new Map<string, number[]>();
  for (const { kind, taken, presentMs } of people.filter((one) => one.taken >= tickets / agents / 2)) kinds.set(kind, [...(kinds.get(kind) ?? []), taken / (presentMs / HOUR)]);
  const longest = told.reduce((most, { at, since }) => Math.max(most, at - since), 0);
  return { told, left: waiting.size, longestHours: longest / HOUR, jumped, returned, alike: [...kinds.values()], decisions };
}
