import { introductionAt, withRule } from './introductions.ts';
import { isWritten, nextWords, pageOf, QUOTE_BEGINS, SIGNATURE_BEGINS, SIGNATURE_ENDS, type Page } from './lines.ts';
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
const MAX_LINES = 20_000;

/**
 * Parts what a person wrote from what the mail program repeated below, above or between. Line by line, each looked at
 * a bounded number of times. In doubt a line counts as written.
 */
export function splitReply(text: string, before: Before = {}): SplitReply {
  const all = text.replace(/\r\n?/gu, '\n').split('\n');
  const page = pageOf(all.slice(0, MAX_LINES));
  foldQuotes(page);
  if (before.sent) unfoldAnswers(page, repeats(page, before.sent), before.said ? repeats(page, before.said) : []);
  const quotes = [...page.folded];
  foldSignatures(page);
  keepAnswersWithTheirQuestions(page);
  return result(all, page.folded) ?? result(all, quotes) ?? { written: withoutMarks(text).trim(), quoted: '' };
}

/** Null when nothing would be left to read. */
function result(lines: readonly string[], folded: readonly boolean[]): SplitReply | null {
  const rest = folded.at(-1) ?? false;
  const written = join(lines, (at) => !(folded[at] ?? rest));
  return written === '' ? null : { written, quoted: join(lines, (at) => folded[at] ?? rest) };
}

function foldQuotes(page: Page): void {
  for (let at = 0; at < page.lines.length; at++) {
    if (page.folded[at]) continue;
    if (page.bare[at] === QUOTE_BEGINS) {
      page.folded.fill(true, withRule(page, at));
      return;
    }
    const found = introductionAt(page, at);
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

/** With what we sent at hand, words below the introduction that are nobody's yet are answers, when more of ours follows. */
function unfoldAnswers(page: Page, ours: readonly boolean[], theirs: readonly boolean[]): void {
  const first = ours.indexOf(true);
  if (first === -1) return;
  const last = ours.lastIndexOf(true);
  const hasWordsAbove = page.bare.some((_, at) => at < first && isWritten(page, at) && !ours[at]);
  const machine = introductionsFrom(page, first);
  for (let at = first; at < page.lines.length; at++) {
    const isRest = hasWordsAbove && at > last;
    const isTheirs = ours[at] === true || theirs[at] === true || machine[at] === true || (ours[at - 1] === true && ours[at + 1] === true);
    page.folded[at] = page.bare[at] === '' || page.marked[at] === true || isTheirs || isRest;
    if (ours[at]) page.marked[at] = true;
  }
}

function introductionsFrom(page: Page, from: number): boolean[] {
  const found: boolean[] = [];
  const open = { ...page, folded: [] };
  for (let at = from; at < page.lines.length; at++) {
    const introduction = introductionAt(open, at);
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

const withoutMarks = (text: string): string => text.replaceAll(MARKS, '');
const MARKS = new RegExp(`[${QUOTE_BEGINS}${SIGNATURE_BEGINS}${SIGNATURE_ENDS}]`, 'gu');

const join = (lines: readonly string[], which: (at: number) => boolean): string =>
  withoutMarks(lines.filter((_, at) => which(at)).join('\n')).replace(/^(?:[ \t]*\n)+/u, '').trimEnd();
