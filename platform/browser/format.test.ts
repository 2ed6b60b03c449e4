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

test('when something is due, with its time of day', () => {
  const { due } = formatIn('en-GB');
  expect([due(before(-246), now), due(before(-5 * DAY), now), due(before(2 * DAY), now), due(before(-20 * DAY), now), due(before(-400 * DAY), now)]).toEqual([
    '14:20', 'Tue 10:14', 'Tue 10:14', '2 Dec, 10:14', '17 Dec 2027, 10:14',
  ]);
});

test('how long something lasts, in days only where a day is a day', () => {
  const { duration } = formatIn('en');
  expect([duration(7_800, 'short'), duration(7_800, 'narrow'), duration(59, 'short'), duration(3_600, 'long'), duration(-5, 'narrow')]).toEqual(['2 hr 10 min', '2h 10m', '59 sec', '1 hour', '0s']);
  expect([duration(180_000, 'narrow'), duration(180_600, 'narrow', true), duration(86_400, 'narrow', true)]).toEqual(['50h', '2d 2h', '1d']);
  expect(['bg', 'pl', 'ru', 'ar'].map((language) => formatIn(language).duration(7_800, 'narrow').replaceAll('\u00a0', ' '))).toEqual(['2 ч 10 мин', '2 h 10 min', '2 ч 10 мин', '2 س 10 د']);
});

/** Spaces of every width are spaces, and marks of direction are not seen. */
const plain = (words: string): string => words.replaceAll(/[\u2009\u202f\u00a0]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');
const onThe = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 15);

test('a span says the day once, where it begins and ends on the same one', () => {
  expect(plain(formatIn('en-GB').span(onThe(23, 9), onThe(23, 17)))).toMatch(/^23 Nov 2026, 09:15 ?– ?17:15$/);
  expect(plain(formatIn('en-GB').span(onThe(23, 9), onThe(24, 17)))).toMatch(/^23 Nov 2026, 09:15 ?– ?24 Nov 2026, 17:15$/);
  for (const locale of ['bg', 'pl', 'ru', 'ar']) {
    const words = formatIn(locale).span(onThe(23, 9), onThe(23, 17));
    expect(words.match(/2026|٢٠٢٦/g), `${locale}: ${words}`).toHaveLength(1);
  }
});
