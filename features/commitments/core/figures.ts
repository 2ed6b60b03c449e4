import { wilson } from '../../../kernel/wilson.ts';

export type Counts = {
  readonly keptInTime: number; readonly keptLate: number; readonly broken: number;
  readonly renegotiatedInTime: number; readonly renegotiatedLate: number; readonly withdrawn: number;
};
export type Figure = Counts & { readonly counted: number; readonly share: number | null; readonly low: number | null; readonly high: number | null };

/** Of promises that were kept or broken, those kept in time. What was renegotiated or withdrawn says neither and is left out. */
export function figureOf(counts: Counts): Figure {
  const counted = counts.keptInTime + counts.keptLate + counts.broken;
  if (counted === 0) return { ...counts, counted, share: null, low: null, high: null };
  return { ...counts, counted, share: counts.keptInTime / counted, ...wilson(counts.keptInTime, counted) };
}

const NAMES = ['keptInTime', 'keptLate', 'broken', 'renegotiatedInTime', 'renegotiatedLate', 'withdrawn'] as const;

export const totalOf = (rows: readonly Counts[]): Counts =>
  Object.fromEntries(NAMES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as Counts;
