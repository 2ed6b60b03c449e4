const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;
/** Enough to see both neighbours of a dot at a chunk's edge. */
const CARRY = 4;

/**
 * Looks, chunk by chunk, for a line that holds nothing but a dot and begins or ends with half a line break. Only
 * CR LF . CR LF ends a message; one that tries the other spellings wants some server to see two messages where we see one.
 */
export function loneDotScan(): (chunk: Buffer) => boolean {
  let carried: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const bytes = carried.length > 0 ? Buffer.concat([carried, chunk]) : chunk;
    // The first half of what was carried has been judged already, with more before it than we still have.
    const start = carried.length === CARRY ? CARRY / 2 : 0;
    carried = Buffer.from(bytes.subarray(-CARRY));
    for (let at = bytes.indexOf(DOT, start); at !== -1; at = bytes.indexOf(DOT, at + 1)) {
      if (isHalfBroken(bytes, at)) return true;
    }
    return false;
  };
}

function isHalfBroken(bytes: Buffer, at: number): boolean {
  const [before, after] = [bytes[at - 1], bytes[at + 1]];
  if ((before !== LF && before !== CR) || (after !== LF && after !== CR)) return false;
  if (after === CR && at + 2 >= bytes.length) return false;
  return !(before === LF && bytes[at - 2] === CR && after === CR && bytes[at + 2] === LF);
}
