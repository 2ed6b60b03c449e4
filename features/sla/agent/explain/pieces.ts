import type { WorkingTime } from '../../../calendars/core/working-time.ts';
import type { ClockView } from '../../core/contract.ts';

/** A stretch of time, and what it meant to a promise: it was counted, it will be, or it was not although work went on. */
export type Piece = { readonly kind: 'counted' | 'to_come' | 'stood_still'; readonly from: Date; readonly to: Date; /** Of time that counts. */ readonly seconds: number };

/**
 * The way of a promise from its beginning to its deadline, or to now where it stands still. What lies between two counted
 * stretches is told only where there was working time in it: nobody asks why a night was not counted. `hours` is null where
 * every hour counts, or the hours are not known.
 */
export function piecesOf({ explanation, state, startedAt }: Pick<ClockView, 'explanation' | 'state' | 'startedAt'>, hours: WorkingTime | null, now: Date): Piece[] {
  const pieces: Piece[] = [];
  let end = new Date(startedAt);
  const idle = (to: Date) => {
    const seconds = secondsIn(hours, end, to);
    if (seconds >= 1) pieces.push({ kind: 'stood_still', from: end, to, seconds });
  };
  for (const { from: begins, to: ends } of explanation) {
    const [from, to] = [new Date(begins), new Date(ends)];
    idle(from);
    pieces.push(...cutAt(from, to, now));
    end = to;
  }
  if (state === 'paused') idle(now);
  return pieces;
}

const cutAt = (from: Date, to: Date, now: Date): Piece[] => {
  const piece = (kind: Piece['kind'], begins: Date, ends: Date): Piece => ({ kind, from: begins, to: ends, seconds: lengthOf(begins, ends) });
  if (to <= now) return [piece('counted', from, to)];
  if (from >= now) return [piece('to_come', from, to)];
  return [piece('counted', from, now), piece('to_come', now, to)];
};

const lengthOf = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1000;
const secondsIn = (hours: WorkingTime | null, from: Date, to: Date): number => (hours ? hours.between(from, to).seconds : lengthOf(from, to));
