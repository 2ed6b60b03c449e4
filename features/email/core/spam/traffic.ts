/** Messages are counted in slots of ten minutes, by when they reached the first server of ours. */
export const SLOT_MS = 600_000;
const SLOTS_IN_HOUR = 6;

export type Limits = { readonly perTenMinutes: number; readonly perHour: number };
export type SlotCount = { readonly slot: number; readonly count: number };

export const slotOf = (at: Date): number => Math.floor(at.getTime() / SLOT_MS) * SLOT_MS;
/** The oldest slot that still counts. */
export const oldestSlot = (at: Date): number => slotOf(at) - SLOTS_IN_HOUR * SLOT_MS;

/**
 * Whether somebody is beyond a limit, this message included. The window slides: of the slot that it leaves, only the share
 * that is still inside counts, so that nobody gets twice as much around the full hour.
 */
export function isTooMany(counts: readonly SlotCount[], at: Date, { perTenMinutes, perHour }: Limits): boolean {
  const current = slotOf(at);
  const left = 1 - (at.getTime() - current) / SLOT_MS;
  const of = (slotsAgo: number): number => counts.find(({ slot }) => slot === current - slotsAgo * SLOT_MS)?.count ?? 0;
  const lately = of(0) + of(1) * left;
  let hour = of(0) + of(SLOTS_IN_HOUR) * left;
  for (let ago = 1; ago < SLOTS_IN_HOUR; ago++) hour += of(ago);
  return lately > perTenMinutes || hour > perHour;
}

const LEAST_LETTERS = 80;
const COMPARED = 20_000;

/** What two messages of one wave share: every word. Null when it is too short to say anything. */
export function waveText(text: string): string | null {
  const words = text.slice(0, COMPARED).toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return words.length < LEAST_LETTERS ? null : words;
}
