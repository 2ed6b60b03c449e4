import type { Email } from 'postal-mime';
import { bareText } from '../html/bare-text.ts';
import { readReport, type ParsedReport } from './report/report.ts';

const READ = 64 * 1024;
const MAX_PARTS = 20;
const EVIDENCE = /^(?:message\/|text\/rfc822-headers?$)/;

/** What a message reports about mail of ours, if it is a report. */
export function reportOf(email: Email): ParsedReport | null {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value);
  const parts = email.attachments.filter(({ mimeType }) => EVIDENCE.test(mimeType)).slice(0, MAX_PARTS)
    .map(({ mimeType, content }) => ({ type: mimeType, text: readable(content) }));
  return readReport({
    headers, from: email.from?.address === undefined ? null : email.from, to: (email.to ?? []).flatMap(({ address }) => address ?? []),
    subject: email.subject ?? '', text: (email.text ?? bareText((email.html ?? '').slice(0, 4 * READ))).slice(0, READ), parts,
  });
}

const readable = (content: string | ArrayBuffer | Uint8Array): string =>
  typeof content === 'string' ? content.slice(0, READ) : Buffer.from(content as ArrayBuffer).subarray(0, READ).toString('utf8');
