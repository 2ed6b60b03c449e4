import { isDevice, isExcuse } from './devices.ts';
import { folded, isBlank, isWritten, MAX_LINE, nextWords, SIGNATURE_BEGINS, SIGNATURE_ENDS, wordsIn, type Page } from './lines.ts';
import { ADDRESSEES, CLOSINGS, FORMULAS, GREETINGS, HEADINGS, LIST_FOOTERS, MAILS, MYSELF, NOTICES, NUMBERED, SCANS, SECRECY, SPOKEN, TELEPHONES, THANKS } from './signature-words.ts';

/** Below `-- `; longer ones carry the small print of a company. */
const MAX_SIGNATURE = 40;
const MAX_UNSURE_SIGNATURE = 12;
const MAX_NAMES = 5;
/** Lines from the end in which lawyers are looked for. */
const MAX_FOOTER = 80;
const MIN_DISCLAIMER = 90;
const MIN_SENTENCE = 12;
const MIN_QUESTION = 4;
/** Shorter words of farewell begin sentences too. */
const MAX_CLOSING = 160;
const MIN_CLOSING = 8;
const MAX_CONTACTS = 16;

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
    if (line === TRACKED || isDeviceAt(page, at, first, end)) page.folded.fill(true, at, isGreetedBelow(page, at, end) ? end : at + 1);
    if (page.folded[at]) continue;
    if (beginsSignature(page, at, end)) {
      page.folded.fill(true, at, end);
      break;
    }
  }
  foldSmallPrint(page, first, end);
  foldNameBlock(page, first, end);
}

/** Sign that some programs leave below a mail. */
const TRACKED = 'ᐧ';

const isDeviceAt = (page: Page, at: number, first: number, end: number): boolean =>
  (isAlone(page, at, first, end) && isDevice(page.bare[at]!)) || (at > first && page.folded[at - 1] === true && isExcuse(page.bare[at]!));

/** Nobody greets below what their telephone wrote: it is the message that they answer, without a word of introduction. */
function isGreetedBelow(page: Page, at: number, end: number): boolean {
  const next = nextWords(page, at + 1, 3);
  if (next === -1 || next >= end || next === at + 1 || !hasWordsAbove(page, at)) return false;
  const greeting = folded(page.bare[next]!);
  return wordsIn(greeting).length <= 5 && /[,!.:،]$/u.test(greeting) && GREETINGS.some((words) => greeting.startsWith(words));
}

/** What telephones write stands in a paragraph of its own. */
const isAlone = (page: Page, at: number, first: number, end: number): boolean =>
  at > 0 && (at === first || isBlank(page, at - 1) || page.folded[at - 1] === true || at + 1 >= end || isBlank(page, at + 1));

function beginsSignature(page: Page, at: number, end: number): boolean {
  const line = page.bare[at]!;
  if (line === '--') return countWritten(page, at + 1, end) <= MAX_SIGNATURE && !goesOnBelow(page, at + 1, end);
  if (/^--\p{Lu}/u.test(line)) return at > 0 && isBlank(page, at - 1) && onlyNames(page, at, end) && !page.bare.slice(at + 1, end).some((other) => other.startsWith('-'));
  return /^(?:[—–]{1,}|_{2,}|-{3,}|\*{3,}|={3,}|~{3,})$/u.test(line) && isRuleOfSignature(page, at, end);
}

function isRuleOfSignature(page: Page, at: number, end: number): boolean {
  const count = countWritten(page, at + 1, end);
  if (count === 0) return at > 0;
  if (/^(?:[-_—–]{2,4}|[—–])$/u.test(page.bare[at]!) && onlyNames(page, at + 1, end)) return true;
  return count <= MAX_UNSURE_SIGNATURE && speaksOfContacts(page, at + 1, end);
}

/** Two dashes between parts of a letter: a long sentence follows, or a question, and nothing that a signature has. */
function goesOnBelow({ bare }: Page, from: number, end: number): boolean {
  const first = bare.slice(from, end).find((line) => line !== '') ?? '';
  const words = wordsIn(first).length;
  return (words >= MIN_SENTENCE ? isSentence(first) : words >= MIN_QUESTION && /[?؟]$/u.test(first)) && !isDevice(first) && !bare.slice(from, end).some(isContact);
}

const onlyNames = (page: Page, from: number, end: number): boolean =>
  countWritten(page, from, end) <= MAX_NAMES && page.bare.slice(from, end).every((line) => line.length <= 50 && !/[?!.:;]$/u.test(line) && wordsIn(line).length <= 5);

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
    if (line.length > 120 || isSentence(line)) return LIST_FOOTERS.some((words) => folded(line).includes(words));
    contacts ||= isContact(line);
  }
  return contacts;
}

const isContact = (line: string): boolean =>
  /\S@\S+\.\S|https?:|www\.|\+\d|(?:\d[\s()./-]?){7,}/u.test(line) || LIST_FOOTERS.some((words) => folded(line).includes(words));

const isSentence = (line: string): boolean => wordsIn(line).length >= 6 && /[.!?。]$/u.test(line) && !ABBREVIATION.test(line) && !isContact(line);
/** «sp. z o.o.», «S.r.l.» */
const ABBREVIATION = /(?:^|[\s.])\p{L}{1,3}\.\s?\p{L}{1,3}\.$/u;

/** Paragraphs of lawyers and of virus scanners, near the end. */
function foldSmallPrint(page: Page, first: number, end: number): void {
  for (let at = Math.max(first, end - MAX_FOOTER); at < end; at++) {
    if (!isWritten(page, at) || (at > first && isWritten(page, at - 1))) continue;
    if (at > 0 && isSmallPrint(paragraphAt(page, at, end)) && hasWordsAbove(page, at)) {
      page.folded.fill(true, withRuleAbove(page, at, first), endOfSmallPrint(page, at, end));
      return;
    }
  }
}

/** What lawyers write goes on to the end, unless somebody speaks again. */
function endOfSmallPrint(page: Page, from: number, end: number): number {
  for (let at = from + 1; at < end; at++) {
    if (page.bare[at - 1] === '' && isWritten(page, at) && speaksForOneself(paragraphAt(page, at, end))) return at;
  }
  return end;
}

const speaksForOneself = (paragraph: string): boolean => /\?\s*$/u.test(paragraph) || I_DO.test(paragraph) || wordsIn(paragraph).some((word) => MYSELF.has(word));
/** «I» alone is a word of other languages too. */
const I_DO = /(?:^|[\s(,])i(?:'m|'ve|'d|'ll| (?:have|had|am|was|do|did|don't|want|would|need|think|can|can't|cannot|could|will|got|see|saw|know|wrote|sent|paid|called|clicked|ordered|bought|received|asked|tried|hope|agree|accept|confirm))\b/u;

function paragraphAt(page: Page, from: number, end: number): string {
  let text = '';
  for (let at = from; at < end && page.bare[at] !== '' && text.length < 1000; at++) text += `${page.bare[at]!} `;
  return folded(text.trim());
}

function isSmallPrint(paragraph: string): boolean {
  if (speaksForOneself(paragraph)) return false;
  // A tree stands before it, in a font of signs or as a picture.
  const start = paragraph.replace(/^[^\p{L}]{1,10}/u, '').replace(/^p\s/u, '').slice(0, 80);
  if (NOTICES.some((words) => start.startsWith(words)) || LIST_FOOTERS.some((words) => start.startsWith(words)) || isScan(paragraph)) return true;
  const isSecret = SECRECY.some((word) => paragraph.includes(word));
  const addressees = ADDRESSEES.filter((word) => paragraph.includes(word)).length;
  if (HEADINGS.some((words) => start.startsWith(words))) return isSecret || addressees > 0;
  return paragraph.length >= MIN_DISCLAIMER && MAILS.some((word) => paragraph.includes(word)) && (addressees > 1 || (isSecret && addressees > 0));
}

/** What virus scanners say, with the address of their makers. */
const isScan = (paragraph: string): boolean => paragraph.length < 300 && SCANS.some((word) => paragraph.includes(word)) && SCANNERS.test(paragraph);
const SCANNERS = /(?:avast|avg|eset|mcafee|bitdefender|kaspersky|norton|symantec|avira|sophos|drweb|antivir\w*|360totalsecurity|mailscanner)(?:\.\p{L}{2,3}(?:[/\s)>\].]|$)| antivir)/u;

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
const CLOSINGS_BY_LETTER = Map.groupBy(CLOSINGS, ([first]) => first);
const THANKS_BY_LETTER = Map.groupBy(THANKS, ([first]) => first);

function closingOf(line: string): Closing | null {
  if (line.length > MAX_CLOSING) return null;
  const text = folded(line).replace(/[\p{P}\p{S}\s]{1,20}$/u, '').replace(/^[^\p{L}]{1,10}/u, '');
  // Most lines begin with no letter that any of them begins with: this is asked of lines that are no farewells, too.
  const [closings, thanks] = [CLOSINGS_BY_LETTER.get(text[0]) ?? [], THANKS_BY_LETTER.get(text[0]) ?? []];
  if (closings.some((closing) => isClosing(text, closing))) return 'farewell';
  if (thanks.some((closing) => isClosing(text, closing))) return 'thanks';
  if (FORMULAS.some((words) => text.includes(words)) || isBoth(text)) return 'thanks';
  // «Best regards from rainy Leeds», «Mit freundlichen Grüßen / Kind regards»: only with what a signature has.
  return wordsIn(text).length <= 8 && closings.some((closing) => closing.length >= MIN_CLOSING && text.startsWith(`${closing} `)) ? 'thanks' : null;
}

/** «Thanks and best regards» */
function isBoth(text: string): boolean {
  const parts = text.split(/\s(?:and|&|und|u\.|i|et|y|e|en|и|та|й|ve|si)\s|[,.!]\s/u);
  return parts.length === 2 && CLOSINGS.includes(parts[1]!) && (THANKS.includes(parts[0]!) || CLOSINGS.includes(parts[0]!));
}

const isClosing = (text: string, closing: string): boolean =>
  text === closing || (text.startsWith(closing) && /^\s?[,!،.]\s?(?:\p{L}[\p{L}.'’-]*\s?){1,4}$/u.test(text.slice(closing.length)));

function isNameBlock(page: Page, from: number, end: number, closing: Closing): boolean {
  const block = page.bare.slice(from, end).filter((line, n) => line !== '' && !page.folded[from + n]);
  const notice = block.findIndex((line) => isSmallPrint(folded(line)));
  const lines = notice === -1 ? block : block.slice(0, notice);
  if (lines.length < 2 || lines.length > MAX_CONTACTS) return false;
  if (lines.some((line) => line.length > 120 || isSentence(line) || /^(?:p\.?\s?s\b|п\.?\s?п\.|ps\b|p\.s|з\.\s?і\.)/iu.test(line) || line.endsWith('?'))) return false;
  if (lines.some(namesANumber)) return false;
  // After thanks people go on with what they have to say.
  return lines.slice(1).some(isContact) || (closing === 'farewell' && lines.every(isTitle));
}

/** «tracking 00340434161094» */
function namesANumber(line: string): boolean {
  const text = folded(line);
  return /\d{4}/u.test(text) && NUMBERED.test(text) && !TELEPHONES.test(text);
}

/** A name, a position or a company: few words, none of which somebody speaks with. */
function isTitle(line: string): boolean {
  const words = wordsIn(folded(line));
  return words.length <= 8 && !/:$|\d{3}/u.test(line) && !words.some((word) => SPOKEN.has(word));
}
