import { plainDigits } from '../../../kernel/digits.ts';
import { readingOf } from '../../calendars/core/zone.ts';
import { MAX_WHAT, type KINDS, type LocalDue } from './contract.ts';
import { arabic } from './speech/ar.ts';
import { bulgarian } from './speech/bg.ts';
import { english } from './speech/en.ts';
import { polish } from './speech/pl.ts';
import { russian } from './speech/ru.ts';
import type { Speech } from './speech/speech.ts';

/** What somebody who writes seems to promise. Only ever a proposal. */
export type Suggestion = { readonly what: string; readonly kind: (typeof KINDS)[number]; readonly due: Pick<LocalDue, 'date' | 'time'> };

const DAY_MS = 86_400_000;
const MAX_TEXT = 20_000;
const MAX_SENTENCE = 600;
/** An hour without morning or afternoon is one of a working day. */
const EARLIEST_HOUR = 8;

/** Sentences of a text that promise something by a day, in the order in which they stand; quoted lines are somebody else's. */
export function detectPromises(text: string, { now, timeZone }: { now: Date; timeZone: string }): Suggestion[] {
  const today = readingOf(timeZone, now);
  const at = (hours: number) => readingOf(timeZone, new Date(now.getTime() + hours * 3_600_000));
  return sentencesOf(plainDigits(text.slice(0, MAX_TEXT))).flatMap((sentence) => {
    for (const reader of READERS) {
      const due = reader.reads(sentence) ? reader.dueIn(sentence, today, at) : null;
      if (due) return [{ what: sentence.slice(0, MAX_WHAT), kind: reader.kindOf(sentence), due }];
    }
    return [];
  });
}

/** A full stop ends a sentence unless a digit or a small letter follows, as in 12.03. or 5 p.m. today. */
function sentencesOf(text: string): string[] {
  return text.split('\n').filter((line) => !/^\s*>/.test(line)).join('\n')
    .split(/(?<=[!?؟…])\s+|(?<=\.)\s+(?=[\p{Lu}\p{Lo}])|\n+/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim()).filter((sentence) => sentence !== '' && sentence.length <= MAX_SENTENCE && !/[?؟]$/.test(sentence));
}

type Reader = {
  reads(sentence: string): boolean;
  kindOf(sentence: string): Suggestion['kind'];
  dueIn(sentence: string, today: string, at: (hours: number) => string): Suggestion['due'] | null;
};

function readerOf(speech: Speech): Reader {
  const number = `(\\d{1,3}|${Object.keys(speech.numbers).join('|')})`;
  const any = (patterns: readonly string[]) => word(`(?:${patterns.join('|')})`);
  const valueOf = (found: string): number => speech.numbers[found.toLowerCase()] ?? Number(found);
  const [promises, refusals] = [any(speech.promises), any(speech.refusals)];
  const kinds = speech.kinds.map(([kind, pattern]) => [kind, word(pattern)] as const);
  const days = speech.days.map(([count, pattern]) => [count, word(pattern)] as const);
  const weekdays = speech.weekdays.map((pattern) => word(`(${speech.next})?${pattern}`));
  const months = speech.months.map((pattern) => [word(`(\\d{1,2})(?:st|nd|rd|th|-?ти|-?ви)?(?: of)? ${pattern}\\.?(?:,? (\\d{4}))?`), word(`${pattern} (\\d{1,2})(?:st|nd|rd|th)?`)] as const);
  const dayOfMonth = speech.dayOfMonth.map((pattern) => word(pattern.replace('#', '(\\d{1,2})')));
  const within = speech.within.map(([unit, pattern]) => [unit, word(pattern.replace('#', number))] as const);
  const clock = `(\\d{1,2}(?:[:.]\\d\\d)?|${Object.keys(speech.numbers).join('|')})`;
  const hours = speech.hours.map((pattern) => word(`${pattern.replace('#', clock)}(?:(${speech.morning})|(${speech.afternoon}))?(?! ?(?:%|\\p{L}*(?:day|hour|week|дни|ден|час(?!а)|dni|недел|евро|лв|zł|руб|EUR|USD|€|\\$)))`));
  const bare = word(`(\\d{1,2}(?:[:.]\\d\\d)?)(?:(${speech.morning})|(${speech.afternoon}))`);
  const [noon, endOfWeek] = [word(speech.noon), word(speech.endOfWeek)];

  /** The number of a day is no hour. */
  function withoutDates(sentence: string, today: string): string {
    const patterns = [...months.flat(), ...dayOfMonth];
    return patterns.reduce((text, pattern) => text.replace(pattern, ' '), sentence.replace(ISO, ' ').replace(NUMERIC, (found) => (numericIn(found, today) === null ? found : ' ')));
  }

  function timeIn(sentence: string): string | undefined {
    for (const pattern of [...hours, bare]) {
      const [, hour, morning, afternoon] = pattern.exec(sentence) ?? [];
      const time = hour === undefined ? null : clockTime(/^\d/.test(hour) ? hour : String(valueOf(hour)), { morning: morning !== undefined, afternoon: afternoon !== undefined });
      if (time) return time;
    }
    return noon.test(sentence) ? '12:00' : undefined;
  }

  function weekdayIn(sentence: string, today: string): string | null {
    const present = (new Date(`${today.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7;
    for (const [day, pattern] of weekdays.entries()) {
      const found = pattern.exec(sentence);
      if (!found) continue;
      const ahead = (day - present + 7) % 7 || 7;
      return plusDays(today, found[1] !== undefined && day > present ? ahead + 7 : ahead);
    }
    return endOfWeek.test(sentence) ? plusDays(today, Math.max(0, 4 - present)) : null;
  }

  function monthDayIn(sentence: string, today: string): string | null {
    for (const [month, [dayFirst, monthFirst]] of months.entries()) {
      const found = dayFirst.exec(sentence) ?? monthFirst.exec(sentence);
      const date = found && dated(today, { day: Number(found[1]), month: month + 1, year: found[2] === undefined ? null : Number(found[2]) });
      if (date) return date;
    }
    for (const pattern of dayOfMonth) {
      const found = pattern.exec(sentence);
      const date = found && nextDayOfMonth(today, Number(found[1]));
      if (date) return date;
    }
    return null;
  }

  function afterIn(sentence: string, today: string, at: (hours: number) => string): Suggestion['due'] | null {
    for (const [unit, pattern] of within) {
      const found = pattern.exec(sentence)?.[1];
      if (found === undefined) continue;
      const count = valueOf(found);
      if (unit === 'hour') return { date: at(count).slice(0, 10), time: at(count).slice(11) };
      return { date: unit === 'workday' ? plusWorkdays(today, count) : plusDays(today, unit === 'week' ? count * 7 : count) };
    }
    return null;
  }

  function dayIn(sentence: string, today: string): string | null {
    const near = days.find(([, pattern]) => pattern.test(sentence));
    return numericIn(sentence, today) ?? monthDayIn(sentence, today) ?? (near ? plusDays(today, near[0]) : weekdayIn(sentence, today));
  }

  return {
    reads: (sentence) => promises.test(sentence) && !refusals.test(sentence),
    kindOf: (sentence) => kinds.find(([, pattern]) => pattern.test(sentence))?.[0] ?? 'other',
    dueIn(sentence, today, at) {
      const date = dayIn(sentence, today);
      const time = timeIn(withoutDates(sentence, today));
      if (date) return time === undefined ? { date } : { date, time };
      const after = afterIn(sentence, today, at);
      if (after) return after;
      // An hour alone is one of today, as long as it is still to come.
      return time !== undefined && time > today.slice(11) ? { date: today.slice(0, 10), time } : null;
    },
  };
}

/** Letters and digits of every script bound a word; `\b` knows only those of English. */
function word(pattern: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'iu');
}

const READERS: readonly Reader[] = [english, bulgarian, polish, russian, arabic].map(readerOf);

const plusDays = (today: string, count: number): string => new Date(Date.parse(`${today.slice(0, 10)}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

/** Mondays to Fridays: a guess that the writer sees before it becomes a promise. */
function plusWorkdays(today: string, count: number): string {
  let date = today.slice(0, 10);
  for (let left = Math.min(count, 200); left > 0;) {
    date = plusDays(date, 1);
    if (![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())) left -= 1;
  }
  return date;
}

/** The date with this day and month that comes next, or the one of a year that is named; null when there is none. */
function dated(today: string, { day, month, year }: { day: number; month: number; year: number | null }): string | null {
  const thisYear = Number(today.slice(0, 4));
  for (const candidate of year === null ? [thisYear, thisYear + 1] : [year]) {
    const date = `${candidate}-${two(month)}-${two(day)}`;
    if (isDate(date) && date >= today.slice(0, 10)) return date;
  }
  return null;
}

function nextDayOfMonth(today: string, day: number): string | null {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  for (let ahead = 0; ahead < 3; ahead++) {
    const date = `${year + Math.floor((month - 1 + ahead) / 12)}-${two(((month - 1 + ahead) % 12) + 1)}-${two(day)}`;
    if (isDate(date) && date >= today.slice(0, 10)) return date;
  }
  return null;
}

const ISO = /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)/;
/** The day first, as all five languages write it; a point or slash alone is no date unless both numbers can be one. */
const NUMERIC = /(?<![\d.,/])(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?(?![\d:]|,\d)/;

function numericIn(sentence: string, today: string): string | null {
  const [, year, isoMonth, isoDay] = ISO.exec(sentence) ?? [];
  if (year !== undefined) return dated(today, { day: Number(isoDay), month: Number(isoMonth), year: Number(year) });
  const [, day, month, named] = NUMERIC.exec(sentence) ?? [];
  return day === undefined ? null : dated(today, { day: Number(day), month: Number(month), year: named === undefined ? null : Number(named) });
}

const isDate = (date: string): boolean => !Number.isNaN(Date.parse(`${date}T00:00:00Z`)) && new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) === date;

function clockTime(reading: string, { morning, afternoon }: { morning: boolean; afternoon: boolean }): string | null {
  const [hour = 99, minute = 99] = [...reading.split(/[:.]/), '0'].map(Number);
  const isLoose = !morning && !reading.includes(':');
  if (minute > 59 || (isLoose && hour === 0)) return null;
  const meant = isAfternoon(hour, afternoon, isLoose) ? hour + 12 : hour;
  return meant < 24 ? `${two(meant)}:${two(minute)}` : null;
}

const isAfternoon = (hour: number, isSaid: boolean, isLoose: boolean): boolean => hour < 12 && (isSaid || (isLoose && hour < EARLIEST_HOUR));

const two = (count: number): string => String(count).padStart(2, '0');
