/** Of the normal distribution, for 95 %. */
const Z = 1.959964;

/** How many of so many, in percent, with Wilson's interval, which stays honest for few and for all or none. */
export function shareOf(some: number, all: number): { readonly percent: number; readonly low: number; readonly high: number } {
  if (all === 0) return { percent: 0, low: 0, high: 100 };
  const [p, z2] = [some / all, Z * Z];
  const middle = (p + z2 / (2 * all)) / (1 + z2 / all);
  const reach = (Z / (1 + z2 / all)) * Math.sqrt((p * (1 - p)) / all + z2 / (4 * all * all));
  return { percent: tenth(p), low: tenth(Math.max(0, middle - reach)), high: tenth(Math.min(1, middle + reach)) };
}

const tenth = (share: number): number => Math.round(share * 1_000) / 10;
