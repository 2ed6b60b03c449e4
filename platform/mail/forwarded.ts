import { LABELS } from '../html/quotes/words.ts';
import { isPlainAddress, oneLine, type MailName } from './header.ts';

/** A mail inside a mail: whose it is and what it says, as the words say it; above it what the one who passed it on wrote. */
export type Forwarded = { readonly above: string; readonly from: MailName; readonly subject: string; readonly text: string };

const MAX_LINES = 20_000;
const MAX_ABOVE = 400;
const MAX_HEAD_LINES = 14;

const SUBJECT_MARK = /^\s*(?:fwd?|wg|tr|rv|enc|pd|podaj dalej|przekazano|пр|прд|препр|препратено|перес|пересл|пересылка|إعادة توجيه|إعادة إرسال|توجيه|تحويل)\s*:/iu;
/** «Forwarded message», as Gmail, Apple and Thunderbird say it; an answer is introduced by other words. */
const SEPARATOR = new RegExp([
  'forwarded (?:message|by .{1,60})', 'begin forwarded message', 'weitergeleitete nachricht', 'message transféré', 'mensaje reenviado', 'messaggio inoltrato',
  'препратено съобщение', 'начало на препратеното съобщение', 'препратено от .{1,60}',
  'пересылаемое сообщение', 'пересланное сообщение', 'пере(?:адресованное|направленное) сообщение', 'начало пере(?:адресованного|сланного) сообщения',
  'wiadomość przekazana', 'przekazana wiadomość', 'treść przekazanej wiadomości', 'początek przekaz(?:ywanej|anej) wiadomości',
  'رسالة معاد توجيهها', 'الرسالة المعاد توجيهها', 'رسالة مُ?عاد توجيهها', 'رسالة مُ?حو[ّ]?لة', 'رسالة مُ?ممررة', 'بداية الرسالة المُ?عاد توجيهها', 'بدء الرسالة المعاد توجيهها',
].map((one) => `(?:${one})`).join('|'), 'iu');
const MARKS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * The mail that somebody passed on in words (Gmail, Outlook, Apple, Thunderbird, in our languages), or null when this is no
 * forward. Linear in the length of the text.
 */
export function forwardedIn({ subject, text }: { subject: string; text: string }): Forwarded | null {
  const lines = text.replace(/\r\n?/gu, '\n').split('\n', MAX_LINES);
  const isMarked = SUBJECT_MARK.test(subject);
  for (let at = 0; at < Math.min(lines.length, MAX_ABOVE); at++) {
    const head = headAt(lines, at);
    if (!head) continue;
    const above = lines.slice(0, at);
    const separator = above.findLastIndex((line) => bare(line) !== '');
    const isSeparated = separator >= 0 && SEPARATOR.test(bare(lines[separator]!).slice(0, 200));
    const from = isSeparated || isMarked ? authorIn(head.from) : null;
    if (!from) return null;
    return { above: wordsAbove(above, isSeparated), from, subject: oneLine(head.subject ?? subject.replace(SUBJECT_MARK, ''), 1000), text: unquoted(lines.slice(head.end), lines[at]!) };
  }
  return null;
}

type Head = { from: string; subject: string | null; end: number };

/** «From: … Date: … Subject: … To: …» in any order; a value may stand in the next line or run on. */
function headAt(lines: readonly string[], at: number): Head | null {
  if (labelOf(lines[at]!) === null) return null;
  const found = new Map<string, string>();
  let last = '';
  let end = at;
  for (; end < Math.min(lines.length, at + MAX_HEAD_LINES); end++) {
    const line = bare(lines[end]!);
    const label = labelOf(line);
    if (line === '' && found.get(last) !== '') break;
    keep(found, label, last, line);
    last = label ?? last;
  }
  const from = found.get('from');
  return from !== undefined && found.size >= 3 ? { from, subject: found.get('subject') ?? null, end } : null;
}

function keep(found: Map<string, string>, label: string | null, last: string, line: string): void {
  if (label === null) found.set(last, `${found.get(last) ?? ''} ${line}`.trim());
  else if (!found.has(label)) found.set(label, line.slice(line.search(/[:：]/u) + 1).replaceAll('*', '').trim());
}

function labelOf(line: string): string | null {
  const text = bare(line).slice(0, 60);
  const colon = text.search(/[:：]/u);
  return colon < 1 ? null : LABELS.get(text.slice(0, colon).replaceAll('*', '').trim().toLowerCase()) ?? null;
}

const bare = (line: string): string => line.slice(0, 2_000).replace(MARKS, '').replace(/^[\s>]{1,20}/u, '').trim();

/** `Name <address>`, `Name [mailto:address]`, `address`. Whoever wrote it chose the name, and a name may look like another's address: the last one counts. */
function authorIn(value: string): MailName | null {
  const text = value.slice(0, 1_000);
  const found = FORMS.map((form) => [...text.matchAll(form)].at(-1)).find((match) => match !== undefined);
  const address = found?.[1];
  if (!found || address === undefined || !isPlainAddress(address)) return null;
  const name = text.slice(0, found.index).replace(/["'*]/gu, ' ').replace(/\s+/gu, ' ').trim();
  return { name: oneLine(name, 300), address };
}

const FORMS = [/<(?:mailto:)?([^\s<>]{3,320})>/gu, /\[(?:mailto:)?([^\s[\]]{3,320})\]/gu, /([^\s<>()[\],;:"']{1,64}@[^\s<>()[\],;:"']{1,255})/gu];

function wordsAbove(above: readonly string[], isSeparated: boolean): string {
  const kept = isSeparated ? above.slice(0, above.findLastIndex((line) => bare(line) !== '')) : [...above];
  while (kept.length > 0 && /^[-_=—\s>*]*$/u.test(kept.at(-1)!.replace(MARKS, '')) && !/^--\s*$/u.test(kept.at(-1)!)) kept.pop();
  return kept.join('\n').trim();
}

/** Apple sets a forwarded mail behind `>`; then all of it stands there. */
function unquoted(body: readonly string[], headLine: string): string {
  const lines = /^\s*>/u.test(headLine) ? body.map((line) => line.replace(/^\s*> ?/u, '')) : body;
  return lines.join('\n').replace(/^(?:[ \t]*\n)+|\s+$/gu, '');
}
