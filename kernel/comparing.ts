import { twoSided, Z80, Z95 } from './normal.ts';
import { wilson } from './wilson.ts';

/** A difference that was seen, the bounds of its 95 % interval, and `p`: how often chance alone makes one at least as large. */
export type Difference = { readonly difference: number; readonly low: number; readonly high: number; readonly z: number; readonly p: number };
export type Counted = { readonly hits: number; readonly of: number };

/**
 * How much a share has changed. The interval is Newcombe's hybrid of two of Wilson's (Statistics in Medicine 17 (1998), method 10), `z` that of the test with
 * the common share. Null: one of them is of nothing.
 */
export function compareShares(before: Counted, after: Counted): Difference | null {
  if (before.of === 0 || after.of === 0) return null;
  const [a, b] = [before.hits / before.of, after.hits / after.of];
  const [boundsA, boundsB] = [wilson(before.hits, before.of), wilson(after.hits, after.of)];
  const common = (before.hits + after.hits) / (before.of + after.of);
  const error = Math.sqrt(common * (1 - common) * (1 / before.of + 1 / after.of));
  const z = error === 0 ? 0 : (b - a) / error;
  return {
    difference: b - a, z, p: twoSided(z),
    low: b - a - Math.hypot(b - boundsB.low, boundsA.high - a), high: b - a + Math.hypot(boundsB.high - b, a - boundsA.low),
  };
}

/**
 * How many must be counted in each of two periods to notice, four times in five, that a share went from one to the other, and to be misled once in
 * twenty when it did not (Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 4.14, without continuity correction).
 */
export function enoughToSee(from: number, to: number): number {
  const middle = (from + to) / 2;
  return Math.ceil((Z95 * Math.sqrt(2 * middle * (1 - middle)) + Z80 * Math.sqrt(from * (1 - from) + to * (1 - to))) ** 2 / (to - from) ** 2);
}

export type Leanings = { readonly for: number; readonly neither: number; readonly against: number };

/** The share of those for it less that of those against it (the net promoter score is one, × 100), and its standard error. */
export function netScore({ for: plus, neither, against }: Leanings): { score: number; error: number } {
  const of = plus + neither + against;
  const score = (plus - against) / of;
  return { score, error: Math.sqrt(((plus + against) / of - score ** 2) / of) };
}

/** How much a net score has changed: it is a mean of +1, 0 and −1. Null: one of them is of nothing, or all said the same. */
export function compareScores(before: Leanings, after: Leanings): (Difference & { readonly error: number }) | null {
  const [a, b] = [netScore(before), netScore(after)];
  const [difference, error] = [b.score - a.score, Math.hypot(a.error, b.error)];
  if (!(error > 0)) return null;
  return { difference, error, low: difference - Z95 * error, high: difference + Z95 * error, z: difference / error, p: twoSided(difference / error) };
}

export type Ranked = {
  /** Of the first and of the second: a value that stands twice has the middle of its ranks. */
  readonly ranks: readonly [number, number];
  /** Pairs that the first wins, and the second; a draw is half of one for each. */
  readonly wins: readonly [number, number];
  readonly p: number;
  /** How likely one of the second is larger than one of the first (Vargha and Delaney's A), and the same between −1 and 1 (Cliff's delta). */
  readonly larger: number;
  readonly delta: number;
};

/**
 * Whether values of a second kind are larger than those of a first, whatever their distribution (Mann and Whitney; normal approximation,
 * corrected for ties and continuity). For waits and grades, whose mean says little. Null: one of them is empty.
 */
export function compareRanks(first: readonly number[], second: readonly number[]): Ranked | null {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0) return null;
  const all = [...first.map((value) => ({ value, of: 0 as const })), ...second.map((value) => ({ value, of: 1 as const }))].sort((a, b) => a.value - b.value);
  const ranks: [number, number] = [0, 0];
  let ties = 0;
  for (let from = 0; from < all.length;) {
    let to = from;
    while (to < all.length && all[to]!.value === all[from]!.value) to += 1;
    ties += (to - from) ** 3 - (to - from);
    for (let i = from; i < to; i += 1) ranks[all[i]!.of] += (from + 1 + to) / 2;
    from = to;
  }
  const wins = [ranks[0] - (m * (m + 1)) / 2, ranks[1] - (n * (n + 1)) / 2] as const;
  const spread = Math.sqrt(((m * n) / 12) * (m + n + 1 - ties / ((m + n) * (m + n - 1))));
  const larger = wins[1] / (m * n);
  return { ranks, wins, larger, delta: 2 * larger - 1, p: spread === 0 ? 1 : twoSided(Math.max(0, Math.abs(wins[1] - (m * n) / 2) - 0.5) / spread) };
}
