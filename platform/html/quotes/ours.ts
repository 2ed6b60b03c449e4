import { wordsIn, type Page } from './lines.ts';

const MAX_SENT = 100_000;
/** Words in a row by which a line is known again, however it was wrapped. */
const ROW = 3;
const SURE_WORDS = 6;
const SHARE = 0.8;

/** Which lines repeat `text`: long ones by their words, short ones when they stand beside such a line. */
export function repeats(page: Page, text: string): boolean[] {
  const sent = text.slice(0, MAX_SENT);
  const rows = rowsOf(wordsIn(sent));
  const lines = new Set(sent.split('\n').map((line) => wordsIn(line).join(' ')));
  const likeness = page.bare.map((line) => likenessOf(line, rows, lines));
  const found = likeness.map((likely) => likely === 'sure');
  spread(page, likeness, found, 1);
  spread(page, likeness, found, -1);
  farewell(page, lines, found);
  return found;
}

function rowsOf(words: readonly string[]): ReadonlySet<string> {
  const rows = new Set<string>();
  for (let at = 0; at + ROW <= words.length; at++) rows.add(rowAt(words, at));
  return rows;
}

const rowAt = (words: readonly string[], at: number): string => words.slice(at, at + ROW).join(' ');

type Likeness = 'sure' | 'likely' | 'no';

function likenessOf(line: string, rows: ReadonlySet<string>, lines: ReadonlySet<string>): Likeness {
  const words = wordsIn(line.replace(/<[^<>\s]{1,300}>|https?:\S{1,300}/gu, ' '));
  if (words.length === 0) return 'no';
  if (lines.has(words.join(' '))) return words.length >= SURE_WORDS ? 'sure' : 'likely';
  const all = words.length - ROW + 1;
  let known = 0;
  for (let at = 0; at < all; at++) if (rows.has(rowAt(words, at))) known += 1;
  if (all < 1 || known / all < SHARE) return 'no';
  return words.length >= SURE_WORDS ? 'sure' : 'likely';
}

/** Our own last lines are short; below an answer they end what we wrote. */
function farewell({ bare }: Page, lines: ReadonlySet<string>, found: boolean[]): void {
  const last = found.lastIndexOf(true);
  for (let at = last + 1; last !== -1 && at < bare.length; at++) {
    const words = wordsIn(bare[at]!);
    if (words.length > 1 && lines.has(words.join(' '))) found[at] = true;
  }
}

/** Short lines count beside sure ones; blank lines do not part them. */
function spread({ bare }: Page, likeness: readonly Likeness[], found: boolean[], step: 1 | -1): void {
  let beside = false;
  for (let at = step === 1 ? 0 : bare.length - 1; at >= 0 && at < bare.length; at += step) {
    if (bare[at] === '') continue;
    beside = found[at]! || (beside && likeness[at] === 'likely');
    found[at] = beside;
  }
}
