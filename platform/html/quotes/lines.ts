import { WROTE } from './words.ts';

/** Stand in the text made of HTML where a mail program marks what it repeated, or the signature. No person types them. */
export const QUOTE_BEGINS = '\ue0f0';
export const SIGNATURE_BEGINS = '\ue0f1';
export const SIGNATURE_ENDS = '\ue0f2';
const MARKS = new RegExp(`[${QUOTE_BEGINS}${SIGNATURE_BEGINS}${SIGNATURE_ENDS}]`, 'gu');

/** For texts from outside, in which nothing is marked, and for those that people read. */
export const withoutMarks = (text: string): string => text.replaceAll(MARKS, '');

/** A text by its lines, and what has been decided about each. Every rule looks at a line a bounded number of times. */
export type Page = {
  readonly lines: readonly string[];
  /** The same without space around, marks of direction and numerals of other scripts; cut where no rule looks any more. */
  readonly bare: readonly string[];
  /** Folded away: a quote, its introduction or a signature. */
  readonly folded: boolean[];
  /** Known to be quoted line by line: by the mark of the mail program, or because we sent it. */
  readonly marked: boolean[];
};

/** No mail program writes longer introductions; longer lines are somebody's text. */
export const MAX_LINE = 400;

export function pageOf(lines: readonly string[]): Page {
  const bare = lines.map(bareLine);
  const marked = bare.map(isMarked);
  bare.forEach((line, at) => { marked[at] ||= marked[at - 1] === true && line[0] === '>'; });
  for (const at of comparisons(bare, marked)) marked[at] = false;
  return { lines, bare, folded: [...marked], marked };
}

const bareLine = (line: string): string => {
  const cut = line.length > MAX_LINE + 1 ? line.slice(0, MAX_LINE + 1) : line;
  return plain(cut).trim();
};

/** Words as they are compared: without marks of direction, and with the numerals that everybody uses. */
const plain = (text: string): string => {
  // Nearly every line is plain already.
  if (!/[\u00a0\u0660-\u0669\u06f0-\u06f9\u200b-\u200f\u202a-\u202f\u2066-\u2069\ufeff]/u.test(text)) return text;
  return text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '').replace(/[\u00a0\u202f]/gu, ' ')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/gu, (digit) => String(digit.charCodeAt(0) & 0xf));
};

/** `> …` and its kin; a row of a table is none. */
function isMarked(line: string): boolean {
  const first = line[0];
  if (first === '>' || first === '›' || line.startsWith('&gt;')) return !isEndOfAddress(line) && !line.endsWith('<<') && !(line.startsWith('>>> ') && line.endsWith(' >>>'));
  return first === '|' && line[1] === ' ' && !line.endsWith('|');
}

/** «We need⏎> 50 pieces⏎a year»: one line that begins with a number, in the middle of others. */
function comparisons(bare: readonly string[], marked: readonly boolean[]): number[] {
  const alone = (at: number): boolean => !marked[at - 1] && !marked[at + 1] && ((bare[at - 1] ?? '') !== '' || (bare[at + 1] ?? '') !== '');
  return bare.flatMap((line, at) => (marked[at] && /^>\s?\d/u.test(line) && !bare[at - 1]?.endsWith(':') && alone(at) ? [at] : []));
}

/** «…@shop.example⏎> wrote:» */
const isEndOfAddress = (line: string): boolean => line.length < 30 && /^>[\s\p{L}()]{0,24}:$/u.test(line) && (line.length < 4 || WROTE.has(wordsIn(line)[0] ?? ''));

export const isBlank = ({ bare }: Page, at: number): boolean => bare[at] === '';
export const isWritten = (page: Page, at: number): boolean => !page.folded[at] && page.bare[at] !== '';

/** The next line with words, not further than `within` lines away; -1 when there is none. */
export function nextWords({ bare }: Page, from: number, within: number): number {
  for (let at = from; at < bare.length && at <= from + within; at++) if (bare[at] !== '') return at;
  return -1;
}

/** Lower case without accents: people leave them out. */
export const folded = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[ıłß’]/gu, (letter) => LETTERS[letter]!);
/** `one|two|three`, each once: rules count them. A space at an end is part of the word. */
export const foldedList = (text: string): readonly string[] => [...new Set(text.split('|').map(folded))];
const LETTERS: Readonly<Record<string, string>> = { ı: 'i', ł: 'l', ß: 'ss', '’': '\'' };

export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+(?:['’/][\p{L}\p{M}]+)*/gu) ?? [];
