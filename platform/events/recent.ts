type Placed = { readonly position: number; readonly type: string };

const MOST = 1_000;
/** Words are taken out of the log itself; whoever hears of it later must not find them here. */
const TAKES_WORDS = 'entry.redacted';

/**
 * The latest events, as the process read them for its tails: all followers want them at the same moment, and each of them
 * would read them for itself.
 */
export function createRecent<T extends Placed>() {
  let events: T[] = [];
  /** Everything in between is there: `after < position <= upTo`. At first nobody has come to where it begins. */
  let [after, upTo] = [-1, -1];

  function forget(position: number): void {
    events = [];
    after = position;
  }

  return {
    /** All that lies behind `from`, up to and with `to`. */
    add(from: number, to: number, read: readonly T[]): void {
      if (from !== upTo) forget(from);
      upTo = to;
      if (read.some(({ type }) => type === TAKES_WORDS)) return forget(to);
      events.push(...read);
      if (events.length > MOST) after = events.splice(0, events.length - MOST).at(-1)!.position;
    },
    /** Nothing up to here was read. */
    skip(to: number): void {
      forget(to);
      upTo = to;
    },
    /** Up to where one who has come to `position` finds everything here; null when something before is not here. */
    reaches: (position: number): number | null => (position >= after && position <= upTo ? upTo : null),
    /** As a read of the log: oldest first, of these types, at most so many. */
    between: (from: number, to: number, limit: number, types?: readonly string[]): T[] =>
      events.filter(({ position, type }) => position > from && position <= to && (types?.includes(type) ?? true)).slice(0, limit),
  };
}
