import { expect, test } from 'vitest';
import { shareOf } from './share.ts';

// Wilson (1927); the values of Newcombe, Statistics in Medicine 17 (1998), table I.
test.each([
  [81, 263, 30.8, 25.5, 36.6],
  [15, 148, 10.1, 6.2, 16],
  [0, 20, 0, 0, 16.1],
  [1, 29, 3.4, 0.6, 17.2],
])('%i of %i is %d percent, between %d and %d', (some, all, percent, low, high) => {
  expect(shareOf(some, all)).toEqual({ percent, low, high });
});

test('one of one proves little, and none of none nothing', () => {
  expect([shareOf(1, 1).low, shareOf(0, 0)]).toEqual([20.7, { percent: 0, low: 0, high: 100 }]);
});
