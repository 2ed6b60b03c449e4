import { AppError } from '../../../kernel/errors.ts';
import { momentOf } from '../../calendars/core/zone.ts';
import type { WorkingTime } from '../../calendars/core/working-time.ts';
import { OPEN_STATES, type CommitmentKind, type CommitmentState, type LocalDue, type Telling } from './contract.ts';

export type Commitment = {
  readonly id: string;
  readonly ticketId: string;
  readonly entryId: string | null;
  readonly customerId: string;
  /** Whose it would be if their records had not been merged; null: the same. */
  readonly homeId: string | null;
  readonly kind: CommitmentKind;
  readonly what: string;
  readonly ownerId: string;
  /** Of the ticket, which it follows. */
  readonly teamId: string | null;
  readonly dueAt: Date;
  readonly wholeDay: boolean;
  /** When it begins to be due soon. */
  readonly soonAt: Date;
  /** When there is something to say of it next; null when nothing is. */
  readonly nextAt: Date | null;
  readonly state: CommitmentState;
  readonly madeAt: Date;
  /** Null: the desk itself. */
  readonly madeBy: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly note: string;
  readonly withdrawn: 'customer' | 'colleague' | 'not_sent' | null;
  readonly previousId: string | null;
  readonly toldAt: Date | null;
  /** Of a renegotiated date: how the customer hears of it. */
  readonly telling: Telling | null;
  /** Whose it is, while the owner stands in for them. */
  readonly standsFor: string | null;
  readonly apologyFor: string | null;
  readonly version: number;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A usual working day. */
const WORKING_DAY_S = 8 * 3_600;
/** What is promised for the same working day is due soon so long before. */
const SHORTLY_MS = 2 * HOUR_MS;
const MAX_AHEAD_MS = 366 * DAY_MS;
/** An apology is owed within so much working time. */
const APOLOGY_S = 4 * 3_600;

export const isOpen = ({ state }: Pick<Commitment, 'state'>): boolean => (OPEN_STATES as readonly CommitmentState[]).includes(state);

/** The moment that was named: when work ends on a day without a time, or the day itself where nobody works then. */
export function dueOf(due: LocalDue, zone: string, time: WorkingTime): Date {
  if (due.time !== undefined) return momentOf(zone, `${due.date}T${due.time}`);
  const [begins, ends] = [momentOf(zone, `${due.date}T00:00`), momentOf(zone, `${dayAfter(due.date)}T00:00`)];
  return time.between(begins, ends).counted.at(-1)?.to ?? ends;
}

const dayAfter = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

export function demandAhead(dueAt: Date, at: Date): void {
  if (dueAt <= at) throw new AppError('invalid', 'commitment.past', 'A promise is for a moment that is still to come.');
  if (dueAt.getTime() > at.getTime() + MAX_AHEAD_MS) throw new AppError('invalid', 'commitment.too_far', 'A promise can be for up to a year ahead.');
}

/** A working day before it is due; what is promised for sooner than that, two hours before. */
export function soonAtOf(madeAt: Date, dueAt: Date, time: WorkingTime): Date {
  const ahead = time.between(madeAt, dueAt).seconds - WORKING_DAY_S;
  const aDayBefore = ahead > 0 ? time.add(madeAt, ahead)?.due : undefined;
  const shortly = new Date(Math.max(madeAt.getTime(), dueAt.getTime() - SHORTLY_MS));
  return aDayBefore && aDayBefore < shortly ? aDayBefore : shortly;
}

/** When an apology is due for what is broken now. */
export const apologyDueAt = (at: Date, time: WorkingTime): Date => time.add(at, APOLOGY_S)?.due ?? new Date(at.getTime() + APOLOGY_S * 1000);

type Word = 'due_soon' | 'broken';
/** What is to be said at `moment`, the one that stood in `nextAt`, and what comes after it. */
export function reach(commitment: Commitment, moment: Date): { commitment: Commitment; word: Word } {
  return moment < commitment.dueAt
    ? { word: 'due_soon', commitment: { ...commitment, state: 'due_soon', nextAt: commitment.dueAt } }
    : { word: 'broken', commitment: { ...commitment, state: 'broken', nextAt: null } };
}

type End = { readonly by: string | null; readonly at: Date; readonly note: string };

function ended(commitment: Commitment, state: CommitmentState, { by, at, note }: End): Commitment {
  if (!isOpen(commitment)) throw new AppError('conflict', 'commitment.ended', 'This promise has ended already.', { state: commitment.state });
  return { ...commitment, state, endedAt: at, endedBy: by, note, nextAt: null, version: commitment.version + 1 };
}

export const keep = (commitment: Commitment, end: End): Commitment => ended(commitment, 'kept', end);

export const withdraw = (commitment: Commitment, withdrawn: NonNullable<Commitment['withdrawn']>, end: End): Commitment =>
  ({ ...ended(commitment, 'withdrawn', end), withdrawn });

/** In other words, or with somebody else: whoever is given it keeps it for nobody else. What the desk made stays what it is. */
export const reword = (before: Commitment, given: { what?: string | undefined; kind?: CommitmentKind | undefined; ownerId?: string | undefined }): Commitment => ({
  ...before, what: given.what ?? before.what, kind: before.kind === 'apology' || before.kind === 'answer' ? before.kind : given.kind ?? before.kind, version: before.version + 1,
  ...(given.ownerId !== undefined && { ownerId: given.ownerId, standsFor: null }),
});

/** It goes with its ticket to somebody else. */
export const followOwner = (before: Commitment, ownerId: string): Commitment => ({ ...before, ownerId, standsFor: null, version: before.version + 1 });

/** It was not kept after all. What is late by now is said at once. */
export function takeUp(kept: Commitment, at: Date): Commitment {
  const isSoon = at >= kept.soonAt;
  return { ...kept, state: isSoon ? 'due_soon' : 'made', nextAt: isSoon ? kept.dueAt : kept.soonAt, endedAt: null, endedBy: null, note: '', version: kept.version + 1 };
}

/** The old promise, which ends, and the one that stands for it. */
export function renegotiate(commitment: Commitment, fresh: { id: string; dueAt: Date; wholeDay: boolean; soonAt: Date; telling: Telling }, end: End): readonly [old: Commitment, next: Commitment] {
  if (commitment.kind === 'apology') throw new AppError('conflict', 'commitment.apology', 'An apology is a task of ours: it has no date that a customer could agree to.');
  const { telling, ...place } = fresh;
  return [ended(commitment, 'renegotiated', end), {
    ...commitment, ...place, nextAt: place.soonAt, state: 'made', madeAt: end.at, madeBy: end.by, endedAt: null, endedBy: null, note: '', withdrawn: null,
    previousId: commitment.id, telling, toldAt: telling === 'told' ? end.at : null, version: 1,
  }];
}

/** Whether it ended in time; null while it is open, or when that cannot be said. A new date is in time when it was told before the old one. */
export function inTime({ state, endedAt, dueAt }: Pick<Commitment, 'state' | 'endedAt' | 'dueAt'>, nextToldAt: Date | null): boolean | null {
  if (state === 'kept') return endedAt !== null && endedAt <= dueAt;
  if (state === 'renegotiated') return nextToldAt !== null && nextToldAt <= dueAt;
  return null;
}
