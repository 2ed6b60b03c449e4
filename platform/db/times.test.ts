import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { readTime } from './times.ts';

const TIMESTAMPTZ = 1184;
const theirs = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => unknown;

test('moments are read as the driver reads them, to the millisecond', () => {
  const two = (n: number) => String(n).padStart(2, '0');
  const written = fc.tuple(fc.date({ min: new Date('0101-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true }), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 6 }))
    .map(([date, micros, digits]) => {
      const whole = `${String(date.getUTCFullYear()).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
      const fraction = digits === 0 ? '' : `.${String(micros).padStart(6, '0').slice(0, digits)}`;
      return { text: `${whole}${fraction}+00`, at: new Date(`${whole.replace(' ', 'T')}.${fraction.slice(1, 4).padEnd(3, '0')}Z`) };
    });
  fc.assert(fc.property(written, ({ text, at }) => {
    expect(readTime(text)).toEqual(at);
    // The driver multiplies a fraction and may lose a millisecond of it.
    expect(Math.abs(readTime(text)!.getTime() - (theirs(text) as Date).getTime())).toBeLessThanOrEqual(1);
  }), { numRuns: 500 });
});

test.each(['infinity', '-infinity', '2026-03-02 09:00:00+02', '2026-03-02 09:00:00+05:30', '0044-03-15 12:00:00+00 BC', '12026-03-02 09:00:00+00', '0044-03-15 12:00:00+00', '2026-03-02', '', '+00'])('%s is left to the driver', (text) => {
  expect(readTime(text)).toBeNull();
});
