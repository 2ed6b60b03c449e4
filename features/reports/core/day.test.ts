import { expect, test } from 'vitest';
import { startOfDay } from './day.ts';

test.each([
  ['2026-03-02T09:00:00Z', 'UTC', '2026-03-02T00:00:00Z'],
  ['2026-03-02T23:30:00Z', 'Europe/Sofia', '2026-03-02T22:00:00Z'],
  ['2026-03-29T12:00:00Z', 'Europe/Warsaw', '2026-03-28T23:00:00Z'],
  ['2026-10-25T23:30:00Z', 'Europe/Warsaw', '2026-10-25T23:00:00Z'],
  ['2026-03-02T03:00:00Z', 'America/New_York', '2026-03-01T05:00:00Z'],
  ['2026-03-02T09:00:00Z', 'Asia/Riyadh', '2026-03-01T21:00:00Z'],
])('the day of %s in %s began at %s', (at, zone, start) => {
  expect(startOfDay(new Date(at), zone)).toEqual(new Date(start));
});
