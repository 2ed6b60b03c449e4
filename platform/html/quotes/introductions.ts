import { isBlank, MAX_LINE, nextWords, wordsIn, type Page } from './lines.ts';
import { DATE_BEGINNINGS, LABELS, ON, QUOTING, REPLY_ABOVE, SEPARATORS, WROTE, WROTE_ENDS } from './words.ts';

/** The lines with which a mail program introduces what it repeats, `end` exclusive. */
export type Introduction = { readonly first: number; readonly end: number };

const MAX_LINES = 4;
const MAX_TRIES = 200;
const MAX_BLOCK = 14;
const MAX_LABEL = 40;

/**
 * Asks line by line, in their order, for the introduction that begins in it, or, when it is a sentence over several,
 * ends in it. Sentences are looked at closely only so often: nobody's letter has hundreds that nearly are one.
 */
export function introductions(page: Page): (at: number) => Introduction | null {
  let tries = MAX_TRIES;
  return (at) => {
    const line = page.bare[at]!;
    if (line === '' || line.length > MAX_LINE) return null;
    if (isSeparator(line) || isReplyAbove(line)) return { first: at, end: at + 1 };
    const block = headerBlock(page, at);
    if (block !== null || tries <= 0 || !mayEnd(line)) return block;
    tries -= 1;
    return sentence(page, at);
  };
}

const DECORATION = '-_*=~ –—';

/** Without what mail programs draw around words. */
function undecorated(line: string): string {
  let first = 0;
  let end = line.length;
  while (first < end && (DECORATION.includes(line[first]!) || line[first] === '<')) first += 1;
  while (end > first && (DECORATION.includes(line[end - 1]!) || line[end - 1] === '>')) end -= 1;
  return first === 0 && end === line.length ? line : line.slice(first, end);
}

/** «-----Original Message-----», in any language; unknown words between many dashes on both sides too. */
function isSeparator(line: string): boolean {
  const bare = undecorated(line);
  if (bare === '') return false;
  const words = bare.replace(/\s*[:：]$/u, '').toLowerCase();
  if (SEPARATORS.has(words)) return bare !== line || line.endsWith(':') || line.endsWith('：') || words.startsWith('begin ');
  return /^-{5,}/u.test(line) && /-{5,}$/u.test(line) && !bare.includes('-') && /^\p{L}[\p{L}\p{M}\s.'’]{7,60}$/u.test(bare);
}

function isReplyAbove(line: string): boolean {
  if (line.length > 200 || line.length < 20 || !'#-=*_~[(<'.includes(line[0]!)) return false;
  const lower = line.toLowerCase();
  return REPLY_ABOVE.some((words) => lower.includes(words));
}

/** «From: … Sent: … To: … Subject: …» in any order; values may run on for two lines. */
function headerBlock({ bare }: Page, at: number): Introduction | null {
  if (labelOf(bare[at]!) === null) return null;
  const labels = new Set<string>();
  const last = Math.min(bare.length, at + MAX_BLOCK);
  let end = at;
  for (let next = at; next < last && next <= end + 2; next++) {
    const label = labelOf(bare[next]!);
    if (label === null) continue;
    if (labels.has(label) && ONCE.has(label)) break;
    labels.add(label);
    end = next + 1;
  }
  const address = bare.slice(at, end).some((line) => line.includes('@'));
  return isHeader(labels, address) ? { first: at, end } : null;
}

/** Where one of these comes again, another header begins. */
const ONCE: ReadonlySet<string> = new Set(['from', 'subject']);

function isHeader(labels: ReadonlySet<string>, address: boolean): boolean {
  // «From Sofia, to Varna, date» is somebody's journey.
  if (labels.size >= 3) return labels.has('subject') || (labels.has('from') && address);
  return labels.size === 2 && labels.has('from') && address;
}

function labelOf(line: string): string | null {
  const colon = line.slice(0, MAX_LABEL).search(/[:：]/u);
  if (colon < 1) return null;
  const name = line.slice(0, colon).replace(/^[\s*_>|]{1,20}/u, '').replace(/[\s*_]{1,20}$/u, '').toLowerCase();
  return LABELS.get(name) ?? null;
}

/** «On … wrote:», over up to four lines, that ends in this one. */
function sentence(page: Page, at: number): Introduction | null {
  const follow = whatFollows(page, at + 1);
  let joined = '';
  let found: number | null = null;
  for (let first = at; first > at - MAX_LINES && isOpen(page, first); first--) {
    const line = page.bare[first]!;
    joined = joined === '' ? line : `${line} ${joined}`;
    if (joined.length > MAX_LINE) break;
    if (!isIntroduction(joined, follow)) continue;
    found ??= first;
    if (beginsWell(line)) return { first, end: at + 1 };
  }
  return found === null ? null : { first: found, end: at + 1 };
}

const isOpen = (page: Page, at: number): boolean => at >= 0 && page.bare[at] !== '' && !page.folded[at];

type Follow = 'quote' | 'gap' | 'text';

function whatFollows(page: Page, at: number): Follow {
  const next = nextWords(page, at, 3);
  if (next !== -1 && page.marked[next]) return 'quote';
  return next === -1 || isBlank(page, at) ? 'gap' : 'text';
}

function mayEnd(line: string): boolean {
  const end = undecorated(line);
  const last = end.at(-1);
  if (last === ':' || last === '：' || (line.endsWith('>') && /^\d{4}[/-]/u.test(end))) return true;
  const word = /[\p{L}\p{M}/’']{2,24}$/u.exec(end.slice(-24))?.[0];
  return word !== undefined && (WROTE.has(word.toLowerCase()) || WROTE_ENDS.some((words) => word.endsWith(words)));
}

/** By a date, a weekday or «on»: where such a sentence begins in most mail programs. */
function beginsWell(line: string): boolean {
  const text = line.replace(/^[-–—*_\s]{1,80}/u, '');
  if (/^\d/u.test(text)) return true;
  const first = /^[\p{L}\p{M}'’]{1,20}(?=[\s.,،:]|$)/u.exec(text)?.[0].toLowerCase();
  if (first === undefined) return false;
  return ON.has(first) || QUOTING.has(first) || (first.length <= 12 && DATE_BEGINNINGS.some((begin) => (begin.length < 3 ? first === begin : first.startsWith(begin))));
}

/** «2026/3/3 Shop <help@shop.example>» */
const OLD_GMAIL = /^\d{4}[/-]\d{1,2}[/-]\d{1,2}\s[^<>]{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>?$/u;

/** People say whom they quote without a date. */
const YOU = new Set(['you', 'you’ve', 'i', 'du', 'sie', 'ich', 'vous', 'tu', 'usted', 'você', 'voi', 'ти', 'вие', 'вы', 'ты', 'я', 'аз', 'ви', 'ty', 'państwo', 'pani', 'pan', 'أنت', 'أنتم']);

function isIntroduction(joined: string, follow: Follow): boolean {
  const text = undecorated(joined).replace(/&lt;/gu, '<').replace(/&gt;/gu, '>');
  // The rest of an address: its beginning stands in the line above.
  if (/^[^<]{0,400}>/u.test(text)) return false;
  const colon = /[:：]$/u.test(text);
  const said = wordsIn(text);
  const dates = text.includes('@') ? text.split(' ').filter((word) => !word.includes('@')).join(' ') : text;
  const signs: Signs = {
    colon, follow, said,
    time: /\d{1,2}(?:[:.]|\sh\s?|h)\d\d/u.test(dates), year: /(?:^|\D)(?:19|20)\d\d(?:\D|$)/u.test(dates), dated: /\d{1,2}[./\-: ,]|\d{4}|\d[年月日년월일]/u.test(dates), numeric: /\d{1,4}([./-])\d{1,2}\1\d{2,4}/u.test(dates),
    address: /[^\s<([]@[^\s>)\]]/u.test(text), bracket: /[<(["]/u.test(text),
    verbLast: isVerbLast(text, said), verb: said.some((word) => WROTE.has(word)) || endsInCjkVerb(text),
    begins: beginsWell(text),
  };
  if (!colon) return signs.address && signs.dated && (signs.verbLast || OLD_GMAIL.test(text));
  return signs.verb ? byVerb(text, signs) : byDate(text, signs);
}

type Signs = {
  colon: boolean; follow: Follow; said: readonly string[]; time: boolean; year: boolean; dated: boolean; numeric: boolean; address: boolean; bracket: boolean;
  verb: boolean; verbLast: boolean; begins: boolean;
};

function byVerb(text: string, signs: Signs): boolean {
  if (signs.address) return signs.dated || signs.bracket;
  if (signs.follow === 'quote') return signs.dated || (signs.verbLast && !YOU.has(signs.said[0] ?? ''));
  return isExact(signs) && (isFramed(signs) || /\d\s{0,2}(?:uhr|г\.?|h|ч\.?)?\)?\s?[:：]$/iu.test(text));
}

/** Without an address only what is as exact as a machine; «in 2024 you wrote:» is a person's. */
const isExact = ({ time, year, numeric, dated, follow }: Signs): boolean => numeric || (dated && (time || (year && follow === 'gap')));
const isFramed = ({ begins, follow, time, numeric }: Signs): boolean => begins && (follow !== 'text' || time || numeric);

/** «3 Mar 2026, 10:12, Shop <help@shop.example>:» */
function byDate(text: string, signs: Signs): boolean {
  if (QUOTING.has(signs.said[0] ?? '')) return signs.address || signs.follow === 'quote';
  const isDated = signs.dated && (signs.time || signs.year) && signs.begins;
  return isDated && signs.address && (/[>)\]]\s{0,3}[:：]$/u.test(text) || (signs.follow === 'quote' && /\S@\S+\s?[:：]$/u.test(text)));
}

const isVerbLast = (text: string, said: readonly string[]): boolean =>
  WROTE.has(said.at(-1) ?? '') || (/\((?:a|а|-a)\)\s?[:：]?$/u.test(text) && WROTE.has(said.at(-2) ?? '')) || endsInCjkVerb(text);

const endsInCjkVerb = (text: string): boolean => {
  const end = text.replace(/\s?[:：]$/u, '');
  return WROTE_ENDS.some((words) => end.endsWith(words));
};

/** A ruled line above an introduction belongs to it. */
export function withRule({ bare }: Page, at: number): number {
  let first = at;
  while (first > 0 && at - first < 3 && bare[first - 1] === '') first -= 1;
  return first > 0 && /^[\s*]*[-_=—–]{3,}[\s*]*$/u.test(bare[first - 1]!) ? first - 1 : at;
}
