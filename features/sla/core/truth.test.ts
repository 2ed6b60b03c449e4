import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { workingTime } from '../../calendars/core/working-time.ts';
import { EVERY_HOUR } from './policy.ts';
import { METRICS } from './metrics.ts';
import { hearBy, truthFor } from './truth.ts';

const at = (text: string): Date => new Date(`2026-03-${text}:00Z`);
const day = [{ from: '09:00', to: '17:00' }];
/** Nine to five in Sofia (07:00 to 15:00 UTC), Monday to Friday; 2 March 2026 is a Monday. */
const office = workingTime({ timeZone: 'Europe/Sofia', week: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: [], closures: [] });

test.each([
  ['the same working time again', '02T09:00', { seconds: 4 * 3_600, working: true }, '02T13:00'],
  ['over the night', '02T13:00', { seconds: 4 * 3_600, working: true }, '03T09:00'],
  ['in whole quarters', '02T09:03', { seconds: 3_600, working: true }, '02T10:15'],
  ['by the clock, at an hour at which somebody works', '02T09:00', { seconds: 24 * 3_600, working: false }, '03T09:00'],
  ['an hour after opening, where that ends on a Saturday', '06T09:00', { seconds: 24 * 3_600, working: false }, '09T08:00'],
  ['half an hour at least', '02T09:00', { seconds: 60, working: true }, '02T09:30'],
  ['five days at most, by the clock', '02T09:00', { seconds: 14 * 86_400, working: false }, '09T08:00'],
])('who waits longer than promised hears %s', (_, now, goal, due) => {
  expect(hearBy(at(now), goal, office).toISOString()).toBe(at(due).toISOString());
});

test('a desk that never closes keeps its word at any hour', () => {
  expect(hearBy(at('07T22:00'), { seconds: 7_200, working: false }, EVERY_HOUR)).toEqual(at('08T00:00'));
});

test.each(LANGUAGES)('in %s both times are named, and nothing is said to be late before it is', (language) => {
  for (const metric of METRICS) {
    const given = { language, metric, timeZone: 'Europe/Sofia', before: at('02T15:00'), after: at('03T09:30') };
    const [late, early] = [truthFor({ ...given, isBroken: true }), truthFor({ ...given, isBroken: false })];
    for (const one of [late.letter, late.line, early.letter]) {
      expect(one).toMatch(/17:00|١٧:٠٠/);
      expect(one).toMatch(/11:30|١١:٣٠/);
      expect(one).not.toMatch(/undefined|\{/);
    }
    expect(late.line).not.toBe(early.line);
    expect(late.promise.length).toBeGreaterThan(5);
  }
});
