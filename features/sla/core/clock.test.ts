import { expect, test } from 'vitest';
import { workingTime } from '../../calendars/core/working-time.ts';
import type { Status } from '../../tickets/core/contract.ts';
import type { Target } from './contract.ts';
import { clockViews } from './explain.ts';
import { announced, earliestDue, fit, goalOf, nextStep, type Rule } from './policy.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from './sheet.ts';

const office = [{ from: '09:00', to: '12:00' }, { from: '13:00', to: '18:00' }];
const time = workingTime({ timeZone: 'Europe/Sofia', week: { mon: office, tue: office, wed: office, thu: office, fri: office }, holidays: [], closures: [] });
const HOUR = 3_600;
const rule = (targets: Target[], change: Partial<Rule> = {}): Rule => ({ id: 'own', name: 'Own', calendarId: null, conditions: null, targets, actions: [], time, heldBy: null, ...change });
const calendar = (metric: Target['metric'], hours: number): Target => ({ metric, seconds: hours * HOUR, time: 'calendar' });

/** A time of Monday, 2 March 2026, by the clock in UTC. */
const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00Z`);
const iso = (clock: string): string => new Date(at(clock)).toISOString();
const created = (clock: string): Fact => ({ type: 'created', at: at(clock), status: 'new', priority: 'normal' });
const wrote = (clock: string, channel = 'email'): Fact => ({ type: 'customer_wrote', at: at(clock), since: at(clock), channel });
const replied = (clock: string, holds = false): Fact => ({ type: 'replied', at: at(clock), entryId: `reply ${clock}`, holds });
const status = (clock: string, to: Status): Fact => ({ type: 'status', at: at(clock), to, byPerson: true });
const priority = (clock: string, to: 'urgent' | 'low'): Fact => ({ type: 'priority', at: at(clock), to });

const played = (by: Rule, facts: readonly Fact[], from: Sheet = EMPTY_SHEET): Sheet =>
  facts.reduce((sheet, fact) => fit(advance(sheet, fact, by.time), by, { now: fact.at, byRules: false }), from);
const stateAt = (sheet: Sheet, by: Rule, clock: string) => clockViews(sheet, by, at(clock)).map(({ metric, round, state, dueAt, remainingSeconds, percent }) => ({ metric, round, state, dueAt, remainingSeconds, percent }));
const only = (sheet: Sheet, by: Rule, clock: string) => stateAt(sheet, by, clock)[0];

test('a first reply is counted from the message to the reply; one in the very moment keeps it, a millisecond later it is broken', () => {
  const by = rule([calendar('first_reply', 2)]);
  const asked = [created('09:00'), wrote('09:00')];
  expect(only(played(by, asked), by, '10:00')).toMatchObject({ state: 'running', dueAt: iso('11:00'), remainingSeconds: HOUR, percent: 50 });
  expect(only(played(by, [...asked, replied('11:00')]), by, '20:00')).toMatchObject({ state: 'met', remainingSeconds: 0 });
  const late = played(by, [...asked, { type: 'replied', at: at('11:00') + 1, entryId: 'late', holds: false }]);
  expect(only(late, by, '20:00')).toMatchObject({ state: 'breached', dueAt: iso('11:00') });
});

test('lunch does not count in working time, and the explanation adds up to the target', () => {
  const by = rule([{ metric: 'first_reply', seconds: 4 * HOUR, time: 'working' }]);
  // 11:00 in Sofia.
  const [view] = clockViews(played(by, [created('09:00'), wrote('09:00')]), by, at('09:30'));
  expect(view).toMatchObject({ dueAt: iso('14:00'), workingTime: true, explanation: [{ from: iso('09:00'), to: iso('10:00') }, { from: iso('11:00'), to: iso('14:00') }] });
  expect(view?.explanation.reduce((sum, { from, to }) => sum + Date.parse(to) - Date.parse(from), 0)).toBe(4 * HOUR * 1000);
});

test('the next reply counts from the oldest message that nobody has answered, round by round', () => {
  const by = rule([calendar('next_reply', 1)]);
  const talk = [created('08:00'), wrote('08:00'), replied('08:30'), wrote('09:00'), wrote('09:40')];
  expect(only(played(by, talk), by, '09:45')).toMatchObject({ round: 1, dueAt: iso('10:00') });
  expect(only(played(by, [...talk, replied('09:50'), wrote('10:00')]), by, '10:10')).toMatchObject({ round: 2, state: 'running', dueAt: iso('11:00') });
});

test.each<[Target['metric'], Record<'waiting_customer' | 'waiting_third_party' | 'scheduled' | 'resolved', string>]>([
  ['requester_wait', { waiting_customer: 'paused', waiting_third_party: 'running', scheduled: 'running', resolved: 'met' }],
  ['agent_work', { waiting_customer: 'paused', waiting_third_party: 'paused', scheduled: 'paused', resolved: 'met' }],
  ['resolution', { waiting_customer: 'running', waiting_third_party: 'running', scheduled: 'running', resolved: 'met' }],
  ['pausable_update', { waiting_customer: 'paused', waiting_third_party: 'running', scheduled: 'running', resolved: 'met' }],
  ['periodic_update', { waiting_customer: 'running', waiting_third_party: 'running', scheduled: 'running', resolved: 'met' }],
  ['next_reply', { waiting_customer: 'running', waiting_third_party: 'running', scheduled: 'running', resolved: 'met' }],
])('which status stops %s', (metric, wanted) => {
  const by = rule([calendar(metric, 8)]);
  const begun = [created('08:00'), wrote('08:00'), status('08:05', 'open'), replied('08:10'), wrote('08:20')];
  for (const to of ['waiting_customer', 'waiting_third_party', 'scheduled', 'resolved'] as const) {
    expect([to, only(played(by, [...begun, status('09:00', to)]), by, '10:00')?.state]).toEqual([to, wanted[to]]);
  }
});

test('a pause moves the deadline by its length, and mends nothing that broke before it', () => {
  const by = rule([calendar('agent_work', 2)]);
  const paused = [created('08:00'), status('09:00', 'scheduled')];
  expect(only(played(by, paused), by, '12:00')).toMatchObject({ state: 'paused', dueAt: null, remainingSeconds: HOUR });
  expect(only(played(by, [...paused, status('13:00', 'open')]), by, '13:30')).toMatchObject({ state: 'running', dueAt: iso('14:00') });
  expect(only(played(by, [created('08:00'), status('11:00', 'scheduled')]), by, '12:00')).toMatchObject({ state: 'breached', dueAt: iso('10:00') });
});

test('a ticket that is opened again goes on where it stopped; what was resolved does not count, what broke stays broken', () => {
  const by = rule([calendar('resolution', 3)]);
  const again = (end: string) => played(by, [created('08:00'), status(end, 'resolved'), status('15:00', 'open')]);
  expect(only(again('10:00'), by, '15:30')).toMatchObject({ state: 'running', dueAt: iso('16:00'), remainingSeconds: 1_800 });
  expect(only(again('12:00'), by, '15:30')).toMatchObject({ state: 'breached', dueAt: iso('11:00') });
});

test('a reply that resolves is a reply, and closing without one is told apart', () => {
  const by = rule([calendar('first_reply', 3)]);
  const ends = (facts: Fact[]) => clockViews(played(by, [created('08:00'), wrote('08:00'), ...facts]), by, at('12:00'))[0]?.endedBy;
  expect([ends([status('09:00', 'resolved'), replied('09:00')]), ends([status('09:00', 'resolved')])]).toEqual(['reply', 'status']);
});

test('speed of answer is counted where an answer is expected at once', () => {
  const by = rule([{ metric: 'answer', seconds: 60, time: 'calendar' }]);
  expect(stateAt(played(by, [created('09:00'), wrote('09:00', 'chat'), replied('09:01')]), by, '12:00')).toMatchObject([{ metric: 'answer', state: 'met' }]);
  expect(stateAt(played(by, [created('09:00'), wrote('09:00')]), by, '12:00')).toEqual([]);
});

test('a letter counts from the day on which it came', () => {
  const by = rule([calendar('first_reply', 24), calendar('resolution', 48)]);
  const sheet = played(by, [created('09:00'), { ...wrote('09:00', 'letter'), since: at('09:00') - 10 * HOUR * 1000 } as Fact]);
  expect(stateAt(sheet, by, '09:00')).toMatchObject([{ metric: 'first_reply', remainingSeconds: 14 * HOUR }, { metric: 'resolution', remainingSeconds: 38 * HOUR }]);
});

test('thresholds come one after another, each once; of what was missed on the way to another target only the highest is told', () => {
  const by = rule([calendar('first_reply', 4), { metric: 'first_reply', seconds: HOUR, time: 'calendar', priority: 'urgent' }]);
  let sheet = played(by, [created('08:00'), wrote('08:00')]);
  const told: [number, string][] = [];
  for (let step = nextStep(sheet, by); step; step = nextStep(sheet, by)) {
    told.push([step.threshold, new Date(step.at).toISOString().slice(11, 16)]);
    sheet = announced(sheet, step);
  }
  expect(told).toEqual([[50, '10:00'], [75, '11:00'], [90, '11:36'], [100, '12:00']]);

  const raised = played(by, [created('08:00'), wrote('08:00'), priority('08:57', 'urgent')]);
  expect(nextStep(raised, by)).toMatchObject({ threshold: 90, at: at('08:54') });
  const broken = played(by, [created('08:00'), wrote('08:00'), priority('09:30', 'urgent'), priority('09:40', 'low')]);
  // Lowering the priority again does not mend it.
  expect(only(broken, by, '10:00')).toMatchObject({ state: 'breached', dueAt: iso('09:00') });
});

test('whoever changes what is promised changes it for open tickets, tells nobody of what lies behind, and leaves what has ended', () => {
  const strict = rule([calendar('first_reply', 1), calendar('agent_work', 1)]);
  const sheet = played(strict, [created('08:00'), wrote('08:00'), replied('10:00')]);
  const lenient = rule([calendar('first_reply', 9), calendar('agent_work', 9)]);
  const changed = fit(sheet, lenient, { now: at('10:30'), byRules: true });
  expect(stateAt(changed, lenient, '10:30')).toMatchObject([{ metric: 'agent_work', state: 'running', dueAt: iso('17:00') }, { metric: 'first_reply', state: 'breached' }]);
  // The breach of what has ended was not announced yet, and still will be.
  expect(nextStep(changed, lenient)).toMatchObject({ threshold: 100, clock: { metric: 'first_reply' } });

  const open = played(lenient, [created('08:00')]);
  expect(nextStep(fit(open, strict, { now: at('12:00'), byRules: true }), strict)).toBeNull();
  expect(earliestDue(fit(open, strict, { now: at('12:00'), byRules: true }), strict)).toBe(at('09:00'));
});

test('a merge takes over who has waited longest, and what is thrown away is announced to nobody', () => {
  const by = rule([calendar('first_reply', 4), calendar('next_reply', 4)]);
  const earlier = played(by, [created('07:00'), wrote('07:00')]);
  const target = played(by, [created('08:00'), wrote('08:00')]);
  expect(only(played(by, [{ type: 'took_in', at: at('09:00'), clocks: earlier.clocks }], target), by, '09:00')).toMatchObject({ metric: 'first_reply', dueAt: iso('11:00') });
  const answered = played(by, [created('06:00'), wrote('06:00'), replied('06:30')]);
  expect(only(played(by, [{ type: 'took_in', at: at('09:00'), clocks: earlier.clocks }], answered), by, '09:00')).toMatchObject({ metric: 'next_reply', dueAt: iso('11:00') });
  expect(nextStep(played(by, [{ type: 'gone', at: at('09:00') }], earlier), by)).toBeNull();
  expect(only(played(by, [{ type: 'gone', at: at('09:00') }, { type: 'back', at: at('12:00') }], earlier), by, '12:00')).toMatchObject({ state: 'breached', dueAt: iso('11:00') });
});

test('holding replies in a row and clocks that are stopped again and again are counted until the customer hears more', () => {
  const by = rule([calendar('agent_work', 9)]);
  const sheet = played(by, [created('08:00'), wrote('08:00'), replied('08:10', true), replied('08:20', true), status('08:30', 'scheduled'), status('08:40', 'open'), status('08:50', 'waiting_third_party')]);
  expect(sheet).toMatchObject({ holding: 2, snoozes: 2 });
  expect(played(by, [replied('09:00')], sheet)).toMatchObject({ holding: 0, snoozes: 0 });
});

test('a target of that very priority comes before one for all', () => {
  const by = rule([calendar('resolution', 8), { ...calendar('resolution', 1), priority: 'urgent' }]);
  expect([goalOf(by, 'resolution', 'urgent')?.seconds, goalOf(by, 'resolution', 'low')?.seconds, goalOf(by, 'answer', 'low'), goalOf(null, 'resolution', 'low')]).toEqual([HOUR, 8 * HOUR, null, null]);
});
