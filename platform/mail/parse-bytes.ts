import type PostalMime from 'postal-mime';

/** The bytes of a part as they were sent. */
export type ExactContent = (content: ArrayBuffer) => Uint8Array;

type Part = { content: ArrayBuffer | null; contentTransferEncoding?: { encoding?: string }; parentNode?: Part | undefined; childNodes: Part[] };

const LF = 0x0a;
const CR = 0x0d;

/**
 * The parser ends every line of a part that is not base64 with LF, and counts the line break before a boundary as part
 * of the part. Here both are put right, so that an attachment has the hash that its sender sees.
 */
export function exactContents(parser: PostalMime, raw: Buffer): ExactContent {
  const lineBased = new Map<ArrayBuffer, { inside: boolean }>();
  const waiting: Part[] = [(parser as unknown as { root: Part }).root];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    waiting.push(...part.childNodes);
    const encoding = part.contentTransferEncoding?.encoding ?? '';
    if (part.content && encoding !== 'base64') lineBased.set(part.content, { inside: part.parentNode !== undefined });
  }
  const firstBreak = raw.indexOf(LF);
  const crlf = firstBreak > 0 && raw[firstBreak - 1] === CR;
  return (content) => {
    const known = lineBased.get(content);
    const bytes = new Uint8Array(content);
    if (!known) return bytes;
    const own = known.inside && bytes.at(-1) === LF ? bytes.slice(0, -1) : bytes;
    return crlf ? withCarriageReturns(own) : own;
  };
}

function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  let count = 0;
  for (const byte of bytes) if (byte === LF) count += 1;
  const wide = new Uint8Array(bytes.length + count);
  let at = 0;
  for (const byte of bytes) {
    if (byte === LF) wide[at++] = CR;
    wide[at++] = byte;
  }
  return wide;
}
