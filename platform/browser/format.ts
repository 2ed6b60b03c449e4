import { localeOf, useLanguage } from './i18n.ts';

type Moment = Date | string;

export type Format = {
  /** 12 November 2026 */
  date(moment: Moment): string;
  /** Of a month such as 2026-11: November 2026 */
  month(month: string): string;
  /** 10:14 */
  time(moment: Moment): string;
  /** 12 Nov 2026, 10:14 */
  dateTime(moment: Moment): string;
  /** 12 Nov 2026, 10:14 – 11:20: what both moments have in common is said once. */
  span(from: Moment, to: Moment): string;
  /** Thursday 12 November 2026, 10:14, for tool tips and where a promise is made. */
  inFull(moment: Moment): string;
  /** The shortest that is still clear: 10:14 today, Tue this week, 12 Nov this year, 12 Nov 2025 before. */
  brief(moment: Moment, now: Date): string;
  /** The shortest that is still clear, with the time of day: 14:20 today, Thu 14:20 within six days, 12 Nov, 14:20 otherwise. */
  due(moment: Moment, now: Date): string;
  /** "2h 10m" (narrow) or "2 hr 10 min" (short), in whole minutes, or in seconds below one: below zero is nothing. `inDays` tells a day of 24 hours. */
  duration(seconds: number, display: 'narrow' | 'short' | 'long', inDays?: boolean): string;
  /** "5 minutes ago", "in 2 hours". */
  relative(moment: Moment, now: Date): string;
  /** "5m", "3h", "2d" and the like, in the words of the language: for narrow columns. */
  age(moment: Moment, now: Date): string;
  number(value: number): string;
  percent(share: number): string;
  /** "a, b and c" */
  list(items: readonly string[]): string;
  bytes(size: number): string;
  /** Sorts words as the language does. */
  compare(a: string, b: string): number;
};

const formats = new Map<string, Format>();

/** Made once for each language: a dozen formatters take a millisecond, and every row and every date asks for them. */
export function formatIn(locale: string): Format {
  const known = formats.get(locale) ?? madeFor(locale);
  formats.set(locale, known);
  return known;
}

const madeFor = (locale: string): Format => {
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const inFull = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' });
  const dayMonth = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
  const dayMonthYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const weekdayTime = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: 'numeric', minute: '2-digit' });
  const dayMonthTime = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
  const number = new Intl.NumberFormat(locale);
  const counted = countingIn(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const list = new Intl.ListFormat(locale, { type: 'conjunction' });
  const collator = new Intl.Collator(locale, { numeric: true });

  return {
    date: (moment) => date.format(asDate(moment)),
    time: (moment) => time.format(asDate(moment)),
    dateTime: (moment) => dateTime.format(asDate(moment)),
    span: (from, to) => dateTime.formatRange(asDate(from), asDate(to)),
    inFull: (moment) => inFull.format(asDate(moment)),
    brief(moment, now) {
      const then = asDate(moment);
      const days = daysBetween(then, now);
      if (days === 0) return time.format(then);
      if (days > 0 && days < 7) return weekday.format(then);
      return (then.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(then);
    },
    due(moment, now) {
      const then = asDate(moment);
      const days = Math.abs(daysBetween(then, now));
      if (days === 0) return time.format(then);
      if (days < 7) return weekdayTime.format(then);
      return (then.getFullYear() === now.getFullYear() ? dayMonthTime : dateTime).format(then);
    },
    duration: (seconds, display, inDays = false) =>
      partsOf(Math.max(0, Math.floor(seconds)), inDays).map(([unit, count]) => counted(unit, display, count)).join(' '),
    relative(moment, now) {
      const { value, unit } = distance(asDate(moment), now);
      return relative.format(value, unit);
    },
    age(moment, now) {
      const { value, unit } = distance(asDate(moment), now);
      const shown = unit === 'second' ? { value: 0, unit: 'minute' as const } : { value: Math.abs(value), unit };
      return counted(shown.unit, 'narrow', shown.value);
    },
    month: (which) => month.format(new Date(`${which}-01T00:00:00Z`)),
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    list: (items) => list.format(items),
    bytes(size) {
      const step = Math.min(Math.floor(Math.log10(Math.max(size, 1)) / 3), 3);
      const unit = (['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const)[step] ?? 'byte';
      const options = { style: 'unit', unit, unitDisplay: step === 0 ? 'long' : 'short', maximumFractionDigits: step > 1 ? 1 : 0 } as const;
      return new Intl.NumberFormat(locale, options).format(size / 1000 ** step);
    },
    compare: (a, b) => collator.compare(a, b),
  };
};

/** Dates, numbers and lists as the reader's language and region write them. */
export function useFormat(): Format {
  return formatIn(localeOf(useLanguage()));
}

type Piece = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** Made when they are first asked for, and kept: a list says hundreds of them. */
function countingIn(locale: string): (unit: Piece, unitDisplay: 'narrow' | 'short' | 'long', count: number) => string {
  const made = new Map<string, Intl.NumberFormat>();
  return (unit, unitDisplay, count) => {
    const key = `${unit} ${unitDisplay}`;
    const format = made.get(key) ?? new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay });
    made.set(key, format);
    return format.format(count);
  };
}

function partsOf(seconds: number, inDays: boolean): [Piece, number][] {
  if (seconds < 60) return [['second', seconds]];
  const days = inDays ? Math.floor(seconds / 86_400) : 0;
  const hours = Math.floor((seconds - days * 86_400) / 3_600);
  const parts: [Piece, number][] = [['day', days], ['hour', hours], ['minute', Math.floor(seconds / 60) % 60]];
  // A day more or less makes minutes small talk.
  return parts.filter(([unit, count]) => count > 0 && (days === 0 || unit !== 'minute'));
}

const asDate = (moment: Moment): Date => (typeof moment === 'string' ? new Date(moment) : moment);

const startOfDay = (moment: Date): number => Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
const daysBetween = (then: Date, now: Date): number => (startOfDay(now) - startOfDay(then)) / 86_400_000;

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

function distance(then: Date, now: Date): { value: number; unit: (typeof UNITS)[number][0] | 'second' } {
  const seconds = (then.getTime() - now.getTime()) / 1000;
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return { value: Math.trunc(seconds / length), unit };
  }
  return { value: 0, unit: 'second' };
}
