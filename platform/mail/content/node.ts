import PostalMime, { decodeWords, type Email } from 'postal-mime';
import { decodeText } from './charsets.ts';
import { withKnownCharsets } from './encoded-words.ts';
import { unflowed } from './flowed.ts';
import { decodeUuencodedPart } from './uuencode.ts';

type Structured = { readonly value: string; readonly params: Readonly<Record<string, string>> };

/** A part of the tree that the parser builds. It keeps it to itself; the version of the parser is pinned. */
export type MimeNode = {
  readonly contentType: { readonly parsed: Structured; readonly multipart: string | false };
  readonly contentDisposition: { readonly parsed: Structured };
  readonly contentTransferEncoding: { readonly encoding: string };
  /** It says base64 and is none; its content is what stands there. */
  readonly isMisencoded?: boolean;
  readonly contentId?: string | undefined;
  readonly content: ArrayBuffer | null;
  readonly parentNode?: MimeNode | undefined;
  readonly childNodes: readonly MimeNode[];
};

export type Limits = { readonly maxHeadersSize: number; readonly maxNestingDepth: number };

/** The head of a message as the parser understands it, and the tree of its parts. The bodies that it would gather itself are ours to read. */
export async function treeOf(raw: Uint8Array, limits: Limits): Promise<{ email: Email; root: MimeNode }> {
  const parser = new PostalMime({ ...limits, forceRfc822Attachments: true });
  const inside = parser as unknown as { root: MimeNode; collectNode: () => Promise<void> };
  inside.collectNode = () => Promise.resolve();
  const email = await parser.parse(raw);
  return { email, root: inside.root };
}

/** «text/html charset=utf-8», «text/plain, charset=…», «text/html/plain»: with what follows the type left out. */
export const typeOf = ({ contentType: { parsed: { value } } }: MimeNode): string => /^[a-z]+\/[\w.+-]+(?=[\s,:/])/.exec(value)?.[0] ?? value;
export const multipartOf = ({ contentType: { multipart } }: MimeNode): string | false => multipart && multipart.split(/[\s,:]/, 1)[0]!;
export const parameterOf = ({ contentType: { parsed } }: MimeNode, name: 'boundary' | 'charset' | 'delsp' | 'format' | 'method' | 'number' | 'protocol' | 'smime-type' | 'total'): string =>
  parsed.params[name] ?? (name === 'charset' ? /[\s,:]charset=["']?([\w.:-]{2,40})/.exec(parsed.value)?.[1] : undefined) ?? '';

export function nameOf(node: MimeNode): string | null {
  const name = node.contentDisposition.parsed.params['filename'] || node.contentType.parsed.params['name'];
  return name ? decodeWords(withKnownCharsets(name.slice(0, MAX_NAME))) : null;
}

const MAX_NAME = 4_000;
/** Bytes of words that are decoded; nobody reads more of them. What is wrapped into words in the manner of old is read whole. */
const MAX_WORDS = 8 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;

/**
 * The bytes of a part as they were sent: the parser ends every line of a part that is not base64 with LF, and counts the
 * line break before a boundary as part of the part. Both are put right, so that a file has the hash that its sender sees.
 */
export function bytesOf(node: MimeNode, { crlf }: { crlf: boolean }): Uint8Array {
  const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0));
  const encoding = node.contentTransferEncoding.encoding;
  if (encoding === 'base64') return bytes;
  const decoded = /^x?-?uu(?:encode|e)?$/.test(encoding) ? decodeUuencodedPart(Buffer.from(bytes).toString('latin1')) : null;
  if (decoded && decoded.length > 0) return decoded;
  const own = ownBytes(node);
  return crlf ? withCarriageReturns(own) : own;
}

/** Without the line break that belongs to the boundary below. */
export function ownBytes(node: MimeNode): Uint8Array {
  const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0));
  const isDecoded = node.contentTransferEncoding.encoding === 'base64';
  return !isDecoded && node.parentNode !== undefined && bytes.at(-1) === LF ? bytes.slice(0, -1) : bytes;
}

/** The words of a part, or of what is left of it, with LF as line end. */
export function textOf(node: MimeNode, all: Uint8Array = ownBytes(node)): string {
  const bytes = all.length > MAX_WORDS && Buffer.from(all.buffer, all.byteOffset, all.length).indexOf('\nbegin ') === -1 ? all.subarray(0, MAX_WORDS) : all;
  const declared = parameterOf(node, 'charset') || (typeOf(node) === 'text/html' ? metaCharset(bytes) : '');
  const text = decodeText(bytes, declared);
  return /^flowed$/i.test(parameterOf(node, 'format')) ? unflowed(text, /^yes$/i.test(parameterOf(node, 'delsp'))) : text;
}

const metaCharset = (bytes: Uint8Array): string =>
  /<meta[^>]{0,200}charset=["']?([\w.:-]{2,40})/i.exec(Buffer.from(bytes.subarray(0, 4_096)).toString('latin1'))?.[1] ?? '';

export function endsLinesWithCrlf(raw: Buffer): boolean {
  const first = raw.indexOf(LF);
  return first > 0 && raw[first - 1] === CR;
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
