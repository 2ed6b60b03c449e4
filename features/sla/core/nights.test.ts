import { describe, expect, test } from 'vitest';
import { workingTime } from '../../calendars/core/working-time.ts';
import { readCondition } from '../../conditions/core/check.ts';
import { TICKET_FIELDS } from '../../tickets/core/fields.ts';
import { clockViews } from './explain.ts';
import { fit, nextStep, type Rule } from './policy.ts';
import { advance, EMPTY_SHEET, type Fact, type Sheet } from './sheet.ts';

const night = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from: '22:00', to: '06:00' }]]));
const at = (iso: string): number => Date.parse(iso);
const HOUR = 3_600;

const ruleOf = (timeZone: string, hours: number): Rule => ({
  id: 'night', name: 'Night', calendarId: null, conditions: readCondition({ all: [] }, TICKET_FIELDS), actions: [],
  targets: [{ metric: 'agent_work', seconds: hours * HOUR, time: 'working' }], time: workingTime({ timeZone, week: night, holidays: [], closures: [] }), heldBy: null,
});

function sheetOf(rule: Rule, ...facts: Fact[]): Sheet {
  return facts.reduce((sheet, fact) => fit(advance(sheet, fact, rule.time), rule, { now: fact.at, byRules: false }), EMPTY_SHEET);
}
const created = (iso: string): Fact => ({ type: 'created', at: at(iso), status: 'open', priority: 'normal' });
const status = (to: 'waiting_customer' | 'open', iso: string): Fact => ({ type: 'status', at: at(iso), to, byPerson: true });

/** From 22:00 to 06:00 by the clock on the wall: seven, eight or nine hours. */
describe.each([
  ['Europe/Sofia', 'forward', '2026-03-28T20:00:00Z', 7, '2026-03-29T03:00:00.000Z'], ['Europe/Sofia', 'back', '2026-10-24T19:00:00Z', 9, '2026-10-25T04:00:00.000Z'],
  ['Europe/Warsaw', 'forward', '2026-03-28T21:00:00Z', 7, '2026-03-29T04:00:00.000Z'], ['Europe/Warsaw', 'back', '2026-10-24T20:00:00Z', 9, '2026-10-25T05:00:00.000Z'],
  ['Africa/Cairo', 'forward', '2026-04-23T20:00:00Z', 7, '2026-04-24T03:00:00.000Z'], ['Africa/Cairo', 'back', '2026-10-29T19:00:00Z', 9, '2026-10-30T04:00:00.000Z'],
  ['America/New_York', 'forward', '2026-03-08T03:00:00Z', 7, '2026-03-08T10:00:00.000Z'], ['America/New_York', 'back', '2026-11-01T02:00:00Z', 9, '2026-11-01T11:00:00.000Z'],
  ['Europe/Moscow', 'never', '2026-03-28T19:00:00Z', 8, '2026-03-29T03:00:00.000Z'], ['Asia/Riyadh', 'never', '2026-10-24T19:00:00Z', 8, '2026-10-25T03:00:00.000Z'],
])('in %s, where the clocks go %s', (timeZone, _way, begins, hours, ends) => {
  test('a promise of the whole night breaks when the night is over, to the millisecond', () => {
    const rule = ruleOf(timeZone, hours);
    const sheet = sheetOf(rule, created(begins));
    const view = (now: number) => clockViews(sheet, rule, now)[0];
    expect(view(at(begins))).toMatchObject({ state: 'running', dueAt: ends, remainingSeconds: hours * HOUR });
    expect(view(at(ends))).toMatchObject({ state: 'running', remainingSeconds: 0, percent: 100 });
    expect(view(at(ends) + 1)).toMatchObject({ state: 'breached', dueAt: ends });
    expect(nextStep(sheet, rule)).toMatchObject({ threshold: 50, at: at(begins) + hours * HOUR * 500 });
  });

  test('time in which it stood still, before and after the change, does not count', () => {
    const rule = ruleOf(timeZone, hours - 1);
    const half = new Date(at(begins) + 1_800_000).toISOString();
    const sheet = sheetOf(rule, created(begins), status('waiting_customer', half), status('open', new Date(at(half) + 1_800_000).toISOString()),
      status('waiting_customer', new Date(at(ends) - 1_200_000).toISOString()), status('open', new Date(at(ends) - 600_000).toISOString()));
    // Of the hour in hand half an hour and ten minutes went by standing still: twenty minutes late at the end of the night.
    const [view] = clockViews(sheet, rule, at(ends));
    expect(view).toMatchObject({ state: 'breached', elapsedSeconds: hours * HOUR - 2_400, remainingSeconds: -1_200 });
    expect(view?.explanation.reduce((sum, { from, to }) => sum + at(to) - at(from), 0)).toBe((hours - 1) * HOUR * 1000);
  });
});
