const BEFORE = /^(?:\u00ef\u00bb\u00bf)?(?:\r?\n)*/;
const BEGINS = /^(?:(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|dkim-signature|x-[\w-]{1,50})[ \t]*:|From )/i;

/** Without a byte order mark and blank lines in front. Whoever reads a head begins here, so that all find the same author. */
export function fromItsHead(raw: Buffer): Buffer {
  const start = raw.toString('latin1', 0, 200);
  const before = BEFORE.exec(start)?.[0].length ?? 0;
  return before > 0 && BEGINS.test(start.slice(before)) ? raw.subarray(before) : raw;
}

/** The head of a message, as far as it is among its first `bytes`. */
export const headOf = (raw: Buffer, bytes: number): string => fromItsHead(raw).toString('latin1', 0, bytes).split(/\r?\n\r?\n/, 1)[0] ?? '';

/** The fields of a head, each with the lines on which it goes on. */
export const fieldsOf = (head: string): string[] => head.split(/\r?\n(?![ \t])/);

/** Bytes of the head, with the blank line behind it. */
export function headLength(raw: Buffer): number {
  const ends = ['\n\n', '\n\r\n'].flatMap((end) => {
    const at = raw.indexOf(end, 0, 'latin1');
    return at === -1 ? [] : [at + end.length];
  });
  return Math.min(...ends, raw.length);
}

const BOUNDARY = /boundary\*?\d?\*?=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;

/** The boundaries between parts that a text declares, `most` at the most, and where it does. */
export function* boundariesIn(text: string, most = Infinity): Generator<{ readonly name: string; readonly at: number }> {
  let count = 0;
  for (const { 1: quoted, 2: plain = '', index } of text.matchAll(BOUNDARY)) {
    yield { name: (quoted ?? plain).trimEnd(), at: index };
    count += 1;
    if (count >= most) return;
  }
}
