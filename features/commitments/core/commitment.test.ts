import { expect, test } from 'vitest';
import { wilson } from '../../../kernel/wilson.ts';
import { workingTime } from '../../calendars/core/working-time.ts';
import { apologyDueAt, demandAhead, dueOf, inTime, keep, reach, renegotiate, soonAtOf, withdraw, type Commitment } from './commitment.ts';
import { figureOf } from './figures.ts';

const nineToFive = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '18:00' }];
const sofia = workingTime({
  timeZone: 'Europe/Sofia', week: { mon: nineToFive, tue: nineToFive, wed: nineToFive, thu: nineToFive, fri: nineToFive },
  holidays: [{ date: '2026-03-03', name: 'Liberation Day' }], closures: [],
});
const at = (iso: string) => new Date(iso);
const MONDAY = at('2026-03-02T09:00:00Z');
const made: Commitment = {
  id: 'c', ticketId: 't', entryId: null, customerId: 'u', homeId: null, kind: 'callback', what: 'Call', ownerId: 'o', teamId: null, dueAt: at('2026-03-05T15:00:00Z'), wholeDay: false,
  soonAt: at('2026-03-04T15:00:00Z'), nextAt: at('2026-03-04T15:00:00Z'), state: 'made', madeAt: MONDAY, madeBy: 'o', endedAt: null, endedBy: null, note: '', withdrawn: null,
  previousId: null, toldAt: null, telling: null, standsFor: null, apologyFor: null, version: 1,
};
const end = (iso: string) => ({ by: 'o', at: at(iso), note: '' });

test('a day without a time ends when work ends on it, or at midnight where nobody works; a time is of the wall', () => {
  expect(dueOf({ date: '2026-03-05' }, 'Europe/Sofia', sofia)).toEqual(at('2026-03-05T16:00:00Z'));
  expect(dueOf({ date: '2026-03-07' }, 'Europe/Sofia', sofia)).toEqual(at('2026-03-07T22:00:00Z'));
  expect(dueOf({ date: '2026-03-05', time: '17:00' }, 'Europe/Sofia', sofia)).toEqual(at('2026-03-05T15:00:00Z'));
  // The clocks went forward in the night: the same reading is an hour earlier.
  expect(dueOf({ date: '2026-03-30', time: '17:00' }, 'Europe/Sofia', sofia)).toEqual(at('2026-03-30T14:00:00Z'));
});

test('it is due soon a working day before, and two hours before when it is promised for the same day', () => {
  expect(soonAtOf(MONDAY, at('2026-03-05T15:00:00Z'), sofia)).toEqual(at('2026-03-04T15:00:00Z'));
  expect(soonAtOf(MONDAY, at('2026-03-02T15:00:00Z'), sofia)).toEqual(at('2026-03-02T13:00:00Z'));
  expect(soonAtOf(MONDAY, at('2026-03-02T10:00:00Z'), sofia)).toEqual(MONDAY);
  // A holiday is no working day: what is due on Wednesday morning is due soon on Monday.
  expect(soonAtOf(at('2026-02-27T09:00:00Z'), at('2026-03-04T08:00:00Z'), sofia)).toEqual(at('2026-03-02T08:00:00Z'));
});

test('an apology is due within four working hours, over the night when need be', () => {
  expect(apologyDueAt(at('2026-03-05T15:00:00Z'), sofia)).toEqual(at('2026-03-06T10:00:00Z'));
});

test('a promise is for a time to come, up to a year', () => {
  expect(() => demandAhead(MONDAY, MONDAY)).toThrow('commitment.past');
  expect(() => demandAhead(at('2027-03-04T09:00:00Z'), MONDAY)).toThrow('commitment.too_far');
  expect(() => demandAhead(at('2027-03-02T09:00:00Z'), MONDAY)).not.toThrow();
});

test('it becomes due soon, then broken, and may still be kept, late', () => {
  const soon = reach(made, made.soonAt);
  expect([soon.word, soon.commitment.state, soon.commitment.nextAt]).toEqual(['due_soon', 'due_soon', made.dueAt]);
  const broken = reach(soon.commitment, made.dueAt);
  expect([broken.word, broken.commitment.state, broken.commitment.nextAt]).toEqual(['broken', 'broken', null]);
  const late = keep(broken.commitment, end('2026-03-05T15:00:01Z'));
  expect([late.state, inTime(late, null)]).toEqual(['kept', false]);
  expect(inTime(keep(soon.commitment, end('2026-03-05T15:00:00Z')), null)).toBe(true);
  expect(() => keep(late, end('2026-03-06T15:00:00Z'))).toThrow('commitment.ended');
});

test('a new date is another promise; it was in time when the customer knew of it before the old date', () => {
  const [old, next] = renegotiate(made, { id: 'd', dueAt: at('2026-03-09T15:00:00Z'), wholeDay: false, soonAt: at('2026-03-06T15:00:00Z'), telling: 'mail' }, end('2026-03-05T14:00:00Z'));
  expect([old.state, next.state, next.previousId, next.toldAt, next.nextAt]).toEqual(['renegotiated', 'made', 'c', null, next.soonAt]);
  expect([inTime(old, null), inTime(old, at('2026-03-05T14:59:59Z')), inTime(old, at('2026-03-05T15:00:01Z'))]).toEqual([false, true, false]);
  expect(() => renegotiate({ ...made, kind: 'apology' }, { id: 'd', dueAt: made.dueAt, wholeDay: false, soonAt: made.soonAt, telling: 'mail' }, end('2026-03-05T14:00:00Z'))).toThrow('commitment.apology');
});

test('what the customer needs no more is neither kept nor broken', () => {
  const gone = withdraw(made, 'customer', end('2026-03-05T16:00:00Z'));
  expect([gone.state, gone.withdrawn, gone.nextAt, inTime(gone, null)]).toEqual(['withdrawn', 'customer', null, null]);
});

test.each([[9, 10, 59.6, 98.2], [45, 50, 78.6, 95.7], [10, 10, 72.2, 100], [0, 10, 0, 27.8]])('of %i in %i, the true share lies between %f and %f percent', (hits, of, low, high) => {
  const bounds = wilson(hits, of);
  expect(bounds.low * 100).toBeCloseTo(low, 1);
  expect(bounds.high * 100).toBeCloseTo(high, 1);
});

test('renegotiated and withdrawn promises are counted apart, and of none there is no share', () => {
  const none = { keptInTime: 0, keptLate: 0, broken: 0, renegotiatedInTime: 3, renegotiatedLate: 1, withdrawn: 2 };
  expect(figureOf(none)).toMatchObject({ counted: 0, share: null, low: null, high: null });
  expect(figureOf({ ...none, keptInTime: 9, broken: 1 })).toMatchObject({ counted: 10, share: 0.9 });
});
