import { expect, test } from 'vitest';
import { simulate } from '../../../testing/routing-simulation.ts';

/** Nothing but arithmetic; a machine with much else to do takes its time for it. */
const PATIENCE_MS = 30_000;

test.each([20_260_302, 1, 42])('10,000 tickets, 40 agents with skills, lunches, illness and lost connections (seed %i): nothing waits for ever, equals share equally, nobody jumps the queue', (seed) => {
  const { told, left, jumped, returned, alike, longestHours } = simulate({ tickets: 10_000, agents: 40, seed });

  expect(new Set(told.map(({ ticketId }) => ticketId)).size).toBe(10_000);
  expect(left).toBe(0);
  expect(longestHours).toBeLessThan(48);
  expect(jumped).toBe(0);
  expect(returned).toBeGreaterThan(10);
  // Near promises are kept more often than by the order of arrival alone, at nobody's cost beyond a day.
  const waits = (of: typeof told) => of.reduce((sum, { at, since }) => sum + at - since, 0) / of.length;
  const near = told.filter(({ dueAt, since, channel }) => channel === 'email' && dueAt !== null && dueAt - since <= 4 * 3_600_000);
  const none = told.filter(({ dueAt, channel, priority }) => channel === 'email' && dueAt === null && priority !== 'urgent');
  expect(near.length).toBeGreaterThan(500);
  expect(waits(near)).toBeLessThan(waits(none));
  // Of those who came with the same urgency to the same queue, language and channel make no difference that anybody would notice.
  const mail = told.filter(({ queueId, priority, dueAt }) => queueId === 'mail' && priority === 'normal' && dueAt === null);
  const waitOf = (language: string) => waits(mail.filter((one) => one.language === language));
  for (const language of ['bg', 'en', 'pl', 'ar']) expect(Math.abs(waitOf(language) - waits(mail))).toBeLessThan(3 * 60_000);
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
