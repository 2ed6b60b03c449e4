import type { WorkingTime } from '../../calendars/core/working-time.ts';
import type { Metric, Threshold } from './metrics.ts';
import { THRESHOLDS } from './metrics.ts';

/** Milliseconds since 1970. */
export type Ms = number;
/** When a clock ran; null while it does. */
export type Span = readonly [from: Ms, to: Ms | null];

/** What is promised of one clock, and how its time is counted. */
export type Goal = { readonly seconds: number; readonly working: boolean };

export type Ending = { readonly at: Ms; readonly by: 'reply' | 'status'; readonly entryId: string | null };
/** How it ended, under the target that held then; it does not change any more. */
export type Result = Goal & { readonly breached: boolean; readonly dueAt: Ms | null };

/** Another deadline, agreed with the customer at `since`: a moment, whatever the ticket does until then. `entryId`: the note that says why. */
export type Agreed = { readonly at: Ms; readonly since: Ms; readonly by: string | null; readonly entryId: string };

/**
 * One promise on one ticket. It keeps when it ran, not when it will ring: another target, another calendar or another priority
 * is therefore only another reading of the same facts. Kept for every metric, promised or not.
 */
export type Clock = {
  readonly metric: Metric;
  readonly round: number;
  readonly startedAt: Ms;
  readonly spans: readonly Span[];
  /** Counted in spans that are not kept any more. */
  readonly settledMs: number;
  /** What it was read with last; null: nothing was promised. */
  readonly goal: Goal | null;
  /** The highest threshold that was announced. */
  readonly told: 0 | Threshold;
  /** When it broke; kept for good unless the promise itself is changed. */
  readonly brokenAt: Ms | null;
  readonly end: Ending | null;
  readonly result: Result | null;
  /** It had ended when it was written down: the promise of that moment is read into it, once. */
  readonly unread?: true;
  readonly agreed?: Agreed;
};

const MOST_SPANS = 100;

export const startClock = (metric: Metric, round: number, at: Ms, running: boolean): Clock => ({
  metric, round, startedAt: at, spans: running ? [[at, null]] : [], settledMs: 0, goal: null, told: 0, brokenAt: null, end: null, result: null,
});

export const isRunning = ({ spans, end }: Clock): boolean => end === null && spans.at(-1)?.[1] === null;

/** A clock that does not run is returned as it is, so a fact that comes twice does no harm. */
export function pauseClock(clock: Clock, at: Ms, time: WorkingTime): Clock {
  const last = clock.spans.at(-1);
  if (!isRunning(clock) || !last) return clock;
  const spans: readonly Span[] = at > last[0] ? [...clock.spans.slice(0, -1), [last[0], at]] : clock.spans.slice(0, -1);
  if (spans.length <= MOST_SPANS || !clock.goal) return { ...clock, spans: spans.slice(-MOST_SPANS * 2) };
  const [oldest, ...rest] = spans;
  return { ...clock, spans: rest, settledMs: clock.settledMs + (oldest ? countSpan(oldest, oldest[0], clock.goal.working, time).ms : 0) };
}

export const resumeClock = (clock: Clock, at: Ms): Clock =>
  (clock.end !== null || isRunning(clock) ? clock : { ...clock, spans: [...clock.spans, [at, null]] });

/** Ends it for good (`reply`) or until the ticket is opened again (`status`). What was due before that broke first. */
export function endClock(clock: Clock, ending: Ending, time: WorkingTime): Clock {
  if (clock.end) return clock;
  const { goal, ...broken } = breakIfDue(clock, ending.at, time);
  const result = goal && { ...goal, breached: broken.brokenAt !== null, dueAt: broken.brokenAt ?? dueOf(clock, time) };
  return { ...pauseClock({ ...broken, goal }, ending.at, time), end: ending, result };
}

/** One of which somebody wrote down afterwards when it began and when it ended. */
export const pastClock = (metric: Metric, round: number, from: Ms, end: Ending): Clock => ({ ...startClock(metric, round, from, true), end, unread: true });

/** Nothing is announced of what has long been over; it counts as kept or broken all the same. */
export function readEnded({ unread: _unread, ...clock }: Clock, goal: Goal | null, time: WorkingTime): Clock {
  return clock.end ? { ...endClock({ ...clock, end: null, goal }, clock.end, time), told: 100 } : clock;
}

/** A ticket that is opened again: what its status had ended goes on; the time between does not count, and what was agreed for a day that has gone holds no more. */
export function reopenClock({ agreed, ...clock }: Clock, at: Ms): Clock {
  const holds = agreed !== undefined && (clock.end?.by !== 'status' || agreed.at > at);
  return { ...clock, ...(holds && { agreed }), ...(clock.end?.by === 'status' && { end: null, result: null }) };
}

/**
 * Another deadline for one that runs, or, with null, the one of the promise again. What has broken stays broken, and nothing of what lies behind is
 * announced.
 */
export function agreeOn({ agreed: _before, ...clock }: Clock, agreed: Agreed | null, now: Ms, time: WorkingTime): Clock {
  if (clock.end || clock.brokenAt !== null || !clock.goal) return { ...clock, ...(_before && { agreed: _before }) };
  if (agreed) return { ...clock, agreed, told: 0 };
  const passed = highestPassed(clock, clock.goal, now, time);
  return { ...clock, told: passed === 100 ? 90 : passed };
}

/** A reply in the very moment of the deadline keeps the promise. */
export function breakIfDue(clock: Clock, at: Ms, time: WorkingTime): Clock {
  if (clock.brokenAt !== null || clock.end !== null) return clock;
  const due = dueOf(clock, time);
  return due !== null && due < at ? { ...clock, brokenAt: due } : clock;
}

/** When it breaks or broke; null while it stands still, when nothing is promised, and beyond what calendars look ahead. */
export const dueOf = (clock: Clock, time: WorkingTime): Ms | null =>
  clock.result?.dueAt ?? clock.brokenAt ?? (clock.goal && reachedPart(clock, clock.goal, 100, time));

/** The next threshold that has not been announced, and when it comes or came. Of a clock that has ended only its breach is told. */
export function nextThreshold(clock: Clock, time: WorkingTime): { threshold: Threshold; at: Ms } | null {
  if (clock.told === 100) return null;
  if (clock.end) return clock.result?.breached === true && clock.brokenAt !== null ? { threshold: 100, at: clock.brokenAt } : null;
  const threshold = THRESHOLDS.find((one) => one > clock.told);
  if (!clock.goal || !threshold) return null;
  const at = threshold === 100 ? dueOf(clock, time) : reachedPart(clock, clock.goal, threshold, time);
  return at === null ? null : { threshold, at };
}

/** When so many percent of the way to the deadline are gone; null while it stands still before. */
function reachedPart(clock: Clock, goal: Goal, percent: Threshold, time: WorkingTime): Ms | null {
  const { agreed } = clock;
  if (!agreed) return reachedAt(clock, goal.seconds * 10 * percent, goal.working, time);
  if (percent === 100) return agreed.at;
  const worked = goal.working ? countUntil(clock, agreed.at, true, time).ms : 0;
  return worked > 0 ? after(agreed.since, (worked * percent) / 100, true, time) : agreed.since + ((agreed.at - agreed.since) * percent) / 100;
}

/** It is past: a warning in its moment, a breach after it. */
export const hasCome = ({ threshold, at }: { threshold: Threshold; at: Ms }, now: Ms): boolean => (threshold === 100 ? at < now : at <= now);

/**
 * Reads the clock with another target or calendar. `byRules`: those who make the promises changed them; a breach that the new
 * promise does not know is none, and what lies behind already is announced to nobody. Whatever happens to the ticket mends
 * nothing; what lies behind then is announced once, by its highest threshold. What lies ahead again will be announced again.
 */
export function retarget(clock: Clock, goal: Goal | null, { now, time, byRules }: { now: Ms; time: WorkingTime; byRules: boolean }): Clock {
  if (clock.end) return clock;
  const mended = byRules ? { ...clock, brokenAt: null } : clock;
  const next = breakIfDue({ ...mended, goal }, now, time);
  if (!goal) return next;
  const passed = next.brokenAt === null ? highestPassed(next, goal, now, time) : 100;
  return { ...next, told: passed <= clock.told || byRules ? passed : highest(clock.told, below(passed)) };
}

const below = (threshold: Clock['told']): Clock['told'] => THRESHOLDS[THRESHOLDS.findIndex((one) => one === threshold) - 1] ?? 0;
const highest = (a: Clock['told'], b: Clock['told']): Clock['told'] => (a > b ? a : b);

function highestPassed(clock: Clock, goal: Goal, now: Ms, time: WorkingTime): Clock['told'] {
  return THRESHOLDS.findLast((threshold) => {
    const at = reachedPart(clock, goal, threshold, time);
    return at !== null && hasCome({ threshold, at }, now);
  }) ?? 0;
}

export type Counted = { readonly ms: number; readonly intervals: readonly (readonly [Ms, Ms])[] };

/** What was counted until then; on the way to a deadline that was agreed on, since it was, whatever the ticket did. */
export function countUntil(clock: Clock, until: Ms, working: boolean, time: WorkingTime): Counted {
  if (clock.agreed) return countSpan([clock.agreed.since, null], until, working, time);
  const parts = clock.spans.map((span) => countSpan(span, until, working, time));
  return { ms: clock.settledMs + parts.reduce((sum, { ms }) => sum + ms, 0), intervals: parts.flatMap(({ intervals }) => intervals) };
}

function countSpan([from, to]: Span, until: Ms, working: boolean, time: WorkingTime): Counted {
  const end = to ?? until;
  if (end <= from) return { ms: 0, intervals: [] };
  if (!working) return { ms: end - from, intervals: [[from, end]] };
  const { seconds, counted } = time.between(new Date(from), new Date(end));
  return { ms: Math.round(seconds * 1000), intervals: counted.map((one) => [one.from.getTime(), one.to.getTime()]) };
}

/** The moment at which so much has been counted, in what was or in the span that still runs; null while it stands still before. */
function reachedAt(clock: Clock, wantedMs: number, working: boolean, time: WorkingTime): Ms | null {
  let left = wantedMs - clock.settledMs;
  for (const span of clock.spans) {
    const [from, to] = span;
    if (to === null) return after(from, left, working, time);
    const { ms } = countSpan(span, to, working, time);
    if (ms > left) return after(from, left, working, time);
    left -= ms;
  }
  return null;
}

function after(from: Ms, ms: number, working: boolean, time: WorkingTime): Ms | null {
  if (ms <= 0) return from;
  return working ? (time.add(new Date(from), ms / 1000)?.due.getTime() ?? null) : from + ms;
}
