import fc from 'fast-check';
import { expect, test } from 'vitest';
import { workingTime } from '../../calendars/core/working-time.ts';
import { readCondition } from './check.ts';
import { groupOf, JOINS, type Node } from './condition.ts';
import { defineFields } from './fields.ts';
import { momentOf } from './plan.ts';
import { toPredicate } from './predicate.ts';
import { standingOf } from './standing.ts';

const MINUTE = 60_000;
const BEGINS = Date.parse('2026-03-27T08:00:00Z');
const time = workingTime({ timeZone: 'Europe/Sofia', week: { fri: [{ from: '09:00', to: '12:00' }, { from: '13:00', to: '17:00' }], sun: [{ from: '01:00', to: '05:00' }] }, holidays: [], closures: [] });

type Matter = { came: Date; due: Date | null; vip: boolean };
const FIELDS = defineFields<Matter>([
  { id: 'came', label: 'l', type: 'datetime', read: (m) => m.came },
  { id: 'due', label: 'l', type: 'datetime', nullable: true, read: (m) => m.due },
  { id: 'vip', label: 'l', type: 'boolean', read: (m) => m.vip },
]);

const test_: fc.Arbitrary<Node> = fc.oneof(
  fc.record({ field: fc.constantFrom('came', 'due'), operator: fc.constantFrom('older_than', 'within_last', 'within_next', 'working_older_than'), value: fc.record({ amount: fc.integer({ min: 1, max: 900 }), unit: fc.constant('minutes') }) }) as fc.Arbitrary<Node>,
  fc.record({ field: fc.constant('vip'), operator: fc.constant('is'), value: fc.boolean() }) as fc.Arbitrary<Node>,
);
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof({ maxDepth: 2, depthSize: 'small' }, test_, fc.tuple(fc.constantFrom(...JOINS), fc.array(tie('node'), { minLength: 1, maxLength: 3 })).map(([join, parts]) => groupOf(join, parts))),
}));
const moment = fc.integer({ min: -1_000, max: 1_000 }).map((minutes) => new Date(BEGINS + minutes * MINUTE));

const read = (given: unknown) => readCondition({ all: [given] }, FIELDS);

test('between two moments that are told a condition does not change, whatever it asks of the time', () => {
  fc.assert(fc.property(node, fc.record({ came: moment, due: fc.option(moment), vip: fc.boolean() }), (asked, matter) => {
    const condition = read(asked);
    const holdsAt = (at: number) => toPredicate(condition, FIELDS, momentOf(new Date(at), time))(matter);
    let standing = standingOf(condition, FIELDS, { now: new Date(BEGINS), time }, matter);
    for (let minute = 0; minute < 3_000; minute += 7) {
      const at = BEGINS + minute * MINUTE;
      while (standing.until <= at) {
        const then = standing.until;
        standing = standingOf(condition, FIELDS, { now: new Date(then), time }, matter);
        expect(standing.until).toBeGreaterThan(then);
        // Told to the millisecond.
        expect(standing.holds).toBe(holdsAt(then));
      }
      expect(standing.holds).toBe(holdsAt(at));
    }
  }), { numRuns: 60, seed: 5 });
});

test('the moment is the first one, not a moment later', () => {
  const came = new Date(BEGINS);
  const at = (operator: string, amount: number, now = BEGINS) => standingOf(read({ field: 'came', operator, value: { amount, unit: 'minutes' } }), FIELDS, { now: new Date(now), time }, { came, due: null, vip: false });
  expect(at('older_than', 30)).toEqual({ holds: false, until: BEGINS + 30 * MINUTE + 1 });
  expect(at('within_last', 30)).toEqual({ holds: true, until: BEGINS + 30 * MINUTE + 1 });
  expect(at('within_next', 30, BEGINS - 60 * MINUTE)).toEqual({ holds: false, until: BEGINS - 30 * MINUTE });
  // Friday, 10:00 in Sofia: two hours to the break; the age passes them when the break is over.
  expect(at('working_older_than', 120)).toEqual({ holds: false, until: Date.parse('2026-03-27T11:00:00Z') + 1 });
});

test('what something else decides for good is not asked again', () => {
  const matter = { came: new Date(BEGINS), due: null, vip: false };
  const old = { field: 'came', operator: 'older_than', value: { amount: 1, unit: 'hours' } };
  const vip = (value: boolean) => ({ field: 'vip', operator: 'is', value });
  const until = (given: unknown) => standingOf(read(given), FIELDS, { now: new Date(BEGINS), time }, matter).until;
  expect([until({ all: [old, vip(true)] }), until({ any: [old, vip(false)] }), until({ none: [old, vip(false)] }), until({ field: 'due', operator: 'older_than', value: { amount: 1, unit: 'hours' } })])
    .toEqual([Infinity, Infinity, Infinity, Infinity]);
});
