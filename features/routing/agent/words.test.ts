import { expect, test } from 'vitest';
import { secondsOf, spanOf } from './DurationField.tsx';
import { deadlineOf } from './offers/deadline.ts';
import { secondsUntil } from './countdown.ts';
import { partsOf } from './words.ts';

test('a span is told by its two largest parts', () => {
  const told = (seconds: number) => partsOf(seconds).map(({ unit, count }) => `${count} ${unit}`).join(' ');
  expect(told(0)).toBe('0 second');
  expect(told(45)).toBe('45 second');
  expect(told(9_030)).toBe('2 hour 30 minute');
  expect(told(86_400)).toBe('1 day');
  expect(told(86_405)).toBe('1 day');
  expect(told(100_000)).toBe('1 day 3 hour');
});

test.each([[null, '', 'never'], [0, '0', 'minutes'], [30, '30', 'seconds'], [90, '90', 'seconds'], [900, '15', 'minutes'], [3_600, '1', 'hours'], [86_400, '1', 'days']] as const)('%s seconds are written so that they come back the same', (seconds, amount, unit) => {
  expect(spanOf(seconds)).toEqual({ amount, unit });
  expect(secondsOf(spanOf(seconds))).toBe(seconds);
});

test('what is no amount is none', () => {
  expect(secondsOf({ amount: '', unit: 'minutes' })).toBeUndefined();
  expect(secondsOf({ amount: '1.5', unit: 'hours' })).toBeUndefined();
  expect(secondsOf({ amount: '-3', unit: 'hours' })).toBeUndefined();
});

const offer = { offeredAt: '2026-11-12T10:00:00.000Z', expiresAt: '2026-11-12T10:00:30.000Z' };
const at = (time: string) => Date.parse(`2026-11-12T${time}.000Z`);

test('an offer ends when the server says so', () => {
  expect(deadlineOf(offer, at('10:00:10'))).toBe(at('10:00:30'));
});

test.each(['09:30:00', '11:00:00'])('where the clocks disagree (%s here), it lasts from when it came', (here) => {
  expect(deadlineOf(offer, at(here)) - at(here)).toBe(30_000);
});

test('seconds that are left never go below none', () => {
  expect(secondsUntil(at('10:00:30'), new Date(at('10:00:29') + 1))).toBe(1);
  expect(secondsUntil(at('10:00:30'), new Date(at('10:01:00')))).toBe(0);
});
