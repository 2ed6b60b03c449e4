import { plainDigits } from '../../../../kernel/digits.ts';

const HOUR = 3_600;
/** By its first letter, in the five languages of the app. */
const UNITS: Readonly<Record<string, number>> = {
  h: HOUR, g: HOUR, ч: HOUR, س: HOUR,
  m: 60, м: 60, د: 60,
  s: 1, с: 1, ث: 1,
};
/** Only where every hour counts: of how many hours of work would a day be? */
const DAYS: Readonly<Record<string, number>> = { d: 24 * HOUR, д: 24 * HOUR, ي: 24 * HOUR, أ: 24 * HOUR };

const PART = /(\d+(?:[.,]\d+)?)\s*(\p{L}*)\.?/gu;

/** Seconds, from what people write: `4 h`, `1 h 30 min`, `90m`, `1:30`, `4` (hours), `2 d` with `inDays`; null when it says no length of time. */
export function readDuration(typed: string, inDays = false): number | null {
  const text = plainDigits(typed).trim().toLowerCase();
  const [, hours, minutes] = /^(\d{1,5}):([0-5]\d)$/.exec(text) ?? [];
  if (hours !== undefined && minutes !== undefined) return positive(Number(hours) * HOUR + Number(minutes) * 60);
  const parts = [...text.matchAll(PART)];
  if (parts.length === 0 || text.replaceAll(PART, '').replaceAll(/[\s,و]/gu, '') !== '') return null;
  const lengths = parts.map(([, count = '', unit = '']) => Number(count.replace(',', '.')) * (unit === '' && parts.length === 1 ? HOUR : unitOf(unit[0] ?? '', inDays)));
  return positive(Math.round(lengths.reduce((sum, length) => sum + length, 0)));
}

const unitOf = (letter: string, inDays: boolean): number => UNITS[letter] ?? (inDays ? DAYS[letter] : undefined) ?? Number.NaN;

const positive = (seconds: number): number | null => (Number.isFinite(seconds) && seconds > 0 ? seconds : null);
