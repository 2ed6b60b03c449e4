import type { Language } from '../../../kernel/languages.ts';
import { textIn } from '../../../kernel/languages.ts';
import type { Holiday } from './working-time.ts';
import type { Hours } from './week.ts';

/** Whose public holidays are observed: a country, and where the data knows them a state and a region of it. */
export type Observed = { readonly country: string; readonly state?: string | undefined; readonly region?: string | undefined };
export type Names = Readonly<Partial<Record<Language, string | undefined>>>;

/** A public day as the data of countries has it; `from`: only from that time of the day on. */
export type PublicDay = { readonly date: string; readonly from: string | null; readonly names: Names };

/** A day on which the week does not hold, as a calendar keeps it. */
export type Day = {
  readonly id: string;
  readonly date: string;
  /** What people here call it; null: by the names of the data. */
  readonly name: string | null;
  readonly names: Names | null;
  readonly hours: readonly Hours[] | null;
  readonly closedFrom: string | null;
  /** Where the country's data has it; null for one's own. */
  readonly source: { readonly date: string; readonly from: string | null } | null;
  /** A public day that is worked here as any other. */
  readonly removed: boolean;
  readonly changedAt: Date | null;
};

/** Clocks are read backwards too, and they look twenty years ahead. */
const YEARS_BACK = 2;
const YEARS_AHEAD = 21;

/** The years whose public days a calendar holds at that moment. */
export const yearsToHold = (now: Date): { from: number; until: number } => ({ from: now.getUTCFullYear() - YEARS_BACK, until: now.getUTCFullYear() + YEARS_AHEAD });

export const nameOf = ({ name, names }: Pick<Day, 'name' | 'names'>, language: Language): string => name ?? textIn(names ?? {}, [language])?.text ?? '';

export const hasChanged = ({ source, changedAt }: Pick<Day, 'source' | 'changedAt'>): boolean => source !== null && changedAt !== null;

/** A public day as the data has it, with nothing of what people here made of it. */
export const asInTheData = (day: Day & { readonly source: NonNullable<Day['source']> }): Day =>
  ({ ...day, date: day.source.date, name: null, hours: null, closedFrom: day.source.from, removed: false, changedAt: null });

/** Those that count; one's own day comes before a public one of the same date, and a public day that was moved there before one that always lay there. */
export function daysThatCount(days: readonly Day[], language: Language): Holiday[] {
  const rank = (day: Day): number => (day.source === null ? 2 : day.changedAt === null ? 0 : 1);
  const byDate = new Map<string, Day>();
  for (const day of days) {
    const other = byDate.get(day.date);
    if (!day.removed && (!other || rank(other) <= rank(day))) byDate.set(day.date, day);
  }
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1)).map((day) => ({
    date: day.date, name: nameOf(day, language), ...(day.hours && { hours: day.hours }), ...(day.closedFrom !== null && { closedFrom: day.closedFrom }),
  }));
}

/**
 * What is kept when the data is read (again): of years that are over everything stays, and so does whatever people here have
 * changed; the rest is as the data has it now.
 */
export function refilled(kept: readonly Day[], found: readonly PublicDay[], firstYear: number, newId: () => string): { gone: readonly Day[]; fresh: readonly Day[] } {
  const first = `${firstYear}-01-01`;
  const gone = kept.filter(({ source, changedAt }) => source !== null && changedAt === null && source.date >= first);
  const staying = new Set(kept.flatMap((day) => (day.source === null || gone.includes(day) ? [] : [day.source.date])));
  const isBefore = kept.some(({ source }) => source !== null);
  const fresh = found.filter(({ date }) => !staying.has(date) && (!isBefore || date >= first)).map(({ date, from, names }): Day => (
    { id: newId(), date, name: null, names, hours: null, closedFrom: from, source: { date, from }, removed: false, changedAt: null }
  ));
  return { gone, fresh };
}
