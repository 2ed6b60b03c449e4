import type { Interval, WorkingTime } from './working-time.ts';

const DAY_MS = 86_400_000;
/** How far is looked ahead, step by step. */
const AHEAD_DAYS = [14, 120, 800, 7_300] as const;

/** The hours of several together: working time is when one of them works, and counts once. Of one alone it is that one. */
export function eitherOf(times: readonly [WorkingTime, ...WorkingTime[]]): WorkingTime {
  const [first, ...others] = times;
  if (others.every((time) => time === first)) return first;

  function between(from: Date, to: Date, most?: number): { seconds: number; counted: Interval[] } {
    const all = times.flatMap((time) => time.between(from, to, most).counted).sort((a, b) => a.from.getTime() - b.from.getTime());
    const counted: Interval[] = [];
    for (const one of all) {
      const last = counted.at(-1);
      if (!last || one.from > last.to) counted.push(one);
      else if (one.to > last.to) counted[counted.length - 1] = { from: last.from, to: one.to };
    }
    return { seconds: secondsOf(counted), counted };
  }

  function add(from: Date, seconds: number): { due: Date; counted: Interval[] } | null {
    if (seconds <= 0) return { due: from, counted: [] };
    for (const days of AHEAD_DAYS) {
      const found = between(from, new Date(from.getTime() + days * DAY_MS));
      if (found.seconds >= seconds) return upTo(found.counted, seconds);
    }
    return null;
  }

  return {
    add, between,
    isOpen: (at) => times.some((time) => time.isOpen(at)),
    nextOpening: (from) => times.map((time) => time.nextOpening(from)).reduce((a, b) => (a === null || b === null ? a ?? b : a < b ? a : b)),
  };
}

const secondsOf = (intervals: readonly Interval[]): number => intervals.reduce((sum, { from, to }) => sum + (to.getTime() - from.getTime()) / 1000, 0);

function upTo(intervals: readonly Interval[], seconds: number): { due: Date; counted: Interval[] } {
  const counted: Interval[] = [];
  let left = seconds;
  for (const { from, to } of intervals) {
    const here = secondsOf([{ from, to }]);
    const end = here >= left ? new Date(from.getTime() + left * 1000) : to;
    counted.push({ from, to: end });
    left -= here;
    if (left <= 0) return { due: end, counted };
  }
  throw new Error('there is less time than was said');
}
