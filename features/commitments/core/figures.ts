export type Counts = {
  readonly keptInTime: number; readonly keptLate: number; readonly broken: number;
  readonly renegotiatedInTime: number; readonly renegotiatedLate: number; readonly withdrawn: number;
};
export type Figure = Counts & { readonly counted: number; readonly share: number | null; readonly low: number | null; readonly high: number | null };

const Z = 1.959963984540054;

/** The 95 % interval of a share (Wilson): what the true share may be when `hits` of `of` were seen. Never a point. */
export function wilson(hits: number, of: number): { low: number; high: number } {
  const share = hits / of;
  const middle = share + Z ** 2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share) + Z ** 2 / (4 * of)) / of);
  const scale = 1 + Z ** 2 / of;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}

/** Of promises that were kept or broken, those kept in time. What was renegotiated or withdrawn says neither and is left out. */
export function figureOf(counts: Counts): Figure {
  const counted = counts.keptInTime + counts.keptLate + counts.broken;
  if (counted === 0) return { ...counts, counted, share: null, low: null, high: null };
  return { ...counts, counted, share: counts.keptInTime / counted, ...wilson(counts.keptInTime, counted) };
}

const NAMES = ['keptInTime', 'keptLate', 'broken', 'renegotiatedInTime', 'renegotiatedLate', 'withdrawn'] as const;

export const totalOf = (rows: readonly Counts[]): Counts =>
  Object.fromEntries(NAMES.map((name) => [name, rows.reduce((sum, row) => sum + row[name], 0)])) as Counts;
