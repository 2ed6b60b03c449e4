/** Fewer say nothing. */
const FEWEST = 5;

/** The middle of what was measured, whole; null when there is not enough to say it by. */
export function median(values: readonly number[]): number | null {
  if (values.length < FEWEST) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return Math.round((sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2);
}
