import { inOrder, minutesOf, rangesOfWeek, type Hours, type Range, type Week } from './week.ts';
import { stretchesOf } from './zone.ts';

/** A day on which the week does not hold: closed; open at `hours` of its own; or as the week says until `closedFrom`. Of several of a date the last counts. */
export type Holiday = { readonly date: string; readonly name: string; readonly hours?: readonly Hours[] | undefined; readonly closedFrom?: string | undefined };
export type Closure = { readonly from: string; readonly to: string; readonly reason: string };
/** When work is done. All that stands in it is a reading of the clock on the wall of `timeZone`. */
export type Calendar = { readonly timeZone: string; readonly week: Week; readonly holidays: readonly Holiday[]; readonly closures: readonly Closure[] };

export type Interval = { readonly from: Date; readonly to: Date };
export type WorkingTime = {
  /**
   * The first moment at which `seconds` of working time have passed since `from`, and the intervals that were counted;
   * `from` itself for none. Null when that is further away than `HORIZON_YEARS`, or in more than `MOST_INTERVALS`.
   */
  add(from: Date, seconds: number): { due: Date; counted: Interval[] } | null;
  /** How much working time lies between; 0 when `to` is not after `from`. Ends early, with as many, when it is more than `most` intervals. */
  between(from: Date, to: Date, most?: number): { seconds: number; counted: Interval[] };
  /** The first moment of working time at or after `from`; null when there is none within `HORIZON_YEARS`. */
  nextOpening(from: Date): Date | null;
  isOpen(at: Date): boolean;
};

export const HORIZON_YEARS = 20;
export const HORIZON_MS = HORIZON_YEARS * 366 * 86_400_000;
export const MOST_INTERVALS = 10_000;

const [MINUTE, DAY] = [60_000, 86_400_000];
/** The first of January 1970 was a Thursday; weeks begin with Monday. */
const THURSDAY = 3;

type Span = { from: number; to: number };
/** It may still grow: the next stretch of the zone may go on with the same interval. */
type LastSpan = Span & { day: number; range: Range };

/**
 * One rule, and everything follows from it: a moment is working time when the clock on the wall then shows a time that is
 * inside the hours of that date. So an hour that daylight saving skips is worked by nobody, one that comes twice counts
 * twice, and a day is as long as it really is.
 */
export function workingTime({ timeZone, week, holidays, closures }: Calendar): WorkingTime {
  const weekly = rangesOfWeek(week);
  const special = new Map(holidays.map(({ date, hours = [], closedFrom }) => [dayOf(date), {
    own: inOrder(hours.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))), until: closedFrom === undefined ? 0 : minutesOf(closedFrom),
  }]));
  const closed = closures.map(({ from, to }) => ({ from: localMinute(from), to: localMinute(to) }));

  const rangesOn = (day: number): readonly Range[] => {
    const usual = weekly[(day + THURSDAY) % 7] ?? [];
    const other = special.get(day);
    const ranges = other === undefined ? usual : other.until > 0 ? upTo(usual, other.until) : other.own;
    return closed.length === 0 || ranges.length === 0 ? ranges : without(ranges, closed, day * 1440);
  };

  /** Working time between two moments in order. Two intervals of a day stay two even where they touch; one is never cut in two. */
  function* spans(from: number, to: number): Generator<Span> {
    let last = null as LastSpan | null;
    for (const stretch of stretchesOf(timeZone, from, to)) {
      for (let day = Math.floor((stretch.from + stretch.offset) / DAY); day * DAY - stretch.offset < stretch.to; day++) {
        for (const range of rangesOn(day)) {
          const midnight = day * DAY - stretch.offset;
          const begins = Math.max(midnight + range.from * MINUTE, stretch.from);
          const ends = Math.min(midnight + range.to * MINUTE, stretch.to);
          if (begins >= ends) continue;
          if (last?.to === begins && last.day === day && last.range.from === range.from) {
            last.to = ends;
          } else {
            if (last) yield last;
            last = { from: begins, to: ends, day, range };
          }
        }
      }
    }
    if (last) yield last;
  }

  return {
    add(from, seconds) {
      const counted: Interval[] = [];
      // Milliseconds that were divided by a thousand come back whole.
      let left = Math.round(seconds * 1000);
      if (left <= 0) return { due: from, counted };
      for (const span of spans(from.getTime(), from.getTime() + HORIZON_MS)) {
        if (counted.length === MOST_INTERVALS) return null;
        const ends = Math.min(span.to, span.from + left);
        counted.push(interval(span.from, ends));
        left -= ends - span.from;
        if (left === 0) return { due: new Date(ends), counted };
      }
      return null;
    },

    between(from, to, most = Infinity) {
      const counted: Interval[] = [];
      let total = 0;
      for (const span of spans(from.getTime(), to.getTime())) {
        counted.push(interval(span.from, span.to));
        total += span.to - span.from;
        if (counted.length >= most) break;
      }
      return { seconds: total / 1000, counted };
    },

    nextOpening(from) {
      const span = spans(from.getTime(), from.getTime() + HORIZON_MS).next().value;
      return span ? new Date(span.from) : null;
    },

    isOpen: (at) => !spans(at.getTime(), at.getTime() + 1).next().done,
  };
}

const interval = (from: number, to: number): Interval => ({ from: new Date(from), to: new Date(to) });

/** Days since 1970, as the calendar on the wall counts them. */
const dayOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;
const localMinute = (moment: string): number => Date.parse(`${moment}:00Z`) / MINUTE;

const upTo = (ranges: readonly Range[], until: number): Range[] => ranges.map(({ from, to }) => ({ from, to: Math.min(to, until) })).filter(({ from, to }) => from < to);

/** What is left of a day that begins at the minute `midnight`. */
function without(ranges: readonly Range[], closed: readonly Range[], midnight: number): readonly Range[] {
  let left = ranges;
  for (const { from, to } of closed) {
    if (to <= midnight || from >= midnight + 1440) continue;
    left = left.flatMap((range) => [
      { from: range.from, to: Math.min(range.to, from - midnight) },
      { from: Math.max(range.from, to - midnight), to: range.to },
    ].filter((part) => part.from < part.to));
  }
  return left;
}
