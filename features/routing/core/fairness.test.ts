import { expect, test } from 'vitest';
import { simulate } from '../../../testing/routing-simulation.ts';

/** Nothing but arithmetic; a machine with much else to do takes its time for it. */
const PATIENCE_MS = 30_000;

test('10,000 tickets, 40 agents with skills, lunches, illness and lost connections: nothing waits for ever, equals share equally, nobody jumps the queue', () => {
  const { told, left, jumped, returned, alike, longestHours } = simulate({ tickets: 10_000, agents: 40, seed: 20_260_302 });

  expect(new Set(told.map(({ ticketId }) => ticketId)).size).toBe(10_000);
  expect(left).toBe(0);
  expect(longestHours).toBeLessThan(48);
  expect(jumped).toBe(0);
  expect(returned).toBeGreaterThan(10);
  expect(alike.length).toBeGreaterThanOrEqual(4);
  for (const group of alike) {
    const mean = group.reduce((sum, rate) => sum + rate, 0) / group.length;
    for (const rate of group) expect(Math.abs(rate - mean) / mean).toBeLessThanOrEqual(0.1);
  }
}, PATIENCE_MS);

test('the same seed gives the same assignments', () => {
  const once = () => simulate({ tickets: 300, agents: 8, seed: 7 }).told;
  expect(once()).toEqual(once());
});
