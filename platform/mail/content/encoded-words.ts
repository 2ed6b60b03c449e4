import { isUtf8 } from 'node:buffer';
import { boundariesIn, headLength } from '../fields.ts';
import { decodeText, isPlatformCharset } from './charsets.ts';

const WORD = /=\?([^?\s]{1,80})\?([qb])\?([^?\r\n]{0,8000})\?=/gi;

/** Encoded words in charsets that the parser does not know, written anew in UTF-8. */
export const withKnownCharsets = (value: string): string =>
  !value.includes('=?') ? value : value.replace(WORD, (word: string, charset: string, encoding: string, text: string) => {
    const label = charset.split('*')[0] ?? '';
    if (isPlatformCharset(label)) return word;
    const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : fromQ(text);
    return `=?utf-8?B?${Buffer.from(decodeText(bytes, label)).toString('base64')}?=`;
  });

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
  const message = withLastBoundary(withLineFeeds(raw));
  const end = Math.min(headLength(message), MAX_HEAD);
  const head = message.subarray(0, end);
  if (isUtf8(head)) return message;
  const declared = /^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,10}?charset="?([^\s";]{1,60})/im.exec(head.toString('latin1'))?.[1];
  return Buffer.concat([Buffer.from(decodeText(head, declared)), message.subarray(end)]);
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
