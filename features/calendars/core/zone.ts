/** A stretch of time in which the clocks of a zone keep the same distance from UTC. All in milliseconds. */
export type Stretch = { readonly from: number; readonly to: number; readonly offset: number };

const DAY = 86_400_000;
/** Offsets are looked at this often. Since 1971 no zone has left an offset and come back to it within a week. */
const PROBE = 7 * DAY;
const PROBES = 8;
const BLOCK = PROBES * PROBE;
/** Blocks of all zones that are kept; beyond it everything is looked up anew. Twenty years of a zone are 131. */
const MOST_KEPT = 20_000;

/** The names of zones can be written in any case. */
const MOST_FORMATS = 1_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const blocks = new Map<string, readonly Stretch[]>();

/** A name of the IANA list; bare distances such as `+02:00` know nothing of daylight saving and are none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * All the time from `from` to `to` (later), in order and without a gap. A stretch may be cut into several of the same
 * offset; lazily, so that whoever stops early pays for little.
 */
export function* stretchesOf(zone: string, from: number, to: number): Generator<Stretch> {
  for (let start = Math.floor(from / BLOCK) * BLOCK; start < to; start += BLOCK) {
    for (const stretch of blockOf(zone, start)) {
      const [begins, ends] = [Math.max(stretch.from, from), Math.min(stretch.to, to)];
      if (begins < ends) yield { from: begins, to: ends, offset: stretch.offset };
    }
  }
}

/** The first moment at which the clock on the wall shows `local` (`2026-03-29T09:00`), or has just skipped it. */
export function momentOf(zone: string, local: string): Date {
  const reading = Date.parse(`${local}:00Z`);
  for (const { from, to, offset } of stretchesOf(zone, reading - 2 * DAY, reading + 2 * DAY)) {
    if (reading - offset < to) return new Date(Math.max(reading - offset, from));
  }
  return new Date(reading);
}

/** What the clock on the wall shows, to the minute: `2026-03-29T09:00`. */
export function readingOf(zone: string, at: Date): string {
  const whole = Math.floor(at.getTime() / 1000) * 1000;
  return new Date(whole + offsetAt(zone, whole)).toISOString().slice(0, 16);
}

function blockOf(zone: string, start: number): readonly Stretch[] {
  const key = `${zone} ${start}`;
  const known = blocks.get(key);
  if (known) return known;
  if (blocks.size >= MOST_KEPT) blocks.clear();
  const found = lookUp(zone, start);
  blocks.set(key, found);
  return found;
}

function lookUp(zone: string, start: number): Stretch[] {
  const stretches: Stretch[] = [];
  let begins = start;
  let offset = offsetAt(zone, start);
  for (let probe = start + PROBE; probe <= start + BLOCK; probe += PROBE) {
    const next = offsetAt(zone, probe);
    if (next === offset) continue;
    const change = changeBetween(zone, probe - PROBE, probe, offset);
    stretches.push({ from: begins, to: change, offset });
    [begins, offset] = [change, next];
  }
  if (begins < start + BLOCK) stretches.push({ from: begins, to: start + BLOCK, offset });
  return stretches;
}

/** The first moment, to the second, that no longer has the offset of `before`. */
function changeBetween(zone: string, before: number, after: number, offset: number): number {
  let [low, high] = [before / 1000, after / 1000];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * 1000) === offset) low = middle;
    else high = middle;
  }
  return high * 1000;
}

/** How far the clock on the wall is ahead of UTC; `at` is a whole second. */
function offsetAt(zone: string, at: number): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = formatOf(zone).format(at).split(/\D+/).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(zone, made);
  return made;
}
