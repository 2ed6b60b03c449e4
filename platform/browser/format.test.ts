import { expect, test } from 'vitest';
import { formatIn } from './format.ts';

/** Spaces of every width are spaces, and marks of direction are not seen. */
const plain = (words: string): string => words.replaceAll(/[\u2009\u202f\u00a0]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');
const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 15);

test('a span says the day once, where it begins and ends on the same one', () => {
  expect(plain(formatIn('en-GB').span(at(23, 9), at(23, 17)))).toMatch(/^23 Nov 2026, 09:15 ?– ?17:15$/);
  expect(plain(formatIn('en-GB').span(at(23, 9), at(24, 17)))).toMatch(/^23 Nov 2026, 09:15 ?– ?24 Nov 2026, 17:15$/);
  for (const locale of ['bg', 'pl', 'ru', 'ar']) {
    const words = formatIn(locale).span(at(23, 9), at(23, 17));
    expect(words.match(/2026|٢٠٢٦/g), `${locale}: ${words}`).toHaveLength(1);
  }
});
