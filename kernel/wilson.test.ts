import { expect, test } from 'vitest';
import { wilson } from './wilson.ts';

// Newcombe, Statistics in Medicine 17 (1998), table I, the method of scores.
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('%i of %i lie between %d and %d', (hits, of, low, high) => {
  const bounds = wilson(hits, of);
  expect([bounds.low, bounds.high].map((share) => Math.round(share * 10_000) / 10_000)).toEqual([low, high]);
});

test('one of one proves little, and none of none nothing', () => {
  expect(wilson(1, 1).low).toBeCloseTo(0.207, 3);
  expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
});

test.each([[9, 10, 59.6, 98.2], [45, 50, 78.6, 95.7], [10, 10, 72.2, 100], [0, 10, 0, 27.8]])('%i of %i: %d to %d of a hundred', (hits, of, low, high) => {
  const bounds = wilson(hits, of);
  expect([bounds.low, bounds.high].map((share) => Math.round(share * 1_000) / 10)).toEqual([low, high]);
});
