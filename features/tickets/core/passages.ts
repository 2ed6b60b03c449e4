import { foundPieces } from './words.ts';

/** A piece of what was written, and which stretches of it were sought: offsets in `text`, the end not included. Never HTML. */
export type Passage = { readonly text: string; readonly marks: readonly (readonly [from: number, to: number])[] };

/** Characters. */
const LENGTH = 180;
const BEFORE = 50;
/** Further down nobody looks for the place: the words are found, and the beginning is shown. */
const MOST_READ = 20_000;
const MOST_MARKS = 20;

/** The place in a text where most of the words stand together, on one line. Null for an empty text. */
export function passageOf(text: string, words: string): Passage | null {
  const line = text.slice(0, MOST_READ).replace(/\s+/gu, ' ').trim();
  if (line === '') return null;
  const marks = marksIn(line, words);
  const from = beginningOf(line, densest(marks));
  const to = endOf(line, from + LENGTH);
  const [head, tail] = [from > 0 ? '…' : '', to < line.length ? '…' : ''];
  const moved = marks.filter(([begins, ends]) => begins >= from && ends <= to).slice(0, MOST_MARKS)
    .map(([begins, ends]) => [begins - from + head.length, ends - from + head.length] as const);
  return { text: `${head}${line.slice(from, to)}${tail}`, marks: moved };
}

/** Where the words stand in a text, whatever their endings. */
export function marksIn(text: string, words: string): [from: number, to: number][] {
  const marks: [number, number][] = [];
  let at = 0;
  for (const piece of foundPieces(text, words)) {
    if (piece.found) marks.push([at, at + piece.text.length]);
    at += piece.text.length;
  }
  return marks;
}

/** The mark after which most others follow within one passage. */
function densest(marks: readonly (readonly [number, number])[]): number {
  let [best, most, end] = [0, 0, 0];
  for (const [n, [from]] of marks.entries()) {
    while (end < marks.length && marks[end]![1] <= from + LENGTH - BEFORE) end += 1;
    if (end - n > most) [best, most] = [from, end - n];
  }
  return best;
}

/** At the beginning of a word, and never within a pair of surrogates. */
function beginningOf(line: string, mark: number): number {
  if (mark <= BEFORE) return 0;
  const space = line.indexOf(' ', mark - BEFORE);
  return space === -1 || space >= mark ? mark : space + 1;
}

function endOf(line: string, at: number): number {
  if (at >= line.length) return line.length;
  const space = line.lastIndexOf(' ', at);
  const end = space > at - 40 ? space : at;
  return /[\ud800-\udbff]/u.test(line[end - 1] ?? '') ? end - 1 : end;
}

/** Whether a text holds these words one after another, whatever stands between them besides letters and digits. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const wanted = spoken(phrase);
  return wanted === '' || ` ${spoken(text)} `.includes(` ${wanted} `);
}

const spoken = (text: string): string => (text.normalize('NFKC').toLocaleLowerCase().replaceAll('ё', 'е').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).join(' ');
