import { decodeText } from './charsets.ts';
import type { EncodedFile } from './uuencode.ts';

const MAX_FILES = 50;
const MAX_LINE = 1_000;
const LF = 0x0a;
const CR = 0x0d;
const ESCAPE = 0x3d;

const BEGIN = /^=ybegin (?:part=(\d{1,5}) )?(?:total=(\d{1,5}) )?line=\d{1,4} size=\d{1,10} name=([^\r]{1,255})/;
const END = /^=yend size=(\d{1,10})/;

type Line = { readonly from: number; readonly to: number };

/** Files that were written into a text in yEnc (`=ybegin … =yend`), and the bytes without them. What is damaged stays. */
export function extractYenc(bytes: Uint8Array): { rest: Uint8Array; files: EncodedFile[] } {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!all.includes('=ybegin ')) return { rest: bytes, files: [] };
  const kept: Uint8Array[] = [];
  const files: EncodedFile[] = [];
  const lines = linesOf(all);
  for (let at = 0; at < lines.length; at++) {
    const found = files.length < MAX_FILES ? fileAt(all, lines, at) : null;
    if (found) {
      files.push(found.file);
      at = found.last;
    } else kept.push(all.subarray(lines[at]!.from, lines[at]!.to));
  }
  return { rest: Buffer.concat(kept), files };
}

/** Each with its line end. */
function linesOf(all: Buffer): Line[] {
  const lines: Line[] = [];
  for (let from = 0; from < all.length;) {
    const end = all.indexOf(LF, from);
    const to = end === -1 ? all.length : end + 1;
    lines.push({ from, to });
    from = to;
  }
  return lines;
}

const wordsAt = (all: Buffer, line: Line | undefined): string =>
  line && all[line.from] === ESCAPE && all[line.from + 1] === 0x79 ? all.toString('latin1', line.from, Math.min(line.to, line.from + MAX_LINE)).trimEnd() : '';

function fileAt(all: Buffer, lines: readonly Line[], at: number): { file: EncodedFile; last: number } | null {
  const begin = BEGIN.exec(wordsAt(all, lines[at]));
  if (!begin) return null;
  let first = at + 1;
  if (wordsAt(all, lines[first]).startsWith('=ypart ')) first += 1;
  for (let last = first; last < lines.length; last++) {
    const words = wordsAt(all, lines[last]);
    if (words.startsWith('=ybegin ')) return null;
    const end = END.exec(words);
    if (!end) continue;
    const bytes = decoded(all.subarray(lines[at]!.to, lines[last]!.from), lines[first]!.from - lines[at]!.to);
    return bytes.length === Number(end[1]) ? { file: { name: nameOf(begin), bytes }, last } : null;
  }
  return null;
}

/** A piece of a file that came in several messages is numbered. */
function nameOf([, part, total, name = '']: RegExpExecArray): string {
  const whole = decodeText(Buffer.from(name.trim(), 'latin1'), '');
  return part === undefined || total === '1' ? whole : `${whole}.${part.padStart(3, '0')}`;
}

function decoded(encoded: Uint8Array, from: number): Uint8Array {
  const out = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = from; at < encoded.length; at++) {
    const byte = encoded[at]!;
    if (byte === LF || byte === CR) continue;
    // Bytes that a mail cannot carry are marked and moved on by 64; all are moved on by 42.
    out[length++] = byte === ESCAPE && at + 1 < encoded.length ? encoded[++at]! - 64 - 42 : byte - 42;
  }
  return out.slice(0, length);
}
