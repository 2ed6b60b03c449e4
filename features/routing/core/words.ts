import type { Language } from '../../../kernel/languages.ts';
import type { Reason, ReasonCode } from './reasons.ts';
import { SENTENCES, type Spoken } from './sentences.ts';

/** Names for ids; undefined for what is gone. */
export type Names = (id: string) => string | undefined;

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;

/** Two units at most, such as "2 hours 5 minutes"; seconds only below a minute. */
export function durationInWords(seconds: number, language: Language): string {
  const first = Math.max(0, UNITS.findIndex(([, size]) => seconds >= size));
  const from = seconds < 1 ? UNITS.length - 1 : first;
  const parts: string[] = [];
  let rest = Math.round(seconds);
  for (const [unit, size] of UNITS.slice(from, from + (from < 2 ? 2 : 1))) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0 || parts.length === 0) parts.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount));
  }
  return parts.join(' ');
}

/** The sentence that answers "why", for people. */
export function inWords({ code, values }: Reason, language: Language, nameOf: Names): string {
  const given = values as Readonly<Record<string, unknown>>;
  const number = (value: unknown) => new Intl.NumberFormat(language).format(Number(value ?? 0));
  const list = (ids: unknown) => new Intl.ListFormat(language, { type: 'conjunction' }).format((Array.isArray(ids) ? ids as string[] : []).map((id) => nameOf(id) ?? '…'));
  const duration = (value: unknown) => durationInWords(Number(value ?? 0), language);
  const spoken: Spoken = {
    person: nameOf(String(given['person'])) ?? '…', skills: list(given['skills']), teams: list(given['teams']),
    waited: duration(given['waitedSeconds']), headStart: Number(given['headStartSeconds'] ?? 0) > 0 ? duration(given['headStartSeconds']) : null,
    idle: duration(given['idleSeconds']), in: duration(given['inSeconds']),
    count: number(given['count']), free: number(given['free']), present: number(given['present']), people: number(given['people']),
    percent: new Intl.NumberFormat(language, { style: 'percent' }).format(Number(given['percent'] ?? 0) / 100),
  };
  return SENTENCES[language][code satisfies ReasonCode](spoken);
}

/** "Between 5 and 20 minutes", for waits. */
export const rangeInWords = (low: number, high: number, language: Language): string => SENTENCES[language].range(durationInWords(low, language), durationInWords(high, language));
