import { isUtf8 } from 'node:buffer';
import { boundariesIn, fromItsHead, headLength } from '../fields.ts';
import { decodeText, isPlatformCharset } from './charsets.ts';

const WORD = /=\?([^?\s]{1,80})\?([qb])\?([^?\r\n]{0,8000})\?=/gi;

/** Encoded words that the parser reads as they were meant: those in charsets that it does not know in UTF-8, and those that share a character as one. */
export const withKnownCharsets = (value: string): string =>
  !value.includes('=?') ? value : withWholeCharacters(value).replace(WORD, (word: string, charset: string, encoding: string, text: string) => {
    const label = labelOf(charset);
    return isPlatformCharset(label) ? word : inUtf8(decodeText(bytesIn(encoding, text), label));
  });

const labelOf = (charset: string): string => charset.split('*')[0] ?? '';
const bytesIn = (encoding: string, text: string): Buffer => (encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : fromQ(text));
const inUtf8 = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

type Run = { label: string; bytes: Buffer[]; from: number; to: number };

/** Some cut between the bytes of one character: neighbours in one charset that are whole only together become one word. */
function withWholeCharacters(value: string): string {
  let [out, at] = ['', 0];
  const close = (run: Run | null): void => {
    const text = run === null || run.bytes.length < 2 ? null : wholeOnlyTogether(run);
    if (run === null || text === null) return;
    out += value.slice(at, run.from) + inUtf8(text);
    at = run.to;
  };
  let run: Run | null = null;
  for (const { 0: word, 1: charset = '', 2: encoding = '', 3: text = '', index } of value.matchAll(WORD)) {
    const label = labelOf(charset).toLowerCase();
    if (run !== null && run.label === label && value.slice(run.to, index).trim() === '') {
      run.bytes.push(bytesIn(encoding, text));
      run.to = index + word.length;
    } else {
      close(run);
      run = { label, bytes: [bytesIn(encoding, text)], from: index, to: index + word.length };
    }
  }
  close(run);
  return out + value.slice(at);
}

const SEVERAL_BYTES = /^(?:utf-?8|gb|big5|euc|shift|sjis|ks_c|cp9|windows-31j)/;

function wholeOnlyTogether({ label, bytes }: Run): string | null {
  if (!SEVERAL_BYTES.test(label)) return null;
  const isWhole = (one: Buffer): boolean => (label.startsWith('utf') ? isUtf8(one) : !decodeText(one, label).includes('\ufffd'));
  if (bytes.every(isWhole)) return null;
  const all = Buffer.concat(bytes);
  return isWhole(all) ? decodeText(all, label) : null;
}

function fromQ(text: string): Buffer {
  const plain = text.replace(/_/g, ' ').replace(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

const MAX_HEAD = 1024 * 1024;
const LF = 0x0a;
const CR = 0x0d;

/**
 * A message whose head some program wrote in an eight-bit charset, or with the line ends of machines long gone, as the
 * parser understands it. The body stays as it is.
 */
export function withReadableHead(raw: Buffer): Buffer {
  const message = withFirstBoundary(withLastBoundary(withLineFeeds(fromItsHead(raw))));
  const end = Math.min(headLength(message), MAX_HEAD);
  const head = message.subarray(0, end);
  if (isUtf8(head)) return message;
  const declared = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,10}?charset="?([^\s";]{1,60})/im.exec(head.toString('latin1'))?.[1];
  return Buffer.concat([Buffer.from(decodeText(head, declared)), message.subarray(end)]);
}

const NEAR = 2_000;

/** Some forget the blank line between a head and the first boundary that it declares. */
function withFirstBoundary(raw: Buffer): Buffer {
  const text = raw.toString('latin1', 0, MAX_HEAD);
  const pieces: Buffer[] = [];
  let done = 0;
  for (const { name, at } of boundariesIn(text, MAX_DECLARED)) {
    const near = text.slice(at, at + NEAR);
    const border = near.indexOf(`\n--${name}`);
    const blank = near.search(/\n\r?\n/);
    if (border === -1 || (blank !== -1 && blank <= border) || at + border < done) continue;
    pieces.push(raw.subarray(done, at + border + 1), Buffer.from('\r\n'));
    done = at + border + 1;
  }
  return done === 0 ? raw : Buffer.concat([...pieces, raw.subarray(done)]);
}

const LAST_LINE = 300;
/** As many as a message may have parts. */
const MAX_DECLARED = 1_000;

/** Some write the last boundary behind the last word, without the line break between them. */
function withLastBoundary(raw: Buffer): Buffer {
  const tail = raw.toString('latin1', Math.max(0, raw.length - LAST_LINE)).trimEnd();
  const line = tail.slice(tail.lastIndexOf('\n') + 1);
  if (line.startsWith('--') || !/[^-]--\S{1,200}--$/.test(line)) return raw;
  const declared = Array.from(boundariesIn(raw.toString('latin1'), MAX_DECLARED), ({ name }) => `--${name}--`);
  const glued = declared.find((boundary) => line.endsWith(boundary));
  if (glued === undefined) return raw;
  const at = raw.lastIndexOf(glued, undefined, 'latin1');
  return Buffer.concat([raw.subarray(0, at), Buffer.from('\r\n'), raw.subarray(at)]);
}

/** Nothing but lone CR: they are its line ends. Among other line ends a lone CR ends nothing, so that it begins no header. */
function withLineFeeds(raw: Buffer): Buffer {
  const first = raw.indexOf(CR);
  if (first === -1 || raw.includes(LF)) return raw;
  const lines = Buffer.from(raw);
  for (let at = first; at !== -1; at = lines.indexOf(CR, at + 1)) lines[at] = LF;
  return lines;
}
