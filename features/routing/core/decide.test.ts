import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addWork, noLoad, USUAL_CAPACITY, type Channel } from './capacity.ts';
import { decide } from './decide.ts';
import type { Agent, QueueRule, Waiting } from './needs.ts';
import { rankAt } from './turn.ts';
import { whyWaiting } from './waiting.ts';

const NOW = Date.UTC(2026, 2, 2, 12);
const MINUTE = 60_000;
const SPOKEN = new Map([['bg', 'speaks bg'], ['en', 'speaks en'], ['pl', 'speaks pl']]);

const queue = (given: Partial<QueueRule> = {}): QueueRule => ({
  id: 'q', mode: 'least_loaded', teamIds: [], overflow: [], offerSeconds: null, skills: [], language: null, ownAgentSeconds: null, ...given,
});
function agent(id: string, { hands = {}, ...given }: Partial<Agent> & { hands?: Partial<Record<Channel, number>> } = {}): Agent {
  const load = noLoad();
  for (const [channel, count] of Object.entries(hands)) addWork(load, USUAL_CAPACITY, { channel: channel as Channel, count, percent: 100 });
  return { id, teamIds: ['a'], skills: new Map(), state: 'online', off: [], capacity: USUAL_CAPACITY, load, idleSince: 0, lastGivenAt: 0, wrapUpUntil: null, ...given };
}
let numbers = 0;
function ticket(ticketId: string, { minutes = 0, priority = 'normal', ...given }: Partial<Waiting> & { minutes?: number; priority?: string } = {}): Waiting {
  const since = NOW - minutes * MINUTE;
  return { ticketId, number: (numbers += 1), queueId: 'q', channel: 'email', language: null, own: null, dueAt: null, refusedBy: [], since, rankAt: rankAt(since, { priority }), ...given };
}
const run = (waiting: Waiting[], agents: Agent[], rule = queue()) => decide({ queues: new Map([[rule.id, rule]]), agents, waiting, languages: SPOKEN }, NOW);
const pairs = (...given: Parameters<typeof run>) => run(...given).map(({ ticketId, personId }) => `${ticketId} → ${personId}`);
const why = (one: Waiting, agents: Agent[], rule = queue()) => whyWaiting(one, { queue: rule, agents, languages: SPOKEN, ahead: 0 }, NOW).map(({ code }) => code);

test('urgency is a head start in waiting time, and no more', () => {
  const one = agent('ana', { hands: { email: 9 } });
  expect(pairs([ticket('waits 10 minutes', { minutes: 10 }), ticket('urgent', { priority: 'urgent' })], [one])).toEqual(['urgent → ana']);
  expect(pairs([ticket('low, since yesterday', { minutes: 25 * 60, priority: 'low' }), ticket('urgent', { priority: 'urgent' })], [one])).toEqual(['low, since yesterday → ana']);
});

test('what is promised for soon comes before what is equal otherwise, and says so', () => {
  const one = agent('ana', { hands: { email: 9 } });
  const promised = (minutes: number, inMinutes: number) => {
    const [since, dueAt] = [NOW - minutes * MINUTE, NOW + inMinutes * MINUTE];
    return { ...ticket(`due in ${inMinutes}`, { minutes, dueAt }), rankAt: rankAt(since, { priority: 'normal', dueAt }) };
  };
  expect(pairs([ticket('waits 10 hours', { minutes: 600 }), promised(5, 60), promised(5, 120)], [one])).toEqual(['due in 60 → ana']);
  expect(run([promised(5, 60)], [one])[0]?.why.at(-1)).toEqual({ code: 'turn_due', values: { waitedSeconds: 300, headStartSeconds: 82_500, inSeconds: 3_600 } });
  expect(run([promised(5, -60)], [one])[0]?.why.at(-1)).toEqual({ code: 'turn_late', values: { waitedSeconds: 300, headStartSeconds: 86_400, inSeconds: 3_600 } });
  expect(pairs([ticket('since the day before yesterday', { minutes: 25 * 60, priority: 'low' }), promised(5, -600)], [one])).toEqual(['since the day before yesterday → ana']);
});

test('a ticket of low priority is taken while urgent ones keep coming faster than anybody can work', () => {
  let [waiting, hours] = [[ticket('low', { priority: 'low' })], 0];
  for (; waiting.some(({ ticketId }) => ticketId === 'low') && hours < 100; hours += 1) {
    const now = NOW + hours * 60 * MINUTE;
    for (const i of [1, 2, 3]) waiting.push({ ...ticket(`urgent ${hours} ${i}`), since: now, rankAt: rankAt(now, { priority: 'urgent' }) });
    const free = agent('ana', { hands: { email: 9 } });
    const taken = decide({ queues: new Map([['q', queue()]]), agents: [free], waiting, languages: SPOKEN }, now).map(({ ticketId }) => ticketId);
    waiting = waiting.filter(({ ticketId }) => !taken.includes(ticketId));
  }
  expect(hours).toBeLessThanOrEqual(24 * 3 + 1);
});

test('equal tickets are taken in order of arrival, whatever their channel and language', () => {
  fc.assert(fc.property(
    fc.array(fc.record({ minutes: fc.integer({ min: 0, max: 600 }), channel: fc.constantFrom('email', 'letter', 'web'), language: fc.constantFrom('bg', 'en', 'pl', null) }), { minLength: 1, maxLength: 60 }),
    fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 8 }),
    (tickets, hands) => {
      const waiting = tickets.map((given, i) => ticket(`t${i}`, given as Partial<Waiting>));
      const given = run(waiting, hands.map((count, i) => agent(`a${i}`, { hands: { email: count }, capacity: { ...USUAL_CAPACITY, channels: { email: { weight: 10, most: 100 }, letter: { weight: 10, most: 100 }, web: { weight: 10, most: 100 } } } })));
      const taken = new Set(given.map(({ ticketId }) => ticketId));
      const arrival = [...waiting].sort((a, b) => a.since - b.since || a.number - b.number).map(({ ticketId }) => ticketId);
      expect(arrival.slice(0, taken.size).every((id) => taken.has(id))).toBe(true);
      expect(taken.size).toBe(Math.min(waiting.length, hands.reduce((sum, count) => sum + 10 - count, 0)));
    }), { numRuns: 60 });
});

test('nobody is given more than fits, and a call interrupts mail but mail no call', () => {
  expect(pairs([ticket('call', { channel: 'phone' })], [agent('ana', { hands: { email: 10 } })])).toEqual(['call → ana']);
  expect(pairs([ticket('mail')], [agent('ana', { hands: { phone: 1 } })])).toEqual([]);
  expect(run(Array.from({ length: 30 }, (_, i) => ticket(`t${i}`)), [agent('ana'), agent('ben')])).toHaveLength(20);
  expect(pairs([ticket('call', { channel: 'phone' })], [agent('ana', { wrapUpUntil: NOW + 1 })])).toEqual([]);
  expect(pairs([ticket('mail')], [agent('ana', { wrapUpUntil: NOW + 1 })])).toEqual(['mail → ana']);
});

test.each([
  ['round_robin', ['ben', 'ana', 'cleo']], ['least_loaded', ['cleo', 'cleo', 'ben']], ['push', ['cleo', 'cleo', 'ben']], ['longest_idle', ['ana', 'cleo', 'ben']],
] as const)('%s', (mode, order) => {
  const three = [
    agent('ana', { hands: { email: 4 }, lastGivenAt: NOW - 20 * MINUTE, idleSince: NOW - 60 * MINUTE }),
    agent('ben', { hands: { email: 2 }, lastGivenAt: NOW - 30 * MINUTE, idleSince: NOW - 5 * MINUTE }),
    agent('cleo', { lastGivenAt: NOW - 10 * MINUTE, idleSince: NOW - 10 * MINUTE }),
  ];
  expect(run([1, 2, 3].map((i) => ticket(`${i}`)), three, queue({ mode })).map(({ personId }) => personId)).toEqual(order);
});

test('pull gives nothing by itself, and only those who are online get anything', () => {
  expect(pairs([ticket('t')], [agent('ana')], queue({ mode: 'pull' }))).toEqual([]);
  expect(pairs([ticket('t')], [agent('ana', { state: 'away' }), agent('ben', { state: 'transfers_only' }), agent('cleo', { off: ['email'] })])).toEqual([]);
  expect(run([ticket('t')], [agent('ana')], queue({ mode: 'push', offerSeconds: 30 }))).toMatchObject([{ how: 'offer', expiresAt: NOW + 30_000 }]);
});

test('a required skill is required until it is relaxed, a preferred one only decides among those who are free', () => {
  const [able, unable] = [agent('zoe', { skills: new Map([['refunds', 3]]), hands: { email: 5 } }), agent('ana', { skills: new Map([['refunds', 1]]) })];
  const needs = (need: 'required' | 'preferred') => queue({ skills: [{ id: 'refunds', level: 2, need, relaxAfterSeconds: 600 }] });
  expect(pairs([ticket('t', { minutes: 9 })], [able, unable], needs('preferred'))).toEqual(['t → zoe']);
  expect(pairs([ticket('t', { minutes: 9 })], [unable], needs('preferred'))).toEqual(['t → ana']);
  expect(pairs([ticket('t', { minutes: 9 })], [unable], needs('required'))).toEqual([]);
  expect(why(ticket('t', { minutes: 9 }), [unable], needs('required'))).toEqual(['nobody_able', 'relaxes_in']);
  const [relaxed] = run([ticket('t', { minutes: 10 })], [unable], needs('required'));
  expect(relaxed?.why.map(({ code }) => code)).toEqual(['only_one', 'relaxed', 'turn']);
});

test('a language that nobody made a skill of is spoken by everybody', () => {
  const rule = queue({ language: { level: 1, need: 'required', relaxAfterSeconds: null } });
  expect(pairs([ticket('arabic', { language: 'ar' }), ticket('polish', { language: 'pl' })], [agent('ana')], rule)).toEqual(['arabic → ana']);
});

test('another team helps once a ticket has waited so long', () => {
  const rule = queue({ teamIds: ['a'], overflow: [{ teamId: 'b', afterSeconds: 600 }] });
  const helper = agent('ben', { teamIds: ['b'] });
  expect(pairs([ticket('young', { minutes: 9 }), ticket('old', { minutes: 10 })], [helper], rule)).toEqual(['old → ben']);
  expect(run([ticket('old', { minutes: 10 })], [helper], rule)[0]?.why.map(({ code }) => code)).toContain('overflow');
  expect(why(ticket('young', { minutes: 9 }), [helper], rule)).toEqual(['nobody_there', 'overflow_in']);
});

const OWN = { id: 'own', by: 'set', absentId: null } as const;

test('the customer’s own agent comes first while there, is waited for while busy, and not for ever', () => {
  const rule = queue({ ownAgentSeconds: 120 });
  const [own, idle] = [agent('own', { hands: { email: 5 } }), agent('idle')];
  const busy = agent('own', { hands: { email: 10 } });
  expect(pairs([ticket('t', { own: OWN })], [own, idle], rule)).toEqual(['t → own']);
  expect(pairs([ticket('t', { own: OWN, minutes: 1 })], [busy, idle], rule)).toEqual([]);
  expect(why(ticket('t', { own: OWN, minutes: 1 }), [busy, idle], rule)).toEqual(['kept_for']);
  expect(pairs([ticket('t', { own: OWN, minutes: 2 })], [busy, idle], rule)).toEqual(['t → idle']);
  expect(pairs([ticket('t', { own: OWN })], [agent('own', { state: 'away' }), idle], rule)).toEqual(['t → idle']);
  // Which of it was said and which is a guess, and that a deputy has it.
  const codeOf = (one: Waiting['own']) => run([ticket('t', { own: one })], [own, idle], rule)[0]?.why[0];
  expect([codeOf(OWN), codeOf({ ...OWN, by: 'last' }), codeOf({ ...OWN, absentId: 'ana' })]).toEqual([
    { code: 'named_agent', values: {} }, { code: 'own_agent', values: {} }, { code: 'deputy', values: { person: 'ana' } },
  ]);
});

test('whoever refused is not asked again, and nobody behind waits for it', () => {
  expect(pairs([ticket('first', { minutes: 5, refusedBy: ['ana'] }), ticket('second')], [agent('ana', { hands: { email: 9 } })])).toEqual(['second → ana']);
  expect(why(ticket('first', { refusedBy: ['ana'] }), [agent('ana')])).toEqual(['refused']);
});

test('why something waits names the nearest obstacle', () => {
  expect(why(ticket('t'), [])).toEqual(['nobody_there']);
  expect(why(ticket('t'), [agent('ana', { off: ['email'] })])).toEqual(['channel_off']);
  expect(why(ticket('t'), [agent('ana', { hands: { email: 10 } })])).toEqual(['all_busy']);
  expect(why(ticket('t'), [agent('ana')], queue({ mode: 'pull' }))).toEqual(['pull']);
  expect(why(ticket('t'), [agent('ana')])).toEqual(['next']);
});
