import { expect, test } from 'vitest';
import { mailMoment, outOfQuiet, quietUntil, type Times } from './times.ts';

const sofia = (quiet: Times['quiet'] = null): Times => ({ zone: 'Europe/Sofia', dailyAt: 480, quiet });
const at = (iso: string) => new Date(iso);
const next = (pace: 'soon' | 'hourly' | 'daily', times: Times, after: string, urgent = false) => mailMoment(pace, times, { after: at(after), urgent }).toISOString();

test.each([
  ['soon', '2026-03-02T09:00:30Z', '2026-03-02T09:05:30.000Z'],
  ['hourly', '2026-03-02T09:00:30Z', '2026-03-02T10:00:00.000Z'],
  ['hourly', '2026-03-02T09:59:59Z', '2026-03-02T10:00:00.000Z'],
  // Eight in Sofia is six.
  ['daily', '2026-03-02T05:59:59Z', '2026-03-02T06:00:00.000Z'],
  ['daily', '2026-03-02T06:00:00Z', '2026-03-03T06:00:00.000Z'],
  // Summer time begins in between.
  ['daily', '2026-03-28T07:00:00Z', '2026-03-29T05:00:00.000Z'],
  ['daily', '2026-10-24T06:00:00Z', '2026-10-25T06:00:00.000Z'],
] as const)('%s after %s is at %s', (pace, after, expected) => {
  expect(next(pace, sofia(), after)).toBe(expected);
});

test('a full hour is that of the wall: in Kathmandu it begins at a quarter past', () => {
  expect(next('hourly', { zone: 'Asia/Kathmandu', dailyAt: 0, quiet: null }, '2026-03-02T09:00:00Z')).toBe('2026-03-02T09:15:00.000Z');
});

test('quiet hours hold mail back until they end, over midnight too; urgent ones come through when they may', () => {
  const night = { from: 1320, to: 420, urgent: true };
  expect(next('soon', sofia(night), '2026-03-02T20:30:00Z')).toBe('2026-03-03T05:00:00.000Z');
  expect(next('soon', sofia(night), '2026-03-02T20:30:00Z', true)).toBe('2026-03-02T20:35:00.000Z');
  expect(next('soon', sofia({ ...night, urgent: false }), '2026-03-02T20:30:00Z', true)).toBe('2026-03-03T05:00:00.000Z');
  expect(next('soon', sofia(night), '2026-03-02T12:00:00Z')).toBe('2026-03-02T12:05:00.000Z');
  expect(next('hourly', sofia(night), '2026-03-02T19:10:00Z'), 'at ten it has begun').toBe('2026-03-03T05:00:00.000Z');
  expect(next('daily', sofia({ from: 420, to: 600, urgent: false }), '2026-03-02T04:00:00Z')).toBe('2026-03-02T08:00:00.000Z');
});

test.each([
  // The hour from three to four comes twice in Sofia; quiet until half past three ends once in each.
  ['2026-10-24T23:00:00Z', '2026-10-25T00:30:00.000Z'],
  ['2026-10-25T01:10:00Z', '2026-10-25T01:30:00.000Z'],
  // It is skipped in spring: quiet ends when the clock jumps past it.
  ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
])('quiet at %s until %s, whatever the clocks do that night', (moment, expected) => {
  expect(quietUntil(sofia({ from: 1320, to: 210, urgent: false }), at(moment))?.toISOString()).toBe(expected);
});

test('quiet hours are no longer than a day, and what is ready outside of them waits for nothing', () => {
  for (let hour = 0; hour < 24 * 400; hour += 7) {
    const moment = new Date(Date.parse('2026-01-01T00:00:00Z') + hour * 3_600_000);
    const times = sofia({ from: 60, to: 59, urgent: false });
    const free = outOfQuiet(times, moment, false);
    expect(free.getTime() - moment.getTime()).toBeLessThanOrEqual(25 * 3_600_000);
    expect(quietUntil(times, free)).toBeNull();
  }
});
