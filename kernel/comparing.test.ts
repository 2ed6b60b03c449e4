import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareRanks, compareScores, compareShares, enoughToSee, netScore } from './comparing.ts';
import { twoSided } from './normal.ts';

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const points = (share: number, digits = 1) => rounded(share * 100, digits);

test('160 of 200, then 178 of 200: nine points, which may be two or sixteen, and are hardly chance', () => {
  const { difference, low, high, z, p } = compareShares({ hits: 160, of: 200 }, { hits: 178, of: 200 })!;
  expect([rounded(z, 3), rounded(p, 4), points(difference), points(low), points(high)]).toEqual([2.487, 0.0129, 9, 1.9, 16.1]);
  expect(compareShares({ hits: 0, of: 0 }, { hits: 1, of: 1 })).toBeNull();
  expect(compareShares({ hits: 5, of: 5 }, { hits: 9, of: 9 })).toMatchObject({ difference: 0, p: 1 });
});

test('a small change needs many to be seen', () => {
  expect([enoughToSee(0.8, 0.85), enoughToSee(0.8, 0.9)]).toEqual([906, 199]);
});

test('a net score rose by six points, and that may still be chance', () => {
  const [before, after] = [{ for: 540, neither: 360, against: 300 }, { for: 675, neither: 351, against: 324 }];
  expect([points(netScore(before).score), points(netScore(after).score)]).toEqual([20, 26]);
  const { difference, error, z, p, low, high } = compareScores(before, after)!;
  expect([points(difference), points(error, 2), rounded(z, 3), rounded(p, 4), points(low), points(high)]).toEqual([6, 3.24, 1.853, 0.0638, -0.3, 12.3]);
  expect([compareScores({ for: 0, neither: 0, against: 0 }, after), compareScores({ for: 3, neither: 0, against: 0 }, { for: 4, neither: 0, against: 0 })]).toEqual([null, null]);
});

test('ranks of two small groups, with values that stand in both', () => {
  const { ranks, wins, p, larger, delta } = compareRanks([1, 3, 2, 4, 2], [3, 5, 5, 2, 4])!;
  expect([ranks, wins, rounded(p, 3), larger, rounded(delta, 6)]).toEqual([[20, 35], [5, 20], 0.135, 0.8, 0.6]);
  expect([compareRanks([], [1]), compareRanks([2, 2], [2, 2])?.p]).toEqual([null, 1]);
});

test('ranks say the same as counting every pair', () => {
  const values = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(values, values, (a, b) => {
    const pairs = a.flatMap((x) => b.map((y): number => (y > x ? 1 : y === x ? 0.5 : 0))).reduce((sum, one) => sum + one, 0);
    const ranked = compareRanks(a, b)!;
    expect(ranked.wins).toEqual([a.length * b.length - pairs, pairs]);
    expect(ranked.p).toBeGreaterThan(0);
    expect(ranked.p).toBeLessThanOrEqual(1);
  }));
});

// Abramowitz and Stegun, table 26.2 (P(x), 15 places), as 2 (1 − P).
test.each([[0, 1], [1, 0.317310507862914], [1.959963984540054, 0.05], [3, 0.002699796063260], [3.6, 0.000318217180315], [5, 5.733031437e-7], [10, 1.523970605e-23]])('chance goes %d deviations away with %d', (z, p) => {
  expect(Math.abs(twoSided(z) / p - 1)).toBeLessThan(1e-9);
  expect(twoSided(-z)).toBe(twoSided(z));
});
