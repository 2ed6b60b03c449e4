import Holidays from 'date-holidays';
import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import type { Names, Observed, PublicDay } from '../core/days.ts';
import type { Countries } from '../core/contract.ts';
import type { Question } from './public-days.ts';

const [DAY_MS, NEARLY_A_DAY_MS] = [86_400_000, 22 * 3_600_000];
/** Names change less often than dates: those of other languages are read from a few years. */
const YEARS_OF_NAMES = 4;
const MOST_DAYS = 40;

type Found = ReturnType<Holidays['getHolidays']>[number];

const open = ({ country, state, region }: Observed, language: Language): Holidays => {
  const options = { types: ['public' as const], languages: [language, 'en'] };
  return state === undefined ? new Holidays(country, options) : region === undefined ? new Holidays(country, state, options) : new Holidays(country, state, region, options);
};

const keyOf = ({ rule, substitute }: Found): string => `${rule} ${substitute === true}`;

/** What begins at midnight lasts whole days; what begins later, until the day ends. */
function datesOf({ date, start, end }: Found): { date: string; from: string | null }[] {
  const [first, time] = [date.slice(0, 10), date.slice(11, 16)];
  if (time !== '00:00') return [{ date: first, from: time }];
  const days = Math.min(MOST_DAYS, Math.max(1, Math.floor((end.getTime() - start.getTime() + DAY_MS - NEARLY_A_DAY_MS) / DAY_MS)));
  return Array.from({ length: days }, (_, i) => ({ date: new Date(Date.parse(`${first}T00:00:00Z`) + i * DAY_MS).toISOString().slice(0, 10), from: null }));
}

function namesBy(observed: Observed, language: Language, from: number): Map<string, string> {
  const holidays = open(observed, language);
  const found = Array.from({ length: YEARS_OF_NAMES }, (_, i) => holidays.getHolidays(from + i)).flat();
  return new Map(found.map((one) => [keyOf(one), one.name]));
}

function daysOf(observed: Observed, from: number, until: number): PublicDay[] {
  const others = LANGUAGES.filter((language) => language !== 'en').map((language) => [language, namesBy(observed, language, from + 1)] as const);
  const holidays = open(observed, 'en');
  const byDate = new Map<string, PublicDay>();
  for (let year = from; year <= until; year++) {
    for (const one of holidays.getHolidays(year)) {
      const told = others.flatMap(([language, names]) => { const name = names.get(keyOf(one)); return name === undefined || name === one.name ? [] : [[language, name]]; });
      const names: Names = { en: one.name, ...Object.fromEntries(told) };
      for (const { date, from: time } of datesOf(one)) byDate.set(date, merged(byDate.get(date), { date, from: time, names }));
    }
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Two on one date are one day off with both names. */
function merged(before: PublicDay | undefined, day: PublicDay): PublicDay {
  if (!before) return day;
  const both = LANGUAGES.map((language) => [language, [before, day].map(({ names }) => names[language] ?? names.en)] as const);
  const names = both.flatMap(([language, [one, other]]) => (language === 'en' || (before.names[language] ?? day.names[language]) !== undefined ? [[language, one === other ? one : `${one}, ${other}`]] : []));
  const from = before.from === null || day.from === null ? null : before.from < day.from ? before.from : day.from;
  return { date: day.date, from, names: Object.fromEntries(names) as Names };
}

function countries(): Countries['items'] {
  const all = new Holidays();
  const listed = (names: Record<string, string> | undefined) => Object.entries(names ?? {}).map(([code, name]) => ({ code, name }));
  return Object.keys(all.getCountries()).map((code) => ({
    code, states: listed(all.getStates(code)).map((state) => ({ ...state, regions: listed(all.getRegions(code, state.code)) })),
  }));
}

const question = JSON.parse(process.argv[2] ?? '') as Question;
process.send?.(question.ask === 'countries' ? countries() : daysOf(question.observed, question.from, question.until), () => { process.disconnect(); });
