import { headerBlock, MAX_LABEL, type Introduction } from './headers.ts';
import { isBlank, MAX_LINE, nextWords, wordsIn, type Page } from './lines.ts';
import { DATE_BEGINNINGS, ON, QUOTING, REPLY_ABOVE, SEPARATORS, WROTE, WROTE_ENDS } from './words.ts';

const MAX_LINES = 4;
const MAX_TRIES = 200;

/**
 * Asks line by line, in their order, for the introduction that begins in it, or, when it is a sentence over several,
 * ends in it. Sentences are looked at closely only so often: nobody's letter has hundreds that nearly are one.
 */
export function introductions(page: Page): (at: number) => Introduction | null {
  let tries = MAX_TRIES;
  return (at) => {
    const line = page.bare[at]!;
    if (line === '' || line.length > MAX_LINE) return null;
    if (isSeparator(line) || isReplyAbove(line) || isBetweenAngles(line)) return { first: at, end: at + 1 };
    const block = headerBlock(page, at);
    if (block !== null || tries <= 0 || !(mayEnd(line) || runsOn(line))) return block;
    tries -= 1;
    return runsOn(line) ? { first: at, end: at + 1 } : sentence(page, at);
  };
}

const DECORATION = '-_*=~ –—‐‑‒―─━';

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

/** «>>> Shop <help@shop.example> 3/3/2026 10:12 AM >>>» */
const isBetweenAngles = (line: string): boolean => line.startsWith('>>> ') && line.endsWith(' >>>') && /\S@\S/u.test(line) && /\d[:.]\d\d/u.test(line);

function isReplyAbove(line: string): boolean {
  if (line.length > 200 || line.length < 20 || !'#-=*_~[(<'.includes(line[0]!)) return false;
  const lower = line.toLowerCase();
  return REPLY_ABOVE.some((words) => lower.includes(words));
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
    if (isBeginning(page, first, joined)) return { first, end: endOf(page, at, joined) };
    if (found === null || adds(page, first, joined)) found = first;
  }
  return found === null ? null : { first: found, end: endOf(page, at, page.bare.slice(found, at + 1).join(' ')) };
}

/** «On 3 Mar 2026⏎10:12, Shop wrote:», «Shop <help@shop.example>, 3⏎Mar 2026⏎wrote:» */
function isContinued(line: string, above: string, joined: string): boolean {
  if (!joined.includes('@') && ANGLES.test(above)) return true;
  if (!beginsWell(above) || !/\d/u.test(above) || /[.!?:]$/u.test(above)) return false;
  return above.endsWith(',') || /^\d/u.test(line);
}

const isSigned = (text: string): boolean => /\S@\S/u.test(text) && /\d/u.test(text);

const isBeginning = (page: Page, at: number, joined: string): boolean => {
  const line = page.bare[at]!;
  // «a scris:» is the end of one.
  return beginsWell(line) && (/\d/u.test(line) || wordsIn(line).length > 2) && !(isOpen(page, at - 1) && isContinued(line, page.bare[at - 1]!, joined));
};

/** «… a écrit⏎:», «… ezt írta (időpont:⏎2026. márc. 3.):»: what looks whole may go on. */
function endOf(page: Page, at: number, joined: string): number {
  const next = page.bare[at + 1] ?? '';
  const isEnd = next.length <= MAX_LINE && /[:：]$/u.test(next) && !page.marked[at + 1];
  const isRest = /^(?:\p{L}{1,12}\s?)?(?:\(\p{L}{1,3}\))?\s?[:：]$/u.test(next) && !/[:：]$/u.test(joined);
  const isOpened = joined.lastIndexOf('(') > joined.lastIndexOf(')') && next.includes(')');
  return isEnd && (isRest || isOpened || (!joined.includes('@') && />\s?[:：]$/u.test(next))) ? at + 2 : at + 1;
}

/** Who and when may stand in the line above; an address alone in a line has its name there. */
const adds = ({ bare }: Page, at: number, joined: string): boolean =>
  bare[at + 1]!.startsWith('<') || (isSigned(joined) && !isSigned(joined.slice(bare[at]!.length)));

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
  if (/[^\s@]@[^\s@]{3,80}$/u.test(end.slice(-120))) return true;
  const word = /[\p{L}\p{M}/’']{2,24}$/u.exec(end.slice(-24))?.[0];
  return word !== undefined && (WROTE.has(word.toLowerCase()) || WROTE_ENDS.some((words) => word.endsWith(words)));
}

/** «On 3 Mar 2026 at 10:12, Shop<help@shop.example> wrote: Dear Maria»: what is quoted stands in the same line. */
function runsOn(line: string): boolean {
  const address = line.indexOf('>');
  const colon = address === -1 ? -1 : line.slice(address, address + MAX_LABEL).search(/[:：]\s/u);
  if (colon === -1) return false;
  const said = line.slice(0, address + colon + 1);
  return isSigned(said) && beginsWell(said) && isVerbLast(said, wordsIn(said)) && isIntroduction(said, 'gap');
}

/** By a date, a weekday or «on»: where such a sentence begins in most mail programs. */
function beginsWell(line: string): boolean {
  const text = line.replace(/^[-–—*_\s]{1,80}/u, '');
  if (/^(?:\d|no dia\s)/iu.test(text)) return true;
  const first = /^[\p{L}\p{M}'’]{1,20}(?=[\s.,،:]|$)/u.exec(text)?.[0].toLowerCase();
  if (first === undefined) return false;
  return ON.has(first) || QUOTING.has(first) || (first.length <= 12 && DATE_BEGINNINGS.some((begin) => (begin.length < 3 ? first === begin : first.startsWith(begin))));
}

/** «2026/3/3 Shop <help@shop.example>» */
const OLD_GMAIL = /^\d{4}[/-]\d{1,2}[/-]\d{1,2}\s[^<>]{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>?$/u;

/** «12.01.2026, 09:14, Shop <help@shop.example>», alone between blank lines */
const DATED_ADDRESS = /^\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d\d(?::\d\d)?,? [^<>]{0,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>?$/u;

/** People say whom they quote without a date. */
const YOU = new Set(['you', 'you’ve', 'i', 'du', 'sie', 'ich', 'vous', 'tu', 'usted', 'você', 'voi', 'ти', 'вие', 'вы', 'ты', 'я', 'аз', 'ви', 'ty', 'państwo', 'pani', 'pan', 'أنت', 'أنتم']);

/** A mail program knows names; «on 3/3 your driver wrote:» is somebody telling. */
const YOUR = new Set('your|our|my|ihr|ihre|euer|eure|mein|unser|votre|vos|mon|notre|su|mi|vuestro|nuestro|vostro|vostra|suo|sua|seu|vossa|vosso|minha|meu|uw|jullie|mijn|вашият|вашата|вашия|ваш|ваша|ваши|моят|нашият|мой|наш|ваш|ваша|wasz|wasza|państwa|pana|pani|mój|nasz|sizin|bizim|ваш|ваша|dumneavoastră|زميلكم|موظفكم'.split('|'));

function isIntroduction(joined: string, follow: Follow): boolean {
  const text = undecorated(joined).replace(/&lt;/gu, '<').replace(/&gt;/gu, '>');
  // The rest of an address: its beginning stands in the line above.
  if (/^[^<]{0,400}>/u.test(text)) return false;
  const signs = signsOf(text, follow);
  if (!/[:：]$/u.test(text)) return withoutColon(text, signs, /^-{2,}\s.*\s-{2,}$/u.test(joined));
  return signs.verb ? byVerb(text, signs) : byDate(text, signs);
}

function signsOf(text: string, follow: Follow): Signs {
  const said = wordsIn(text);
  const dates = text.includes('@') ? text.split(' ').filter((word) => !word.includes('@')).join(' ') : text;
  return {
    follow, said,
    time: /\d{1,2}(?:[:.]|\sh\s?|h)\d\d/u.test(dates), year: /(?:^|\D)(?:19|20)\d\d(?:\D|$)/u.test(dates), dated: /\d{1,2}[./\-: ,]|\d{4}|\d[年月日년월일]/u.test(dates), numeric: /\d{1,4}([./-])\d{1,2}\1\d{2,4}/u.test(dates),
    address: /[^\s<([]@[^\s>)\]]/u.test(text), bracket: /[<(["]/u.test(text),
    verbLast: isVerbLast(text, said), verb: said.some(isVerb) || endsInCjkVerb(text),
    begins: beginsWell(text),
  };
}

type Signs = {
  follow: Follow; said: readonly string[]; time: boolean; year: boolean; dated: boolean; numeric: boolean; address: boolean; bracket: boolean;
  verb: boolean; verbLast: boolean; begins: boolean;
};

function byVerb(text: string, signs: Signs): boolean {
  if (signs.address) return signs.dated || signs.bracket;
  if (signs.follow === 'quote') return signs.dated || (signs.verbLast && !YOU.has(signs.said[0] ?? ''));
  return isExact(signs) && !signs.said.some((word) => YOUR.has(word)) && (isFramed(signs) || /\d\s{0,2}(?:uhr|г\.?|h|ч\.?)?\)?\s?[:：]$/iu.test(text));
}

/** Without an address only what is as exact as a machine; «in 2024 you wrote:» is a person's. */
const isExact = ({ time, year, numeric, dated, follow }: Signs): boolean => numeric || (dated && (time || (year && follow === 'gap')));
const isFramed = ({ begins, follow, time, numeric }: Signs): boolean => begins && (follow !== 'text' || time || numeric);

function withoutColon(text: string, { address, dated, verbLast, verb, begins, time, follow }: Signs, betweenDashes: boolean): boolean {
  if (!address || !dated) return false;
  return verbLast || OLD_GMAIL.test(text) || (follow === 'gap' && DATED_ADDRESS.test(text)) || (verb && begins && time && (betweenDashes || follow === 'quote'));
}

/** «3 Mar 2026, 10:12, Shop <help@shop.example>:» */
function byDate(text: string, signs: Signs): boolean {
  const { follow, address, begins } = signs;
  if (QUOTING.has(signs.said[0] ?? '')) return address || follow === 'quote';
  if (!isTimed(signs)) return false;
  const isClosed = /[>)\]]\s{0,3}[:：]$/u.test(text);
  // Whatever the language: no person sets down a time and an address between angles, with a colon.
  const isMachine = signs.time && ANGLES.test(text) && (follow === 'quote' || isClosed);
  return isMachine || (begins && (isClosed || endsInAddress(text, follow)));
}

const isTimed = ({ address, dated, time, year }: Signs): boolean => address && dated && (time || year);
const endsInAddress = (text: string, follow: Follow): boolean => follow === 'quote' && /\S@\S+\s?[:：]$/u.test(text);
const ANGLES = /<\s{0,3}[^<>\s]{1,200}@[^<>\s]{1,200}>/u;

const isVerbLast = (text: string, said: readonly string[]): boolean =>
  isVerb(said.at(-1) ?? '') || (/\((?:a|а|-a)\)\s?[:：]?$/u.test(text) && WROTE.has(said.at(-2) ?? '')) || endsInCjkVerb(text);

/** «написао/ла» */
const isVerb = (word: string): boolean => WROTE.has(word) || (word.includes('/') && WROTE.has(word.slice(0, word.indexOf('/'))));

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
