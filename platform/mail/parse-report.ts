import type { Email } from 'postal-mime';
import { bareText } from '../html/bare-text.ts';
import type { Contents } from './content/contents.ts';
import { readReport, type ParsedReport } from './report/report.ts';

const READ = 64 * 1024;
const MAX_PARTS = 20;
const EVIDENCE = /^(?:message\/|text\/rfc822-headers?$)/;

/** What a message reports about mail of ours, if it is a report. */
export function reportOf(email: Email, contents: Contents): ParsedReport | null {
  const headers = new Map<string, string>();
  for (const { key, value } of email.headers) if (!headers.has(key)) headers.set(key, value);
  const parts = contents.files.filter(({ type }) => EVIDENCE.test(type)).slice(0, MAX_PARTS).map(({ type, bytes }) => ({ type, text: readable(bytes) }));
  return readReport({
    headers, from: email.from?.address === undefined ? null : email.from, to: (email.to ?? []).flatMap(({ address }) => address ?? []),
    subject: email.subject ?? '', text: (contents.text ?? bareText((contents.html ?? '').slice(0, 4 * READ))).slice(0, READ), parts,
  });
}

const readable = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, READ)).toString('utf8');
