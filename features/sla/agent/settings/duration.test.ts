import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../../kernel/languages.ts';
import { formatIn } from '../../../../platform/browser/format.ts';
import { readDuration } from './duration.ts';

test('lengths of time are read as people write them', () => {
  const typed = ['4 h', '4h', '4', '1:30', '90 min', '1 h 30 min', '1h30m', '1,5 h', '1.5 hours', '2 часа 15 минут', '4 godz. 10 min', '٤ س', '2 س و10 د', ' 45 s '];
  expect(typed.map((words) => readDuration(words))).toEqual([14_400, 14_400, 14_400, 5_400, 5_400, 5_400, 5_400, 5_400, 5_400, 8_100, 15_000, 14_400, 7_800, 45]);
});

test('what says no length of time is not guessed at', () => {
  expect(['', 'soon', '0', '0 h', '-4', '1 day', '2 dni', '4 h 30', '1:75', '4 x', 'h', '4 h!'].map((words) => readDuration(words))).toEqual(Array.from({ length: 12 }, () => null));
});

test('days are read only where every hour counts', () => {
  expect(['2 d', '1 day 4 h', '14 дни', '2 dni', '3 дн.', '2 ي'].map((words) => [readDuration(words), (readDuration(words, true) ?? 0) / 3600])).toEqual([[null, 48], [null, 28], [null, 336], [null, 48], [null, 72], [null, 48]]);
});

test.each(LANGUAGES)('what the app writes in %s it reads again', (language) => {
  const { duration } = formatIn(language);
  for (const seconds of [45, 60, 900, 3_600, 14_400, 16_200, 86_400, 360_000]) {
    expect(readDuration(duration(seconds, 'short'))).toBe(seconds);
    expect(readDuration(duration(seconds, 'narrow'))).toBe(seconds);
    expect(readDuration(duration(seconds, 'narrow', true), true)).toBe(seconds);
  }
});
