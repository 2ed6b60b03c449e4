const MAX_PARTS = 1_000;
const MAX_GROUPS = 200;
const HEAD_BYTES = 1024 * 1024;
const MAX_BOUNDARIES = 200;
const MAX_CONTINUATIONS = 1_000;
const NEW_LINE = 0x0a;
const MAX_BOUNDARY_LINE = 300;

/**
 * Whether a message is too intricate to be taken apart in reasonable time: a look at the raw bytes, linear in their
 * number, before the parser sees them. What it refuses is kept and filed as it came.
 */
export function isTooComplex(raw: Buffer): boolean {
  const text = raw.toString('latin1');
  const boundaries = new Set<string>();
  for (const match of text.matchAll(/boundary\*?\d?\*?=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi)) {
    boundaries.add((match[1] ?? match[2] ?? '').trimEnd());
    if (boundaries.size > MAX_BOUNDARIES) return true;
  }
  return countParts(raw, boundaries) > MAX_PARTS || hasManyContinuations(text) || hasManyGroups(text);
}

function countParts(raw: Buffer, boundaries: ReadonlySet<string>): number {
  let parts = 0;
  if (boundaries.size === 0) return parts;
  for (let at = raw.indexOf('\n--'); at !== -1 && parts <= MAX_PARTS; at = raw.indexOf('\n--', at + 3)) {
    const end = raw.indexOf(NEW_LINE, at + 3);
    const stop = Math.min(end === -1 ? raw.length : end, at + 3 + MAX_BOUNDARY_LINE);
    const name = raw.toString('latin1', at + 3, stop).trimEnd();
    if (boundaries.has(name)) parts += 1;
  }
  return parts;
}

/** RFC 2231 pieces of one parameter, as in `filename*17*=`. */
function hasManyContinuations(text: string): boolean {
  let count = 0;
  for (const _piece of text.matchAll(/[;\s][a-z-]{1,30}\*\d{1,6}\*?=/gi)) {
    count += 1;
    if (count > MAX_CONTINUATIONS) return true;
  }
  return false;
}

/** Groups of addresses (`friends: …;`) inside each other. */
function hasManyGroups(text: string): boolean {
  const head = text.slice(0, HEAD_BYTES).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return head.split(/\r?\n(?![ \t])/).some((field) => /^(?:from|sender|reply-to|to|cc|bcc)[ \t]*:/i.test(field) && field.split(':', MAX_GROUPS + 2).length > MAX_GROUPS + 1);
}
