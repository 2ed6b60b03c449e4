import { expect, test } from 'vitest';
import { workingTime } from '../../calendars/core/working-time.ts';
import type { Target } from './contract.ts';
import { clockViews } from './explain.ts';
import { announced, fit, nextStep, type Rule } from './policy.ts';
import { outcomeOf } from './results.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from './sheet.ts';

const office = [{ from: '09:00', to: '17:00' }];
const time = workingTime({ timeZone: 'UTC', week: { mon: office, tue: office, wed: office, thu: office, fri: office }, holidays: [], closures: [] });
const HOUR = 3_600;
const rule = (...targets: Target[]): Rule => ({ id: 'own', name: 'Own', calendarId: null, conditions: null, targets, actions: [], time, heldBy: null });

/** Of March 2026: the 2nd is a Monday. */
const at = (day: number, clock: string): number => Date.parse(`2026-03-0${day}T${clock}:00Z`);
const iso = (day: number, clock: string): string => new Date(at(day, clock)).toISOString();
const played = (by: Rule, facts: readonly Fact[]): Sheet => facts.reduce((sheet, fact) => fit(advance(sheet, fact, by.time), by, { now: fact.at, byRules: false }), EMPTY_SHEET);
const asked: readonly Fact[] = [{ type: 'created', at: at(2, '09:00'), status: 'open', priority: 'normal' }, { type: 'customer_wrote', at: at(2, '09:00'), since: at(2, '09:00'), channel: 'email' }];
const agreed = (when: number, metric: Target['metric'], to: number | null): Fact => ({ type: 'agreed', at: when, metric, to, by: 'lead', entryId: 'note' });
const first = (sheet: Sheet, by: Rule, now: number) => clockViews(sheet, by, now)[0]!;

test('a deadline that was agreed on stands instead of the promised one, and explains itself', () => {
  const by = rule({ metric: 'resolution', seconds: 4 * HOUR, time: 'working' });
  const sheet = played(by, [...asked, agreed(at(2, '11:00'), 'resolution', at(4, '13:00'))]);
  expect(first(sheet, by, at(2, '15:00'))).toMatchObject({
    state: 'running', dueAt: iso(4, '13:00'), targetSeconds: 18 * HOUR, elapsedSeconds: 4 * HOUR, remainingSeconds: 14 * HOUR, percent: 22, agreed: { since: iso(2, '11:00'), promisedFor: iso(2, '13:00'), entryId: 'note' },
    explanation: [{ from: iso(2, '11:00'), to: iso(2, '17:00') }, { from: iso(3, '09:00'), to: iso(3, '17:00') }, { from: iso(4, '09:00'), to: iso(4, '13:00') }],
  });
  // Warned of in the same parts, of the new way: nine hours of work from 11:00 are half of it.
  expect(nextStep(sheet, by)).toMatchObject({ threshold: 50, at: at(3, '12:00') });
  expect(first(sheet, by, at(5, '09:00'))).toMatchObject({ state: 'breached', dueAt: iso(4, '13:00') });
});

test('nothing pauses it, an end before it keeps the promise, and how long it took is counted whole', () => {
  const by = rule({ metric: 'agent_work', seconds: 4 * HOUR, time: 'calendar' });
  const sheet = played(by, [...asked, agreed(at(2, '11:00'), 'agent_work', at(3, '11:00')), { type: 'status', at: at(2, '12:00'), to: 'waiting_customer', byPerson: true }]);
  expect(first(sheet, by, at(2, '23:00'))).toMatchObject({ state: 'running', dueAt: iso(3, '11:00'), percent: 50, pausedBy: null });
  const ended = advance(sheet, { type: 'status', at: at(3, '10:00'), to: 'resolved', byPerson: true }, time);
  const clock = ended.clocks.find(({ metric }) => metric === 'agent_work')!;
  expect(outcomeOf(clock, time)).toMatchObject({ kept: true, dueAt: at(3, '11:00'), seconds: 3 * HOUR, targetSeconds: 4 * HOUR });
});

test('what is broken stays broken; taken back, the promised one holds again, and what lies behind of it is not announced', () => {
  const by = rule({ metric: 'resolution', seconds: 4 * HOUR, time: 'calendar' });
  const late = played(by, [...asked, agreed(at(2, '14:00'), 'resolution', at(3, '14:00'))]);
  expect(first(late, by, at(2, '15:00'))).toMatchObject({ state: 'breached', dueAt: iso(2, '13:00'), agreed: null });
  const back = played(by, [...asked, agreed(at(2, '09:30'), 'resolution', at(3, '14:00')), agreed(at(2, '12:10'), 'resolution', null)]);
  expect(first(back, by, at(2, '12:15'))).toMatchObject({ dueAt: iso(2, '13:00'), agreed: null });
  expect(nextStep(back, by)).toMatchObject({ threshold: 90, at: at(2, '12:36') });
});

test('a ticket that is opened again after the agreed day goes on with what was left of the promise', () => {
  const by = rule({ metric: 'resolution', seconds: 4 * HOUR, time: 'calendar' });
  const status = (when: number, to: 'resolved' | 'open'): Fact => ({ type: 'status', at: when, to, byPerson: true });
  const sheet = (reopened: number) => played(by, [...asked, agreed(at(2, '10:00'), 'resolution', at(4, '10:00')), status(at(2, '11:00'), 'resolved'), status(reopened, 'open')]);
  expect(first(sheet(at(3, '09:00')), by, at(3, '09:00'))).toMatchObject({ state: 'running', dueAt: iso(4, '10:00') });
  expect(first(sheet(at(5, '09:00')), by, at(5, '09:00'))).toMatchObject({ state: 'running', dueAt: iso(5, '11:00'), agreed: null });
});

test('each warning of it is told once', () => {
  const by = rule({ metric: 'resolution', seconds: 4 * HOUR, time: 'calendar' });
  let sheet = played(by, asked);
  sheet = announced(sheet, nextStep(sheet, by)!);
  sheet = advance(sheet, agreed(at(2, '12:00'), 'resolution', at(2, '22:00')), time);
  const told: [number, number][] = [];
  for (let step = nextStep(sheet, by); step; step = nextStep(sheet, by)) {
    told.push([step.threshold, step.at]);
    sheet = announced(sheet, step);
  }
  expect(told).toEqual([[50, at(2, '17:00')], [75, at(2, '19:30')], [90, at(2, '21:00')], [100, at(2, '22:00')]]);
});
