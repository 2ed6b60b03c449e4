import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byTurn, goesByDue, MOST_HEAD_MS, priorityHead, rankAt } from './turn.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 2, 2, 12);
const moments = fc.integer({ min: NOW - 90 * 24 * HOUR, max: NOW + 90 * 24 * HOUR });
const priorities = fc.constantFrom('low', 'normal', 'high', 'urgent');
const dues = fc.option(moments, { nil: null });

test('a promise gives a head start of as much as it is due sooner than in a day', () => {
  const headStart = (inHours: number, priority = 'low') => (NOW - rankAt(NOW, { priority, dueAt: NOW + inHours * HOUR })) / HOUR;
  expect([30, 24, 20, 1, 0, -5].map((hours) => headStart(hours))).toEqual([0, 0, 4, 23, 24, 24]);
  // The larger of the two counts, not both.
  expect([headStart(22, 'high'), headStart(18, 'high'), headStart(1, 'urgent')]).toEqual([4, 6, 24]);
  expect([goesByDue(NOW, { priority: 'high', dueAt: NOW + 22 * HOUR }), goesByDue(NOW, { priority: 'high', dueAt: NOW + 18 * HOUR }), goesByDue(NOW, { priority: 'low' })]).toEqual([false, true, false]);
});

test('no urgency and no promise is worth more than a day, so what has waited for longer than a day is before all that comes', () => {
  fc.assert(fc.property(moments, priorities, dues, priorities, dues, fc.integer({ min: 1, max: 1e9 }), (since, priority, dueAt, other, otherDue, later) => {
    const rank = rankAt(since, { priority, dueAt });
    expect(rank).toBeLessThanOrEqual(since - priorityHead(priority));
    expect(rank).toBeGreaterThanOrEqual(since - MOST_HEAD_MS);
    expect(rankAt(since + MOST_HEAD_MS + later, { priority: other, dueAt: otherDue })).toBeGreaterThan(rank);
  }));
});

test('of equals, who came first is first; of those who came together, who was promised sooner', () => {
  fc.assert(fc.property(moments, moments, priorities, dues, (a, b, priority, dueAt) => {
    const turn = (since: number, number: number) => ({ since, number, rankAt: rankAt(since, { priority, dueAt }) });
    expect(Math.sign(byTurn(turn(a, 1), turn(b, 2)))).toBe(Math.sign(a - b) || -1);
  }));
  fc.assert(fc.property(moments, moments, moments, priorities, (since, soon, late, priority) => {
    fc.pre(soon <= late);
    expect(rankAt(since, { priority, dueAt: soon })).toBeLessThanOrEqual(rankAt(since, { priority, dueAt: late }));
  }));
});
