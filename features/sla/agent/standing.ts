import type { ClockView, UrgentView } from '../core/contract.ts';

/** What of a promise is needed to tell how it stands at any moment. */
export type Promised = {
  readonly state: ClockView['state'];
  readonly dueAt: string | null;
  /** Only hours of work count; else every hour does, and a day is a day. */
  readonly workingTime: boolean;
  /** As the server counted it when it was asked; in seconds. */
  readonly remainingSeconds: number;
  /** Once less than this is left, it matters now. */
  readonly soonSeconds: number;
  /** The stretches that count up to the deadline; those that are over may be among them. */
  readonly counted: readonly { readonly from: string; readonly to: string }[];
  /** There are more stretches than these. */
  readonly isCut: boolean;
  /** It was done, too late: nobody waits for it any more. */
  readonly isOver: boolean;
};

/** `late`: broken, and the customer still waits. `broken`: it was done, too late. `left` and `by` in seconds. */
export type Standing =
  | { readonly look: 'running' | 'soon' | 'paused'; readonly left: number }
  | { readonly look: 'late'; readonly by: number }
  | { readonly look: 'kept' | 'broken' };
export type Look = Standing['look'];

/** The last quarter of what was promised. */
const SOON_PERCENT = 75;

export const ofClock = ({ state, dueAt, workingTime, remainingSeconds, targetSeconds, explanation, explanationCut, endedAt }: ClockView): Promised => ({
  state, dueAt, workingTime, remainingSeconds, soonSeconds: (targetSeconds * (100 - SOON_PERCENT)) / 100, counted: explanation, isCut: explanationCut, isOver: endedAt !== null,
});

export const ofUrgent = ({ state, dueAt, workingTime, remainingSeconds, percent, openHours }: UrgentView): Promised => ({
  state, dueAt, workingTime, remainingSeconds, isOver: false, counted: openHours, isCut: lengthOf(openHours) < remainingSeconds - 1,
  soonSeconds: percent >= SOON_PERCENT ? Number.POSITIVE_INFINITY : (remainingSeconds * (100 - SOON_PERCENT)) / (100 - percent),
});

/** How a promise stands. How late it is, is told by the clock on the wall: so long the customer has waited in vain. */
export function standingAt(promised: Promised, now: Date): Standing {
  const { state, dueAt, remainingSeconds, soonSeconds, isOver } = promised;
  if (state === 'met') return { look: 'kept' };
  if (isOver) return { look: 'broken' };
  if (state === 'paused' || dueAt === null) return { look: 'paused', left: Math.max(0, remainingSeconds) };
  const late = (now.getTime() - Date.parse(dueAt)) / 1000;
  if (late >= 0 || state === 'breached') return { look: 'late', by: Math.max(0, late) };
  const left = leftOf(promised, now);
  return { look: left <= soonSeconds ? 'soon' : 'running', left };
}

/** What still counts between now and the deadline; where not all of it is known, what the server said, less what went by. */
function leftOf({ counted, isCut, remainingSeconds, dueAt }: Promised, now: Date): number {
  const toCome = lengthOf(counted, now.getTime());
  if (isCut) return Math.max(0, remainingSeconds - lengthOf(counted) + toCome);
  return counted.length > 0 ? toCome : (Date.parse(dueAt ?? '') - now.getTime()) / 1000;
}

/** In seconds, of what lies after `since`. */
const lengthOf = (stretches: Promised['counted'], since = 0): number =>
  stretches.reduce((sum, { from, to }) => sum + Math.max(0, Date.parse(to) - Math.max(Date.parse(from), since)), 0) / 1000;

/** The next moment from which time counts again; null while it counts, and where nothing is known. */
export function goesOnAt({ state, counted }: Promised, now: Date): Date | null {
  if (state !== 'running') return null;
  const next = counted.find(({ to }) => Date.parse(to) > now.getTime());
  return next && Date.parse(next.from) > now.getTime() ? new Date(next.from) : null;
}
