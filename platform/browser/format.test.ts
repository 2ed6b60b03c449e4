import { expect, test } from 'vitest';
import { formatIn } from './format.ts';

const now = new Date(2026, 10, 12, 10, 14);
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const DAY = 24 * 60;

test('the shortest form that is still clear', () => {
  const { brief } = formatIn('en-GB');
  expect([brief(before(30), now), brief(before(2 * DAY), now), brief(before(20 * DAY), now), brief(before(400 * DAY), now)]).toEqual([
    '09:44',
    'Tue',
    '23 Oct',
    '8 Oct 2025',
  ]);
});

test('the time of day as the language writes it elsewhere', () => {
  const early = new Date(2026, 10, 12, 8, 4);
  expect(['en', 'pl', 'ru'].map((language) => formatIn(language).brief(early, now).replace(/\s/, ' '))).toEqual(['8:04 AM', '08:04', '08:04']);
});

test('ages in the words of the language', () => {
  expect(formatIn('en').age(before(125), now)).toBe('2h');
  expect(formatIn('ru').relative(before(5), now)).toBe('5 минут назад');
  expect(formatIn('pl').relative(before(-3 * DAY), now)).toBe('za 3 dni');
  expect(formatIn('en').relative(before(0), now)).toBe('now');
});

test('sizes', () => {
  const { bytes } = formatIn('en');
  expect([bytes(0), bytes(999), bytes(48_213), bytes(2_400_000)]).toEqual(['0 bytes', '999 bytes', '48 kB', '2.4 MB']);
});
