/** What a conversation does by itself. `step` is what was done last; times are of business. */
export const STEPS = ['waiting', 'waiting_longer', 'leave_address', 'owing', 'owing_longer', 'talking', 'still_there', 'done'] as const;
export type Step = (typeof STEPS)[number];

export type Course = {
  readonly state: 'waiting' | 'active' | 'ended'; readonly isMessage: boolean; readonly step: Step; readonly nextAt: Date | null;
};
type Manners = { readonly idleMinutes: number; readonly closeMinutes: number };

const MINUTE_MS = 60_000;
/** Nobody waits longer than this without a word. */
const FIRST_WORD_MS = MINUTE_MS;
const SECOND_WORD_MS = 3 * MINUTE_MS;
/** Nor longer than these on somebody who has the chat, and says nothing. */
const OWED_WORD_MS = 3 * MINUTE_MS;
const SECOND_OWED_WORD_MS = 7 * MINUTE_MS;
const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

/** The visitor has begun, or begun anew. */
export const begun = (isMessage: boolean, at: Date): Course => ({ state: 'waiting', isMessage, step: 'waiting', nextAt: isMessage ? null : later(at, FIRST_WORD_MS) });

/** Nobody is there to take it: the visitor is told so, and the next word is the one that asks for an address. */
export const unattended = (course: Course, at: Date): Course => (course.isMessage ? course : { ...course, step: 'waiting_longer', nextAt: later(at, SECOND_WORD_MS) });

/** An answer is owed to the visitor. However often they ask again, a word comes after the same time. */
const owing = (course: Course, at: Date): Course => {
  if (course.isMessage || course.step === 'owing' || course.step === 'owing_longer') return { ...course, state: 'active' };
  return { ...course, state: 'active', step: 'owing', nextAt: later(at, OWED_WORD_MS) };
};

/** Somebody has it now. */
export const taken = (course: Course, at: Date): Course => owing(course, at);

/** They need not wait: somebody answers later, or calls. */
export const unhurried = (course: Course): Course => ({ ...course, isMessage: true, nextAt: null });

/** Nobody has it any more: the wait begins anew, with a word after the same times. */
export const returned = (course: Course, at: Date): Course => (course.state === 'ended' ? course : { ...begun(course.isMessage, at), step: course.step === 'leave_address' ? 'leave_address' : 'waiting' });

/** The visitor said something: it is our turn, so nothing is asked of them. */
export const heard = (course: Course, at: Date): Course => (course.state === 'active' ? owing(course, at) : course);

/** We said something: now the visitor may fall silent. A message for later has no hurry. */
export const said = (course: Course, { idleMinutes }: Manners, at: Date): Course =>
  ({ ...course, state: 'active', step: 'talking', nextAt: course.isMessage ? null : later(at, idleMinutes * MINUTE_MS) });

export const over = (course: Course): Course => ({ ...course, state: 'ended', step: 'done', nextAt: null });

export type Act = 'waiting_longer' | 'leave_address' | 'still_busy' | 'still_there' | 'end';

type Turn = { readonly act: Act; readonly step: Step; /** Until the next; null: no more by itself. */ readonly pauseMs: number | null };
const WAITING: Partial<Record<Step, Turn>> = {
  waiting: { act: 'waiting_longer', step: 'waiting_longer', pauseMs: SECOND_WORD_MS },
  waiting_longer: { act: 'leave_address', step: 'leave_address', pauseMs: null },
};
const ACTIVE = (closeMinutes: number): Partial<Record<Step, Turn>> => ({
  owing: { act: 'still_busy', step: 'owing_longer', pauseMs: SECOND_OWED_WORD_MS },
  owing_longer: { act: 'leave_address', step: 'owing_longer', pauseMs: null },
  talking: { act: 'still_there', step: 'still_there', pauseMs: closeMinutes * MINUTE_MS },
  still_there: { act: 'end', step: 'done', pauseMs: null },
});

/** What is due now, and how it goes on. Null: nothing is. */
export function next(course: Course, { closeMinutes }: Manners, at: Date): { act: Act; course: Course } | null {
  if (course.nextAt === null || course.nextAt > at || course.state === 'ended') return null;
  const turn = (course.state === 'active' ? ACTIVE(closeMinutes) : WAITING)[course.step];
  if (!turn) return null;
  return { act: turn.act, course: turn.act === 'end' ? over(course) : { ...course, step: turn.step, nextAt: turn.pauseMs === null ? null : later(at, turn.pauseMs) } };
}
