import { createHash } from 'node:crypto';
import PostalMime, { type Address, type Attachment, type Email } from 'postal-mime';
import { markedTextOfHtml } from '../html/text.ts';
import { splitReply, type SplitReply } from '../html/quotes/split.ts';
import { sanitiseMail, type MailImage } from '../html/sanitise.ts';
import { detectLanguage } from '../search/language.ts';
import { cleanFileName } from './file-name.ts';
import { oneLine, type MailName } from './header.ts';
import { exactContents, type ExactContent } from './parse-bytes.ts';
import { isTooComplex } from './parse-caps.ts';
import { readReport } from './parse-report.ts';
import type { ParsedFile, ParsedMail, ParseResult } from './parsed.ts';

const MAX_HEADER_BYTES = 1024 * 1024;
const MAX_DEPTH = 50;
const MAX_TEXT = 500_000;
const MAX_HTML = 2_000_000;
const MAX_ADDRESSES = 200;
const MAX_ANCESTORS = 100;
const MAX_FILES = 200;
const ROBOT_HEADERS = new Set([
  'auto-submitted', 'precedence', 'x-auto-response-suppress', 'x-autoreply', 'x-autorespond', 'x-autoresponse', 'x-failed-recipients',
  'x-loop', 'x-auto-submitted', 'x-mailer', 'feedback-id', 'list-id', 'list-unsubscribe', 'list-post', 'list-help', 'mailing-list', 'return-path',
  'content-type', 'x-ms-exchange-generated-message-source', 'x-ms-exchange-inbox-rules-loop', 'delivered-to', 'x-post-message-class',
]);

/** Takes a message apart. Runs in a worker: a hostile message may cost it its life, never the server's. */
export async function parseMessage(raw: Buffer): Promise<ParseResult> {
  if (isTooComplex(raw)) return { error: 'too_complex' };
  const parser = new PostalMime({ maxHeadersSize: MAX_HEADER_BYTES, maxNestingDepth: MAX_DEPTH, forceRfc822Attachments: true });
  let email: Email;
  try {
    email = await parser.parse(raw);
  } catch {
    return { error: 'too_complex' };
  }
  try {
    return { mail: present(email, exactContents(parser, raw), raw) };
  } catch {
    return { error: 'broken' };
  }
}

function present(email: Email, exact: ExactContent, raw: Buffer): ParsedMail {
  const html = email.html ? clean(email.html) : null;
  const { written, quoted, body, long } = textOf(email, html);
  return {
    messageId: messageIdOf(email), fingerprint: fingerprintOf(email, raw),
    ancestors: [...new Set([...idsIn(email.inReplyTo), ...idsIn(email.references).reverse()])].slice(0, MAX_ANCESTORS),
    from: authorOf(email), replyTo: mailboxesOf(email.replyTo), to: mailboxesOf(email.to), cc: mailboxesOf(email.cc),
    subject: oneLine(clean(email.subject ?? ''), 1000),
    text: written, quoted, body, html: html === null ? null : htmlOf(html),
    language: detectLanguage(written),
    attachments: email.attachments.slice(0, MAX_FILES).map((file) => toFile(file, exact)),
    robot: robotHeaders(email), report: readReport(email),
    shortened: long || (html?.length ?? 0) > MAX_HTML || email.attachments.length > MAX_FILES,
  };
}

const authorOf = ({ from, sender }: Email): MailName | null => mailboxesOf([from, sender].filter((one) => one !== undefined))[0] ?? null;

function textOf(email: Email, html: string | null): SplitReply & { body: string; long: boolean } {
  // HTML alone knows better than its text where the quote begins.
  if (!email.text && html !== null) return { ...splitBody(markedTextOfHtml(html)), long: false };
  const text = clean(email.text ?? '').replace(/\r\n?/g, '\n').trim();
  const plain = splitBody(text.slice(0, MAX_TEXT));
  // A mail program that leaves no trace in the text may still have marked its HTML.
  const marked = plain.quoted === '' && html !== null && MARKS_QUOTES.test(html) ? splitBody(markedTextOfHtml(html)) : null;
  return { ...(marked && marked.quoted !== '' ? marked : plain), long: text.length > MAX_TEXT };
}

const MARKS_QUOTES = /<blockquote|[_-](?:quote|signature)|RplyFwdMsg|appendonsend|reference-message|mail-signature/i;

const splitBody = (body: string): SplitReply & { body: string } => ({ ...splitReply(body), body });

const messageIdOf = (email: Email): string | null => idsIn(email.messageId)[0] ?? null;
const headerOf = (email: Email, name: string): string => email.headers.find(({ key }) => key === name)?.value.trim() ?? '';

/** Line ends and what stands at the very end are the doing of those who carried it. */
function fingerprintOf(email: Email, raw: Buffer): string | null {
  const messageId = messageIdOf(email);
  if (messageId === null) return null;
  const facts = [messageId, headerOf(email, 'date'), authorOf(email)?.address.toLowerCase() ?? ''];
  const end = /\r?\n\r?\n/.exec(raw.toString('latin1', 0, MAX_HEADER_BYTES));
  const body = raw.subarray(end ? end.index : 0).toString('latin1').replaceAll('\r\n', '\n').trim();
  return createHash('sha256').update(JSON.stringify(facts)).update(body, 'latin1').digest('hex');
}

/** PostgreSQL takes neither NUL nor half a surrogate pair. */
const clean = (text: string): string => text.replaceAll('\u0000', '').toWellFormed();

/** Pictures of the mail itself keep their `cid:`, those of the web stay blocked. */
const KEEP_INLINE = { image: (image: MailImage) => ('cid' in image ? `cid:${image.cid}` : null) };

function htmlOf(html: string): ParsedMail['html'] {
  const raw = html.slice(0, MAX_HTML);
  const { html: safe, remoteImages } = sanitiseMail(raw, KEEP_INLINE);
  return { raw, safe, remoteImages };
}

const idsIn = (header: string | undefined): string[] =>
  [...(header ?? '').slice(0, 100_000).matchAll(/<[^<>\s\u0000-\u001f\u007f-\u009f]{1,500}>/g)].map(([id]) => clean(id));

/** An address stays as it was written: without its space or its NUL it would be somebody else's. */
function mailboxesOf(addresses: readonly Address[] | undefined): MailName[] {
  const found: MailName[] = [];
  for (const entry of addresses ?? []) {
    for (const { name, address } of entry.group ?? [entry]) {
      if (found.length >= MAX_ADDRESSES) return found;
      if (address && address.includes('@')) found.push({ name: oneLine(clean(name), 300), address: oneLine(address, 320) });
    }
  }
  return found;
}

function toFile({ filename, mimeType, contentId, content }: Attachment, exact: ExactContent): ParsedFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content instanceof Uint8Array ? content : exact(content);
  const contentType = oneLine(clean(mimeType || 'application/octet-stream'), 200);
  return {
    name: cleanFileName(filename === null ? '' : clean(filename), contentType), contentType,
    contentId: contentId ? oneLine(clean(contentId), 300).replace(/^<|>$/g, '') : null,
    sha256: createHash('sha256').update(bytes).digest('hex'), bytes,
  };
}

function robotHeaders(email: Email): Record<string, string> {
  const found: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const { key, value } of email.headers) {
    if (!ROBOT_HEADERS.has(key)) continue;
    const text = clean(value).slice(0, 1000);
    found[key] = found[key] === undefined ? text : `${found[key]}\n${text}`.slice(0, 4000);
  }
  return { ...found };
}
