import { expect, test } from 'vitest';
import { alikeDays, isAroundTheClock, overlapsOf, readTime, type Week } from './week.ts';
import { workingTime, type Calendar } from './working-time.ts';
import { momentOf, readingOf } from './zone.ts';

const office = [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '17:00' }];
const WORKDAYS: Week = { mon: office, tue: office, wed: office, thu: office, fri: office };
const everyDay = (from: string, to: string): Week => Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [{ from, to }]]));
const calendar = (parts: Partial<Calendar> = {}): Calendar => ({ timeZone: 'Europe/Sofia', week: WORKDAYS, holidays: [], closures: [], ...parts });
const of = (parts: Partial<Calendar> = {}) => workingTime(calendar(parts));
const hours = (n: number) => n * 3600;
const at = (iso: string) => new Date(iso);
const told = (intervals: readonly { from: Date; to: Date }[]) => intervals.map(({ from, to }) => `${from.toISOString().slice(0, 16)}/${to.toISOString().slice(0, 16)}`);

test('lunch, the night and the weekend do not count, and every counted interval is told', () => {
  // A Friday, 16:00 in Sofia.
  const { due, counted } = of().add(at('2026-03-06T14:00:00Z'), hours(5)) ?? expect.unreachable();

  expect(due).toEqual(at('2026-03-09T12:00:00Z'));
  expect(told(counted)).toEqual(['2026-03-06T14:00/2026-03-06T15:00', '2026-03-09T07:00/2026-03-09T10:30', '2026-03-09T11:30/2026-03-09T12:00']);
});

test('time that ends with an interval is due at its end, not when the next one begins', () => {
  expect(of().add(at('2026-03-02T07:00:00Z'), hours(3.5))?.due).toEqual(at('2026-03-02T10:30:00Z'));
  expect(of().add(at('2026-03-07T07:00:00Z'), 0)?.due).toEqual(at('2026-03-07T07:00:00Z'));
  expect(of().add(at('2026-03-02T06:59:30.250Z'), 1)?.due).toEqual(at('2026-03-02T07:00:01Z'));
});

test('a day may last until 24:00 and go on at midnight; hours over midnight belong to the two days they touch', () => {
  const night = of({ week: { mon: [{ from: '20:00', to: '24:00' }], tue: [{ from: '00:00', to: '02:00' }] } });
  const over = of({ week: { mon: [{ from: '20:00', to: '02:00' }] } });
  for (const one of [night, over]) {
    expect(told(one.add(at('2026-03-02T20:00:00Z'), hours(4))?.counted ?? [])).toEqual(['2026-03-02T20:00/2026-03-02T22:00', '2026-03-02T22:00/2026-03-03T00:00']);
  }
  const holiday = of({ week: { mon: [{ from: '20:00', to: '02:00' }] }, holidays: [{ date: '2026-03-03', name: 'Liberation Day' }] });
  expect(holiday.between(at('2026-03-02T00:00:00Z'), at('2026-03-05T00:00:00Z')).seconds).toBe(hours(4));
});

test('a holiday is closed, a moved working day is open at its own hours', () => {
  const { add } = of({
    holidays: [{ date: '2026-03-03', name: 'Liberation Day' }, { date: '2026-03-07', name: 'Worked instead', hours: [{ from: '10:00', to: '14:00' }] }],
  });
  expect(add(at('2026-03-02T14:00:00Z'), hours(2))?.due).toEqual(at('2026-03-04T08:00:00Z'));
  expect(add(at('2026-03-06T14:30:00Z'), hours(2))?.due).toEqual(at('2026-03-07T09:30:00Z'));
});

test('an exceptional closure takes away what it covers, holidays with hours too', () => {
  const closed = of({ closures: [{ from: '2026-03-04T11:00', to: '2026-03-05T14:00', reason: 'Power cut' }] });
  expect(told(closed.between(at('2026-03-04T00:00:00Z'), at('2026-03-06T00:00:00Z')).counted)).toEqual(['2026-03-04T07:00/2026-03-04T09:00', '2026-03-05T12:00/2026-03-05T15:00']);
});

test.each([
  // zone, local date, from, to, how long the day from 00:00 to 24:00 is, how long 01:00 to 05:00 is
  ['Europe/Sofia', '2026-03-29', 23, 3], ['Europe/Sofia', '2026-10-25', 25, 5],
  ['Europe/Warsaw', '2026-03-29', 23, 3], ['Europe/Warsaw', '2026-10-25', 25, 5],
  ['Europe/Moscow', '2026-03-29', 24, 4], ['Europe/Moscow', '2026-10-25', 24, 4],
  ['Asia/Riyadh', '2026-03-29', 24, 4], ['Asia/Riyadh', '2026-10-25', 24, 4],
  ['America/New_York', '2026-03-08', 23, 3], ['America/New_York', '2026-11-01', 25, 5],
  // Clocks in Cairo change at midnight: the Friday begins at one, and the Thursday's last hour comes twice.
  ['Africa/Cairo', '2026-04-24', 23, 4], ['Africa/Cairo', '2026-10-29', 25, 4],
])('in %s the %s is %i hours long, and %i from one to five', (timeZone, date, day, night) => {
  const noon = at(`${date}T12:00:00Z`).getTime();
  const from = new Date(noon - 3 * 86_400_000);
  const to = new Date(noon + 3 * 86_400_000);
  const whole = { date, name: 'The night of the clocks' };
  const only = (begins: string, ends: string) => workingTime(calendar({ timeZone, week: {}, holidays: [{ ...whole, hours: [{ from: begins, to: ends }] }] })).between(from, to);
  expect(only('00:00', '24:00').seconds).toBe(hours(day));
  expect(only('01:00', '05:00').seconds).toBe(hours(night));
  expect(only('00:00', '24:00').counted).toHaveLength(1);
});

test('hours that begin inside the hour that comes twice are open in both of them', () => {
  // Sofia, 25 October 2026: at 04:00 it is 03:00 again.
  const { counted } = of({ week: everyDay('03:30', '05:00') }).between(at('2026-10-24T22:00:00Z'), at('2026-10-25T06:00:00Z'));
  expect(told(counted)).toEqual(['2026-10-25T00:30/2026-10-25T01:00', '2026-10-25T01:30/2026-10-25T03:00']);
});

test('hours that lie inside the hour that is skipped do not happen', () => {
  // Sofia, 29 March 2026: after 03:00 it is 04:00.
  expect(of({ week: everyDay('03:10', '03:50') }).between(at('2026-03-28T22:00:00Z'), at('2026-03-29T10:00:00Z')).seconds).toBe(0);
  expect(told(of({ week: everyDay('03:30', '05:00') }).between(at('2026-03-28T22:00:00Z'), at('2026-03-29T10:00:00Z')).counted)).toEqual(['2026-03-29T01:00/2026-03-29T02:00']);
});

test('a day that never was, and a year of the fasting month, are no trouble', () => {
  // Samoa went from 29 to 31 December 2011; Morocco puts its clocks back for a month.
  expect(workingTime(calendar({ timeZone: 'Pacific/Apia', week: everyDay('09:00', '17:00') })).between(at('2011-12-29T06:00:00Z'), at('2011-12-31T06:00:00Z')).seconds).toBe(hours(8 + 8));
  expect(workingTime(calendar({ timeZone: 'Africa/Casablanca', week: everyDay('00:00', '24:00') })).add(at('2026-01-01T00:00:00Z'), hours(24 * 365))?.due).toEqual(at('2027-01-01T00:00:00Z'));
});

test.each([['Europe/Kiev', 'Europe/Kyiv'], ['Asia/Calcutta', 'Asia/Kolkata'], ['US/Eastern', 'America/New_York'], ['Asia/Rangoon', 'Asia/Yangon']])('%s is the same place as %s', (before, now) => {
  const [old, young] = [of({ timeZone: before }), of({ timeZone: now })];
  for (const from of ['2026-03-28T20:00:00Z', '2026-10-24T23:30:00Z']) expect(old.add(at(from), hours(20))).toEqual(young.add(at(from), hours(20)));
});

test('a calendar that never opens, or too rarely, says so instead of looking for ever', () => {
  const never = of({ week: {} });
  expect(never.add(at('2026-03-02T00:00:00Z'), 1)).toBeNull();
  expect(never.nextOpening(at('2026-03-02T00:00:00Z'))).toBeNull();
  expect(of({ week: { mon: [{ from: '09:00', to: '09:01' }] } }).add(at('2026-03-02T00:00:00Z'), hours(24))).toBeNull();
});

test('open is from the first moment on and no longer at the last; the next opening is now while it is open', () => {
  const { isOpen, nextOpening } = of();
  expect([isOpen(at('2026-03-02T06:59:59.999Z')), isOpen(at('2026-03-02T07:00:00Z')), isOpen(at('2026-03-02T10:29:59.999Z')), isOpen(at('2026-03-02T10:30:00Z'))]).toEqual([false, true, true, false]);
  expect(nextOpening(at('2026-03-02T08:00:00Z'))).toEqual(at('2026-03-02T08:00:00Z'));
  expect(nextOpening(at('2026-03-06T15:00:00Z'))).toEqual(at('2026-03-09T07:00:00Z'));
});

test('hours that say the same time twice are found, over midnight too', () => {
  expect(overlapsOf({ mon: [{ from: '09:00', to: '12:00' }, { from: '11:59', to: '13:00' }], fri: office })).toEqual(new Set(['mon']));
  expect(overlapsOf({ sun: [{ from: '22:00', to: '06:00' }], mon: [{ from: '05:00', to: '12:00' }] })).toEqual(new Set(['mon']));
  expect(overlapsOf({ sun: [{ from: '22:00', to: '00:00' }], mon: [{ from: '00:00', to: '12:00' }, { from: '12:00', to: '24:00' }] })).toEqual(new Set());
});

test('a reading of the clock is the first moment that shows it, or the one that skips it', () => {
  const moments = ['2026-03-02T09:00', '2026-03-29T03:30', '2026-10-25T03:30'].map((local) => momentOf('Europe/Sofia', local));
  expect(moments).toEqual([at('2026-03-02T07:00:00Z'), at('2026-03-29T01:00:00Z'), at('2026-10-25T00:30:00Z')]);
  expect(moments.map((moment) => readingOf('Europe/Sofia', moment))).toEqual(['2026-03-02T09:00', '2026-03-29T04:00', '2026-10-25T03:30']);
});

test('times are read as people type them', () => {
  expect(['9', '9:5', '0930', '9.30', ' 17:00 ', '24', '24:01', '12:60', '25', 'noon', ''].map(readTime))
    .toEqual(['09:00', '09:05', '09:30', '09:30', '17:00', '24:00', null, null, null, null, null]);
});

test('days in a row with the same hours are told together', () => {
  expect(alikeDays({ ...WORKDAYS, wed: [], sat: [{ from: '10:00', to: '14:00' }] }).map(({ first, last }) => [first, last])).toEqual([['mon', 'tue'], ['thu', 'fri'], ['sat', 'sat']]);
  expect([isAroundTheClock(everyDay('00:00', '24:00')), isAroundTheClock(everyDay('12:00', '12:00')), isAroundTheClock({ ...everyDay('00:00', '24:00'), wed: [] })]).toEqual([true, false, false]);
});
