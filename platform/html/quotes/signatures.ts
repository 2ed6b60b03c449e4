import { isBlank, isWritten, MAX_LINE, SIGNATURE_BEGINS, SIGNATURE_ENDS, wordsIn, type Page } from './lines.ts';
import { ADDRESSEES, CLOSINGS, isDeviceBeginning, isDeviceEnd, LIST_FOOTERS, NOTICES, SECRECY, THANKS } from './signature-words.ts';

/** Below `-- `; longer ones carry the small print of a company. */
const MAX_SIGNATURE = 40;
const MAX_UNSURE_SIGNATURE = 12;
const MAX_NAMES = 5;
const MAX_CONTACTS = 12;
/** Lines from the end in which lawyers are looked for. */
const MAX_FOOTER = 80;
const MIN_DISCLAIMER = 90;

/** Folds what stands below a message on its own account: signatures, what telephones add, small print, list footers. */
export function foldSignatures(page: Page): void {
  foldMarked(page);
  for (const [first, end] of runsOfWriting(page)) foldInRun(page, first, end);
}

/** HTML says where some mail programs put the signature. */
function foldMarked({ bare, folded }: Page): void {
  let inside = false;
  for (let at = 0; at < bare.length; at++) {
    if (bare[at] === SIGNATURE_BEGINS) inside = true;
    if (inside) folded[at] = true;
    if (bare[at] === SIGNATURE_ENDS) inside = false;
  }
}

/** The parts between quotes: a signature ends where a quote begins. */
function runsOfWriting({ folded }: Page): [number, number][] {
  const runs: [number, number][] = [];
  for (let at = 0; at < folded.length; at++) {
    if (folded[at]) continue;
    const first = at;
    while (at < folded.length && !folded[at]) at += 1;
    runs.push([first, at]);
  }
  return runs;
}

function foldInRun(page: Page, first: number, end: number): void {
  for (let at = first; at < end; at++) {
    const line = page.bare[at]!;
    if (line === '' || line.length > MAX_LINE) continue;
    if (isAlone(page, at, first, end) && isDevice(line)) page.folded[at] = true;
    else if (beginsSignature(page, at, end)) {
      page.folded.fill(true, at, end);
      break;
    }
  }
  foldSmallPrint(page, first, end);
  foldNameBlock(page, first, end);
}

/** What telephones write stands in a paragraph of its own. */
const isAlone = (page: Page, at: number, first: number, end: number): boolean =>
  at > 0 && (at === first || isBlank(page, at - 1) || page.folded[at - 1] === true || at + 1 >= end || isBlank(page, at + 1));

function isDevice(line: string): boolean {
  if (line.length > 400) return false;
  const text = line.replace(/[<([]?https?:\S{1,300}$/u, '').replace(/^[-–—*_[(\s]{1,10}/u, '').replace(/[-*_\])\s]{1,10}$/u, '');
  if (text.length < 5 || text.length > 100) return false;
  const lower = text.toLowerCase().replace(/[[\]]/gu, '');
  if (!isDeviceBeginning(lower) && !isDeviceEnd(lower)) return false;
  // A sentence goes on; such a line does not.
  return (!/[,;!?]\s|[.]\s+\p{L}/u.test(text) || /^yahoo mail:|, .*\bsmartphone\.?$/u.test(lower)) && wordsIn(text).length <= 14;
}

function beginsSignature(page: Page, at: number, end: number): boolean {
  const line = page.bare[at]!;
  if (line === '--') return countWritten(page, at + 1, end) <= MAX_SIGNATURE;
  if (!/^(?:[—–]{2,}|_{2,}|-{3,}|\*{3,}|={3,}|~{3,})$/u.test(line)) return false;
  const count = countWritten(page, at + 1, end);
  if (count === 0) return at > 0;
  if (/^[-_—–]{2,4}$/u.test(line) && count <= MAX_NAMES && onlyNames(page, at + 1, end)) return true;
  return count <= MAX_UNSURE_SIGNATURE && speaksOfContacts(page, at + 1, end);
}

const onlyNames = ({ bare }: Page, from: number, end: number): boolean =>
  bare.slice(from, end).every((line) => line.length <= 50 && !/[?!.:;]$/u.test(line) && wordsIn(line).length <= 5);

function countWritten(page: Page, from: number, end: number): number {
  let count = 0;
  for (let at = from; at < end && count <= MAX_SIGNATURE; at++) if (isWritten(page, at)) count += 1;
  return count;
}

/** Short lines, one of them with a number, an address or the words of a list. */
function speaksOfContacts(page: Page, from: number, end: number): boolean {
  let contacts = false;
  for (let at = from; at < end; at++) {
    const line = page.bare[at]!;
    if (line.length > 120 || isSentence(line)) return LIST_FOOTERS.some((words) => line.toLowerCase().includes(words));
    contacts ||= isContact(line);
  }
  return contacts;
}

const isContact = (line: string): boolean =>
  /\S@\S+\.\S|https?:|www\.|\+\d|(?:\d[\s()./-]?){7,}/u.test(line) || LIST_FOOTERS.some((words) => line.toLowerCase().includes(words));

const isSentence = (line: string): boolean => wordsIn(line).length >= 6 && /[.!?。]$/u.test(line) && !isContact(line);

/** Paragraphs of lawyers and of virus scanners, near the end. */
function foldSmallPrint(page: Page, first: number, end: number): void {
  for (let at = Math.max(first, end - MAX_FOOTER); at < end; at++) {
    if (!isWritten(page, at) || (at > first && isWritten(page, at - 1))) continue;
    if (at > 0 && isSmallPrint(paragraphAt(page, at, end)) && hasWordsAbove(page, at)) {
      page.folded.fill(true, withRuleAbove(page, at, first), end);
      return;
    }
  }
}

function paragraphAt(page: Page, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end && page.bare[at] !== '' && text.length < 1000; at++) text += `${page.bare[at]!} `;
  return text.trim().toLowerCase();
}

function isSmallPrint(paragraph: string): boolean {
  const start = paragraph.replace(/^[*_#\s-]{1,10}/u, '').slice(0, 80);
  if (NOTICES.some((words) => start.startsWith(words)) || LIST_FOOTERS.some((words) => start.startsWith(words))) return true;
  return paragraph.length >= MIN_DISCLAIMER && SECRECY.some((word) => paragraph.includes(word)) && ADDRESSEES.some((word) => paragraph.includes(word));
}

const hasWordsAbove = (page: Page, at: number): boolean => page.bare.some((line, n) => n < at && line !== '' && !page.folded[n]);

function withRuleAbove({ bare }: Page, at: number, first: number): number {
  let rule = at;
  while (rule > first && at - rule < 3 && bare[rule - 1] === '') rule -= 1;
  return rule > first && /^[-_=*—–]{2,}$/u.test(bare[rule - 1]!) ? rule - 1 : at;
}

/** «Best regards» with a name is what the person said; with title, company and telephone it is a signature. */
function foldNameBlock(page: Page, first: number, end: number): void {
  for (let at = end - 1, seen = 0; at >= first && seen <= MAX_CONTACTS + 1; at--) {
    if (!isWritten(page, at)) continue;
    seen += 1;
    const closing = closingOf(page.bare[at]!);
    if (closing === null) continue;
    if (isNameBlock(page, at + 1, end, closing) && hasWordsAbove(page, at)) page.folded.fill(true, at, end);
    return;
  }
}

type Closing = 'farewell' | 'thanks';

function closingOf(line: string): Closing | null {
  if (line.length > 60) return null;
  const text = line.toLowerCase().replace(/[\p{P}\p{S}\s]{1,20}$/u, '').trim();
  const begins = (closing: string): boolean =>
    text === closing || (text.startsWith(closing) && /^\s?[,!،.]\s?(?:\p{L}[\p{L}\p{M}.'’-]*\s?){1,4}$/u.test(text.slice(closing.length)));
  if (CLOSINGS.some(begins)) return 'farewell';
  return THANKS.some(begins) ? 'thanks' : null;
}

function isNameBlock(page: Page, from: number, end: number, closing: Closing): boolean {
  const lines = page.bare.slice(from, end).filter((line, n) => line !== '' && !page.folded[from + n]);
  if (lines.length < 2 || lines.length > MAX_CONTACTS) return false;
  if (lines.some((line) => line.length > 110 || isSentence(line) || /^(?:p\.?\s?s\b|п\.?\s?п\.|ps\b|p\.s)/iu.test(line) || line.endsWith('?'))) return false;
  // After thanks people go on with what they have to say.
  return lines.slice(1).some(isContact) || (closing === 'farewell' && lines.every((line) => wordsIn(line).length <= 8));
}
