import fc from 'fast-check';
import { expect, test } from 'vitest';
import { daysThatCount, type Day } from './days.ts';
import { overlapsOf, WEEKDAYS, type Hours, type Week } from './week.ts';
import { workingTime, type Calendar } from './working-time.ts';

/** Both hemispheres, half and quarter hours, changes at midnight and of half an hour, a fasting month, and none at all. */
const ZONES = [
  'Europe/Sofia', 'Europe/Warsaw', 'Europe/Moscow', 'Africa/Cairo', 'Asia/Riyadh', 'America/New_York', 'Europe/London', 'Africa/Casablanca', 'Asia/Beirut', 'Asia/Tehran',
  'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Australia/Adelaide', 'Pacific/Chatham', 'Pacific/Apia', 'America/St_Johns', 'America/Havana', 'America/Sao_Paulo', 'UTC',
];
const MINUTE = 60_000;
const FIRST = Date.UTC(2019, 0, 1) / MINUTE;
const TEN_YEARS = (Date.UTC(2029, 0, 1) - Date.UTC(2019, 0, 1)) / MINUTE;

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][quarter % 4]}`);
const hours = fc.tuple(time, fc.oneof(time, fc.constant('24:00'))).filter(([from, to]) => from !== to).map(([from, to]): Hours => ({ from, to }));
const someWeek = fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(hours, { maxLength: 3 })]))).map((days): Week => days).filter((days) => overlapsOf(days).size === 0);
/** Around a moment, so that the special days lie where the simulation looks. */
const calendarAt = (minute: number) => {
  const localDay = fc.integer({ min: -1, max: 3 }).map((days) => new Date((minute + days * 1440) * MINUTE).toISOString().slice(0, 10));
  const oneDay = hours.filter(({ from, to }) => from < to);
  return fc.record({
    timeZone: fc.constantFrom(...ZONES), week: someWeek,
    days: fc.uniqueArray(fc.oneof(ownDay(localDay, oneDay), publicDay(localDay, oneDay)), { selector: ({ date, source }) => `${date} ${source === null}`, maxLength: 4 }),
    closures: fc.array(fc.tuple(localDay, time, localDay, time).map(([a, b, c, d]) => ({ from: `${a}T${b}`, to: `${c}T${d}`, reason: '' })).filter(({ from, to }) => from < to), { maxLength: 2 }),
  });
};

const early = fc.integer({ min: 1, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][quarter % 4]}`);
const base = { id: 'x', name: 'x', names: null, hours: null, closedFrom: null, source: null, removed: false, changedAt: null };
/** Closed, open at hours of its own, or closed early. */
const whatOf = (oneDay: fc.Arbitrary<Hours>) => fc.oneof(
  fc.constant({ hours: null, closedFrom: null }), oneDay.map((own) => ({ hours: [own], closedFrom: null })), early.map((closedFrom) => ({ hours: null, closedFrom })),
);
const ownDay = (dates: fc.Arbitrary<string>, oneDay: fc.Arbitrary<Hours>) => fc.tuple(dates, whatOf(oneDay)).map(([date, what]): Day => ({ ...base, date, ...what }));
/** As the data has it, moved to another date, or worked as any other day. */
const publicDay = (dates: fc.Arbitrary<string>, oneDay: fc.Arbitrary<Hours>) => fc.tuple(dates, dates, whatOf(oneDay), fc.constantFrom('as_is', 'moved', 'removed')).map(([from, to, what, how]): Day => ({
  ...base, names: { en: 'x' }, source: { date: from, from: null }, date: how === 'moved' ? to : from, ...what, removed: how === 'removed', changedAt: how === 'as_is' ? null : new Date(0),
}));

type Sample = Omit<Calendar, 'holidays'> & { readonly days: readonly Day[] };
const engineOf = ({ days, ...calendar }: Sample) => workingTime({ ...calendar, holidays: daysThatCount(days, 'en') });

/** One minute after the other, looking at the clock on the wall each time. */
function simulation({ timeZone, week, days, closures }: Sample, start: number, minutes: number): boolean[] {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const within = (clock: string, { from, to }: Hours) => from <= clock && clock < to;
  const openOn = (date: string, clock: string): boolean => {
    const here = days.filter((day) => day.date === date && !day.removed);
    const special = here.find((day) => day.source === null) ?? here.findLast((day) => day.changedAt !== null) ?? here.at(-1);
    if (special && (special.closedFrom === null || clock >= special.closedFrom)) return (special.hours ?? []).some((range) => within(clock, range));
    const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
    const [today, before] = [week[WEEKDAYS[weekday]!] ?? [], week[WEEKDAYS[(weekday + 6) % 7]!] ?? []];
    return today.some(({ from, to }) => within(clock, from < to ? { from, to } : { from, to: '24:00' })) || before.some(({ from, to }) => to < from && clock < to);
  };
  return Array.from({ length: minutes }, (_, i) => {
    const [date = '', clock = ''] = wall.format((start + i) * MINUTE).split(' ');
    return openOn(date, clock) && !closures.some(({ from, to }) => from <= `${date}T${clock}` && `${date}T${clock}` < to);
  });
}

/** Every third run begins shortly before the clocks are changed. */
function beforeChange(zone: string, minute: number): number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset = (at: number) => format.format(at * MINUTE).split(' ').at(-1);
  for (let day = 0; day < 200; day++) {
    const here = minute + day * 1440;
    if (offset(here) !== offset(here + 1440)) return here;
  }
  return minute;
}

test('agrees with a simulation, minute by minute, over ten years and twenty zones', { timeout: 30_000 }, () => {
  const LENGTH = 2880;
  const sample = fc.integer({ min: FIRST, max: FIRST + TEN_YEARS }).chain((minute) => fc.tuple(fc.constant(minute), calendarAt(minute), fc.nat(LENGTH), fc.nat(2)));
  fc.assert(fc.property(sample, ([minute, calendar, wanted, third]) => {
    const start = third === 0 ? beforeChange(calendar.timeZone, minute) : minute;
    const open = simulation(calendar, start, LENGTH);
    const engine = engineOf(calendar);
    const [from, to] = [new Date(start * MINUTE), new Date((start + LENGTH) * MINUTE)];
    const total = open.filter(Boolean).length;

    const { seconds, counted } = engine.between(from, to);
    expect(seconds).toBe(total * 60);
    expect(counted.flatMap((span) => minutesIn(span, start))).toEqual(open.flatMap((isOpen, i) => (isOpen ? [i] : [])));
    for (const i of [0, wanted, LENGTH - 1]) expect(engine.isOpen(new Date((start + i) * MINUTE))).toBe(open[i] ?? engine.isOpen(to));

    const first = open.indexOf(true);
    if (first >= 0) expect(engine.nextOpening(from)).toEqual(new Date((start + first) * MINUTE));
    const asked = total === 0 ? 0 : wanted % (total + 1);
    if (asked === 0) return;
    let left = asked;
    const last = open.findIndex((isOpen) => isOpen && --left === 0);
    const due = engine.add(from, asked * 60);
    expect(due?.due).toEqual(new Date((start + last + 1) * MINUTE));
    expect(due?.counted.reduce((sum, span) => sum + (span.to.getTime() - span.from.getTime()), 0)).toBe(asked * MINUTE);
  }), { numRuns: 200, interruptAfterTimeLimit: 6000, markInterruptAsFailure: false });
});

test('over ten years, what is added can be measured again, and the whole is the sum of its parts', { timeout: 30_000 }, () => {
  const moment = fc.integer({ min: 0, max: TEN_YEARS }).map((minutes) => new Date((FIRST + minutes) * MINUTE));
  const sample = fc.integer({ min: FIRST, max: FIRST + TEN_YEARS }).chain(calendarAt);
  fc.assert(fc.property(sample, fc.tuple(moment, moment, moment), fc.integer({ min: 1, max: 10_000_000 }), (calendar, moments, seconds) => {
    const engine = engineOf(calendar);
    const [a, b, c] = moments.sort((one, other) => one.getTime() - other.getTime());
    expect(engine.between(a, b).seconds + engine.between(b, c).seconds).toBe(engine.between(a, c).seconds);
    expect(engine.between(c, a).seconds).toBe(a < c ? 0 : engine.between(c, a).seconds);

    const due = engine.add(a, seconds);
    if (!due) return;
    expect(engine.between(a, due.due)).toEqual({ seconds, counted: due.counted });
  }), { numRuns: 150, interruptAfterTimeLimit: 3000, markInterruptAsFailure: false });
});

const minutesIn = ({ from, to }: { from: Date; to: Date }, start: number): number[] =>
  Array.from({ length: (to.getTime() - from.getTime()) / MINUTE }, (_, i) => from.getTime() / MINUTE - start + i);
