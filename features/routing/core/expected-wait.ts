import { compareRanks } from '../../../kernel/comparing.ts';

/** One that was taken: how many stood before it when it came, and how long it waited. Seconds of working time. */
export type PastWait = { readonly ahead: number; readonly waitedSeconds: number };
export type Range = { readonly lowSeconds: number; readonly highSeconds: number };

/** Fewer say nothing. */
const FEWEST = 5;
const [LOW, HIGH] = [0.1, 0.9];

/** Between two values in the proportion of the place, as spreadsheets do it. */
function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [below, above] = [sorted[Math.floor(at)] ?? 0, sorted[Math.ceil(at)] ?? 0];
  return below + (above - below) * (at - Math.floor(at));
}

function middle(values: readonly number[], factor: number): Range | null {
  if (values.length < FEWEST) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return { lowSeconds: Math.round(quantile(sorted, LOW) * factor), highSeconds: Math.round(quantile(sorted, HIGH) * factor) };
}

/**
 * `place × time per place`: how long each of the last ones waited, divided by its place when it came (those before it and itself).
 * The range leaves out the shortest and the longest tenth, so four of five should fall inside.
 */
export const WAIT_FORMULA = '(waiting before it + 1) × time per place; time per place = wait ÷ (waiting before it + 1) of the latest tickets, 10th to 90th percentile';
export const expectedWait = (past: readonly PastWait[], ahead: number): Range | null =>
  middle(past.map(perPlace), ahead + 1);

/** Fewer on each side show no trend. */
const FEWEST_OF_HALF = 20;
/** More seldom than this makes chance alone such a difference; smaller ones than that (Cliff's delta) nobody would feel. */
const [RARE, FELT] = [0.01, 0.33];

/** Whether it takes longer or shorter by now than the range says, which goes by all: the newer half of the latest against the older half. The latest first. */
export function trendOf(latest: readonly number[]): 'longer' | 'shorter' | null {
  const half = Math.floor(latest.length / 2);
  if (half < FEWEST_OF_HALF) return null;
  const ranked = compareRanks(latest.slice(half), latest.slice(0, half));
  if (!ranked || ranked.p >= RARE || Math.abs(ranked.delta) < FELT) return null;
  return ranked.delta > 0 ? 'longer' : 'shorter';
}
export const perPlace = ({ ahead, waitedSeconds }: PastWait): number => waitedSeconds / (ahead + 1);

export const REPLY_FORMULA = 'time to the first answer of the latest tickets, 10th to 90th percentile';
export const expectedReply = (seconds: readonly number[]): Range | null => middle(seconds, 1);

export const isInside = ({ lowSeconds, highSeconds }: Range, seconds: number): boolean => seconds >= lowSeconds && seconds <= highSeconds;
