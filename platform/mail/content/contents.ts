import { decodeWords } from 'postal-mime';
import { escapeHtml } from '../../html/escape.ts';
import { bareText } from '../../html/bare-text.ts';
import { bordersIn, strayBorder } from './borders.ts';
import { readInvitation, type Invitation } from './calendar.ts';
import { withKnownCharsets } from './encoded-words.ts';
import { bytesOf, multipartOf, nameOf, ownBytes, parameterOf, textOf, treeOf, typeOf, type Limits, type MimeNode } from './node.ts';
import { readClearSigned } from './clear-signed.ts';
import { contentOfSignedData } from './signed-data.ts';
import { readTnef } from './tnef.ts';
import { extractUuencoded } from './uuencode.ts';
import { extractYenc } from './yenc.ts';

export type FoundFile = { readonly name: string | null; readonly type: string; readonly contentId: string | null; readonly bytes: Uint8Array };
/** How a message is protected; what is encrypted cannot be read here. */
export type Protection = 'encrypted_pgp' | 'encrypted_smime' | 'signed_pgp' | 'signed_smime';

export type Contents = {
  /** Null where the message has none of the kind. */
  readonly text: string | null; readonly html: string | null;
  readonly files: readonly FoundFile[];
  readonly invitation: Invitation | null;
  readonly protection: Protection | null;
  readonly fragment: Fragment | null;
};

/** Which piece it is of a message that was sent in several (message/partial). */
export type Fragment = { readonly number: number; /** Only the last piece has to say it. */ readonly total: number | null };

type Piece = { readonly text: string | null; readonly html: string | null };
type State = { pieces: Piece[]; files: FoundFile[]; invitation: Invitation | null; protection: Protection | null; fragment: Fragment | null; leaves: number };
type Manner = { readonly crlf: boolean; readonly limits: Limits; readonly unwrapped: number; readonly borders: ReadonlySet<string> };

const MAX_UNWRAPPED = 3;
const MAX_FRAGMENTS = 10_000;

/** What the tree of a message holds, read as people mean it: one body, the files beside it, and what it is. */
export async function contentsOf(root: MimeNode, manner: Pick<Manner, 'crlf' | 'limits'>): Promise<Contents> {
  const state = emptyState();
  await visit(root, state, { ...manner, unwrapped: 0, borders: bordersIn(root) });
  const { files, invitation, protection, fragment, pieces } = state;
  return { text: textIn(pieces), html: htmlIn(pieces), files, invitation, protection: protection ?? pgpIn(pieces), fragment };
}

const emptyState = (): State => ({ pieces: [], files: [], invitation: null, protection: null, fragment: null, leaves: 0 });
const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

function textIn(pieces: readonly Piece[]): string | null {
  if (pieces.every(({ text }) => isBlank(text))) return null;
  return pieces.map(({ text, html }) => (isBlank(text) ? bareText(html ?? '') : text!.replace(/\n+$/, ''))).filter((one) => one !== '').join('\n');
}

function htmlIn(pieces: readonly Piece[]): string | null {
  if (pieces.every(({ html }) => isBlank(html))) return null;
  return pieces.flatMap(({ text, html }) => (!isBlank(html) ? [html!] : isBlank(text) ? [] : [`<div style="white-space:pre-wrap">${escapeHtml(text!)}</div>`])).join('\n<br>\n');
}

function pgpIn(pieces: readonly Piece[]): Protection | null {
  const head = pieces.map(({ text }) => text?.slice(0, 2_000) ?? '').join('\n');
  if (/^-----BEGIN PGP MESSAGE-----/m.test(head)) return 'encrypted_pgp';
  return /^-----BEGIN PGP SIGNED MESSAGE-----/m.test(head) ? 'signed_pgp' : null;
}

async function visit(node: MimeNode, state: State, manner: Manner): Promise<void> {
  const multipart = multipartOf(node);
  if (multipart === false) return leaf(node, state, manner);
  if (node.childNodes.length === 0) return undivided(node, state, manner);
  if (multipart === 'alternative') return alternatives(node, state, manner);
  state.protection ??= protectionOf(node);
  for (const child of node.childNodes) await visit(child, state, manner);
}

/** A boundary that does not work: the one that stands there is taken, and without any everything is one text. */
async function undivided(node: MimeNode, state: State, manner: Manner): Promise<void> {
  if (!node.content) return;
  const content = Buffer.from(node.content);
  const boundary = /^--([^\s"-][^\r\n"]{0,69}?)[ \t]*\r?$/m.exec(content.toString('latin1', 0, 4_096))?.[1];
  if (boundary === undefined || manner.unwrapped >= MAX_UNWRAPPED) {
    state.pieces.push({ text: textOf(node), html: null });
    return;
  }
  await visitParts(content, { boundary, kind: multipartOf(node) }, state, manner);
}

async function visitParts(content: Uint8Array, { boundary, kind }: { boundary: string; kind: string | false }, state: State, manner: Manner): Promise<void> {
  const type = kind === 'alternative' ? kind : 'mixed';
  const { root } = await treeOf(Buffer.concat([Buffer.from(`Content-Type: multipart/${type}; boundary="${boundary}"\r\n\r\n`), content]), manner.limits);
  await visit(root, state, { ...manner, unwrapped: manner.unwrapped + 1 });
}

function protectionOf(node: MimeNode): Protection | null {
  const multipart = multipartOf(node);
  if (multipart !== 'signed' && multipart !== 'encrypted') return null;
  const isPgp = parameterOf(node, 'protocol').includes('pgp') || node.childNodes.some((child) => typeOf(child).startsWith('application/pgp-'));
  return multipart === 'encrypted' ? (isPgp ? 'encrypted_pgp' : 'encrypted_smime') : isPgp ? 'signed_pgp' : 'signed_smime';
}

/** The same thing told several ways: the last that is HTML, the last that is text, and all files. */
async function alternatives(node: MimeNode, state: State, manner: Manner): Promise<void> {
  let text: string | null = null;
  let html: string | null = null;
  for (const child of node.childNodes) {
    const one = { ...emptyState(), protection: state.protection, invitation: state.invitation };
    await visit(child, one, manner);
    const told = one.pieces.every((piece) => piece.html === null) ? textIn(one.pieces) : null;
    text = told ?? text;
    html = htmlIn(one.pieces) === null || told !== null ? html : htmlIn(one.pieces);
    state.files.push(...one.files);
    state.leaves += one.leaves;
    state.protection = one.protection;
    state.invitation = one.invitation;
  }
  if (text !== null || html !== null) state.pieces.push({ text, html });
}

const PASSED_OVER = new Set(['text/x-amp-html', 'text/watch-html']);

async function leaf(node: MimeNode, state: State, manner: Manner): Promise<void> {
  const isFirst = state.leaves++ === 0;
  if (node.content === null || PASSED_OVER.has(typeOf(node))) return;
  if (isBody(node, isFirst)) return words(node, state, manner);
  const bytes = bytesOf(node, manner);
  if (await opened(node, bytes, state, manner)) return;
  remark(node, state);
  const type = typeOf(node);
  state.files.push({ name: nameOf(node) ?? nameOfMessage(type, bytes), type: type || 'application/octet-stream', contentId: node.contentId ?? null, bytes });
}

/** Wrappers give way to what they hold. */
async function opened(node: MimeNode, bytes: Uint8Array, state: State, manner: Manner): Promise<boolean> {
  const type = typeOf(node);
  if (type === 'message/partial') return openFragment(node, bytes, state, manner);
  if (/^application\/(?:x-)?pkcs7-mime$/.test(type) || (type === 'application/octet-stream' && /^smime\.p7m$/i.test(nameOf(node) ?? ''))) return unwrap(node, bytes, state, manner);
  return (type === 'application/ms-tnef' || /^winmail\.dat$/i.test(nameOf(node) ?? '')) && openTnef(bytes, state);
}

/** The first piece is the beginning of the message and read as such; the others are kept for whoever puts them together. */
async function openFragment(node: MimeNode, bytes: Uint8Array, state: State, manner: Manner): Promise<boolean> {
  const [number, total] = [Number(parameterOf(node, 'number')), Number(parameterOf(node, 'total'))];
  if (!Number.isInteger(number) || number < 1 || number > MAX_FRAGMENTS) return false;
  state.fragment ??= { number, total: Number.isInteger(total) && total >= number && total <= MAX_FRAGMENTS ? total : null };
  state.files.push({ name: `${number}.part`, type: 'message/partial', contentId: null, bytes });
  if (number !== 1 || manner.unwrapped >= MAX_UNWRAPPED) return true;
  const { root } = await treeOf(bytes, manner.limits);
  await visit(root, state, { ...manner, unwrapped: manner.unwrapped + 1 });
  return true;
}

function remark(node: MimeNode, state: State): void {
  const type = typeOf(node);
  if (type === 'text/calendar' || type === 'application/ics') state.invitation ??= readInvitation(textOf(node), parameterOf(node, 'method'));
  if (type === 'application/pgp-encrypted') state.protection ??= 'encrypted_pgp';
}

const WORDS = new Set(['text/plain', 'text/html', '', 'text']);

/** In a row of parts, a text with a name is a file, unless it comes first. */
function isBody(node: MimeNode, isFirst: boolean): boolean {
  const type = typeOf(node);
  if (!WORDS.has(type) || node.contentDisposition.parsed.value === 'attachment') return false;
  if (/^x?-?uu/.test(node.contentTransferEncoding.encoding) || (node.isMisencoded === true && !isFirst)) return false;
  return isFirst || nameOf(node) === null || (node.parentNode !== undefined && multipartOf(node.parentNode) === 'alternative');
}

/** Up to a border of the message's own that stands where it should not; what follows it is more parts. */
async function words(node: MimeNode, state: State, manner: Manner): Promise<void> {
  const bytes = ownBytes(node);
  const stray = manner.unwrapped < MAX_UNWRAPPED ? strayBorder(bytes, manner.borders) : null;
  if (stray === null) return body(node, state);
  if (stray.at > 0) body({ ...node, content: bytes.slice(0, stray.at).buffer }, state);
  await visitParts(bytes.subarray(stray.at), { boundary: stray.name, kind: 'mixed' }, state, manner);
}

function body(node: MimeNode, state: State): void {
  if (typeOf(node) === 'text/html') state.pieces.push({ text: null, html: textOf(node) });
  else {
    const { rest, files } = extractYenc(ownBytes(node));
    const text = textOf(node, rest);
    const signed = readClearSigned(text);
    if (signed !== null) {
      state.protection ??= 'signed_pgp';
      state.files.push({ name: 'signature.asc', type: 'application/pgp-signature', contentId: null, bytes: Buffer.from(signed.signature) });
    }
    const plain = extractUuencoded(signed?.words ?? text);
    state.pieces.push({ text: plain.text, html: null });
    state.files.push(...[...files, ...plain.files].map((file) => ({ ...file, type: 'application/octet-stream', contentId: null })));
  }
}

/** A message that is only signed is read through its signature. */
async function unwrap(node: MimeNode, bytes: Uint8Array, state: State, manner: Manner): Promise<boolean> {
  const kind = parameterOf(node, 'smime-type').toLowerCase();
  const content = kind === 'enveloped-data' || manner.unwrapped >= MAX_UNWRAPPED ? null : contentOfSignedData(bytes);
  if (content === null) {
    if (kind !== 'certs-only') state.protection ??= kind === 'signed-data' ? 'signed_smime' : 'encrypted_smime';
    return false;
  }
  state.protection ??= 'signed_smime';
  const { root } = await treeOf(content, manner.limits);
  await visit(root, state, { ...manner, unwrapped: manner.unwrapped + 1 });
  return true;
}

function openTnef(bytes: Uint8Array, state: State): boolean {
  const found = readTnef(bytes);
  if (!found || (found.files.length === 0 && found.text === null && found.html === null)) return false;
  const said = state.pieces.some(({ text, html }) => !isBlank(text) || !isBlank(html));
  if (!said) state.pieces.push({ text: found.text, html: found.html });
  for (const { name, type, contentId, bytes: content } of found.files) state.files.push({ name: name || null, type: type ?? 'application/octet-stream', contentId, bytes: content });
  return true;
}

/** A forwarded message is called after its subject. */
function nameOfMessage(type: string, bytes: Uint8Array): string | null {
  if (type !== 'message/rfc822' && type !== 'message/global') return null;
  const head = Buffer.from(bytes.subarray(0, 16_384)).toString('utf8').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n\r?\n/, 1)[0]!;
  const subject = /^subject:[ \t]*(.{1,300})$/im.exec(head)?.[1];
  const name = subject === undefined ? '' : decodeWords(withKnownCharsets(subject)).replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-').trim().slice(0, 120);
  return name === '' ? null : `${name}.eml`;
}
