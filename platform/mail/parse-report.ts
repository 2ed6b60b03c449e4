import type { Attachment, Email } from 'postal-mime';
import { oneLine } from './header.ts';
import type { ParsedReport } from './parsed.ts';

const EVIDENCE = /^(?:message\/(?:rfc822|delivery-status|global-delivery-status|global|rfc822-headers|global-headers|feedback-report|disposition-notification)|text\/rfc822-headers)$/;
const READ = 64 * 1024;
const MAX_IDS = 50;

/** What a delivery report (RFC 3464, and its many home-made kin) says; null for mail that carries none. */
export function readReport(email: Email): ParsedReport | null {
  const evidence = email.attachments.filter(({ mimeType }) => EVIDENCE.test(mimeType)).slice(0, 20);
  const looksLikeOne = evidence.some(({ mimeType }) => mimeType.includes('delivery-status')) || isFromDaemon(email);
  if (!looksLikeOne) return null;
  const texts = [...evidence.map(textOf), (email.text ?? '').slice(0, READ)];
  const all = texts.join('\n');
  return { messageIds: idsIn(all), words: wordsOf(all, email.text ?? ''), status: fieldOf(all, 'status') };
}

const isFromDaemon = ({ from, headers }: Email): boolean =>
  /^(?:mailer-daemon|mail-daemon|mailerdaemon)(?:@|$)/i.test(from?.address ?? '') || headers.some(({ key }) => key === 'x-failed-recipients');

function textOf({ content }: Attachment): string {
  if (typeof content === 'string') return content.slice(0, READ);
  return Buffer.from(content as ArrayBuffer).subarray(0, READ).toString('latin1');
}

function idsIn(text: string): string[] {
  const ids = new Set<string>();
  for (const [, id] of text.matchAll(/^[ \t>]{0,8}(?:x-)?(?:original-)?message-id:[ \t\r\n]{0,8}(<[^<>\s]{1,500}>)/gim)) {
    if (id && ids.size < MAX_IDS) ids.add(id);
  }
  return [...ids];
}

function wordsOf(all: string, text: string): string {
  const diagnostic = fieldOf(all, 'diagnostic-code')?.replace(/^\w+;\s*/, '');
  const recipient = fieldOf(all, 'final-recipient')?.replace(/^\w+;\s*/, '');
  const said = diagnostic ?? oneLine(text, 500);
  return oneLine(recipient ? `${recipient}: ${said}` : said, 1000);
}

/** The first `Name: value`, with its folded lines. */
function fieldOf(text: string, name: string): string | null {
  const lines = text.split(/\r?\n/, 5_000);
  const at = lines.findIndex((line) => line.toLowerCase().startsWith(`${name}:`));
  if (at === -1) return null;
  let value = lines[at]!.slice(name.length + 1).trim();
  for (let i = at + 1; i < lines.length && /^[ \t]/.test(lines[i]!) && value.length < 1000; i++) value += ` ${lines[i]!.trim()}`;
  return value === '' ? null : oneLine(value, 1000);
}
