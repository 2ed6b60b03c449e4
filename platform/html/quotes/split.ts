import { introductions, withRule } from './introductions.ts';
import { isWritten, nextWords, pageOf, QUOTE_BEGINS, SIGNATURE_BEGINS, SIGNATURE_ENDS, withoutMarks, wordsIn, type Page } from './lines.ts';
import { repeats } from './ours.ts';
import { foldSignatures } from './signatures.ts';

export type SplitReply = {
  /** What the person wrote now; all of the text when it cannot be told apart. */
  readonly written: string;
  /** What was only repeated, and signatures; '' when there is nothing. To be folded away, never dropped. */
  readonly quoted: string;
};

/** What this person was sent before: its lines are quotes whatever the mail program, and words between them are answers. */
export type Before = {
  /** What we last wrote to them. */
  readonly sent?: string | null;
  /** What else was said on the matter, by them too. */
  readonly said?: string | null;
};

/** Longer texts are no letters; what comes later shares the fate of the last line that was looked at. */
const MAX_LINES = 5_000;

/**
 * Parts what a person wrote from what the mail program repeated below, above or between. Line by line, each looked at
 * a bounded number of times. In doubt a line counts as written.
 */
export function splitReply(text: string, before: Before = {}): SplitReply {
  const { lines, rest } = linesOf(text.replace(/\r\n?/gu, '\n'));
  const page = pageOf(lines);
  foldQuotes(page);
  if (before.sent) unfoldAnswers(page, repeats(page, before.sent), before.said ? repeats(page, before.said) : []);
  const quotes = [...page.folded];
  foldSignatures(page);
  keepAnswersWithTheirQuestions(page);
  foldGaps(page);
  return result(lines, rest, page.folded) ?? result(lines, rest, quotes) ?? { written: withoutMarks(text).trim(), quoted: '' };
}

/** `rest`: what comes after as many lines as are looked at. */
function linesOf(text: string): { lines: string[]; rest: string } {
  const lines: string[] = [];
  let at = 0;
  while (lines.length < MAX_LINES) {
    const end = text.indexOf('\n', at);
    lines.push(text.slice(at, end === -1 ? text.length : end));
    if (end === -1) return { lines, rest: '' };
    at = end + 1;
  }
  return { lines, rest: `\n${text.slice(at)}` };
}

/** Null when nothing would be left to read. */
function result(lines: readonly string[], rest: string, folded: readonly boolean[]): SplitReply | null {
  const isFolded = folded.at(-1) ?? false;
  const written = tidy(closed(lines, folded).join('\n') + (isFolded ? '' : rest));
  return written === '' ? null : { written, quoted: tidy(lines.filter((_, at) => folded[at]).join('\n') + (isFolded ? rest : '')) };
}

/** What is left, with one blank line where something was taken out between two. */
function closed(lines: readonly string[], folded: readonly boolean[]): string[] {
  const left: string[] = [];
  let last = -1;
  for (let at = 0; at < lines.length; at++) {
    if (folded[at]) continue;
    const isDoubled = last !== -1 && at > last + 1 && lines[at]!.trim() === '' && lines[last]!.trim() === '';
    if (isDoubled) continue;
    left.push(lines[at]!);
    last = at;
  }
  return left;
}

function foldQuotes(page: Page): void {
  const introductionAt = introductions(page);
  for (let at = 0; at < page.lines.length; at++) {
    if (page.folded[at]) continue;
    if (page.bare[at] === QUOTE_BEGINS) {
      page.folded.fill(true, withRule(page, at));
      return;
    }
    const found = introductionAt(at);
    if (found === null) continue;
    const next = nextWords(page, found.end, 3);
    if (next === -1 || !page.marked[next]) {
      page.folded.fill(true, withRule(page, found.first));
      return;
    }
    page.folded.fill(true, withRule(page, found.first), next);
    at = found.end - 1;
  }
  foldWrapped(page);
}

/** A line of a quote that was broken on its way has lost its mark. */
function foldWrapped(page: Page): void {
  for (let at = 1; at + 1 < page.lines.length; at++) {
    const broken = !page.folded[at] && page.marked[at - 1] && page.marked[at + 1] && page.bare[at - 1]!.length >= 60 && /^[\p{Ll}\p{Lo}\d(]/u.test(page.bare[at]!);
    if (broken) page.folded[at] = true;
  }
}

/**
 * With what we sent at hand, words below the introduction that are nobody's yet are answers, until, below the last line
 * of ours, the next message in the history begins.
 */
function unfoldAnswers(page: Page, ours: readonly boolean[], theirs: readonly boolean[]): void {
  const first = ours.indexOf(true);
  if (first === -1) return;
  const machine = introductionsFrom(page, first);
  const last = ours.lastIndexOf(true);
  const history = machine.indexOf(true, last);
  const hasWordsAbove = page.bare.some((_, at) => at < first && isWritten(page, at));
  const isRest = (at: number): boolean => {
    if (history !== -1 && at >= history) return true;
    // A name below our words is whose name stands below our words.
    return at > last ? hasWordsAbove && wordsIn(page.bare[at]!).length < 3 : ours[at - 1] === true && ours[at + 1] === true;
  };
  for (let at = first; at < page.lines.length; at++) {
    const isKnown = [ours, theirs, machine, page.marked].some((lines) => lines[at] === true);
    page.folded[at] = page.bare[at] === '' || isKnown || isRest(at);
    if (ours[at]) page.marked[at] = true;
  }
}

function introductionsFrom(page: Page, from: number): boolean[] {
  const found: boolean[] = [];
  const introductionAt = introductions({ ...page, folded: [] });
  for (let at = from; at < page.lines.length; at++) {
    const introduction = introductionAt(at);
    if (introduction) for (let line = introduction.first; line < introduction.end; line++) found[line] = true;
    if (isMark(page.bare[at]!)) found[at] = true;
  }
  return found;
}

const isMark = (line: string): boolean => line === QUOTE_BEGINS || line === SIGNATURE_BEGINS || line === SIGNATURE_ENDS;

/** Somebody who answers between the lines of a quote, or below an excerpt of their own, is not understood without it. */
function keepAnswersWithTheirQuestions(page: Page): void {
  const last = page.bare.findLastIndex((_, at) => isWritten(page, at));
  let blocks = 0;
  let excerpts = 0;
  let written = false;
  for (let at = 0; at < last; at++) {
    if (isWritten(page, at)) written = true;
    else if (page.marked[at] && !(at > 0 && isInBlock(page, at - 1))) {
      blocks += 1;
      if (written && !isIntroduced(page, at)) excerpts += 1;
    }
  }
  if (blocks >= 2 || excerpts >= 1) page.folded.fill(false, 0, last + 1);
}

/** What is between two folded lines, and is nothing, is folded. */
function foldGaps({ bare, folded }: Page): void {
  let gap: number | null = null;
  for (let at = 0; at < bare.length; at++) {
    if (bare[at] !== '') {
      if (gap !== null && folded[at]) folded.fill(true, gap, at);
      gap = folded[at] ? at + 1 : null;
    }
  }
}

/** Whether the words before belong to the same quote. */
function isInBlock({ bare, folded }: Page, from: number): boolean {
  let at = from;
  while (at >= 0 && bare[at] === '') at -= 1;
  return at >= 0 && folded[at] === true;
}

function isIntroduced({ bare, marked, folded }: Page, at: number): boolean {
  let above = at - 1;
  while (above >= 0 && bare[above] === '') above -= 1;
  return above >= 0 && folded[above] === true && !marked[above];
}

const tidy = (text: string): string => withoutMarks(text).replace(/^(?:[ \t]*\n)+/u, '').trimEnd();
