import { DEVICE, LABELS, ON, SEPARATOR, WROTE } from './quote-words.ts';

export type SplitReply = {
  /** What the person wrote now; all of the text when it cannot be told apart. */
  readonly written: string;
  /** What was only repeated, and signatures; '' when there is nothing. To be folded away, never dropped. */
  readonly quoted: string;
};

const MAX_LINES = 20_000;
/** No mail program writes longer introductions; longer lines are somebody's text. */
const MAX_HEADER = 400;
const MAX_HEADER_LINES = 4;
const MAX_SIGNATURE_LINES = 14;

/**
 * Parts what a person wrote from what the mail program repeated below, above or between. Line by line, each looked at
 * a bounded number of times. In doubt a line counts as written. `sent` is what we last wrote to this person: where it
 * begins again, the quote begins, whatever the mail program.
 */
export function splitReply(text: string, { sent = null }: { sent?: string | null } = {}): SplitReply {
  const lines = text.replace(/\r\n?/gu, '\n').split('\n');
  if (lines.length > MAX_LINES) return { written: text, quoted: '' };
  const quoted = markQuotes(lines, sent);
  markSignatures(lines, quoted);
  keepAnswersWithTheirQuestions(lines, quoted);
  const written = join(lines, quoted, false);
  if (written === '') return { written: text.trim(), quoted: '' };
  return { written, quoted: join(lines, quoted, true) };
}

function markQuotes(lines: readonly string[], sent: string | null): boolean[] {
  const quoted = lines.map(isQuoteLine);
  const ours = sent === null ? -1 : beginningOf(sent, lines);
  for (let at = 0; at < lines.length; at++) {
    if (quoted[at]) continue;
    const header = quoteHeader(lines, at);
    const restIsQuote = header !== null && !nextIsQuoteLine(lines, at + header.lines);
    if (restIsQuote || at === ours) {
      quoted.fill(true, withSeparator(lines, at));
      break;
    }
    if (header !== null) quoted.fill(true, at, at + header.lines);
  }
  return quoted;
}

const isQuoteLine = (line: string): boolean => /^\s{0,3}(?:>|&gt;|›|\|(?= ))/u.test(line);

function nextIsQuoteLine(lines: readonly string[], from: number): boolean {
  let at = from;
  while (at < lines.length && at < from + 3 && lines[at]!.trim() === '') at += 1;
  return at < lines.length && isQuoteLine(lines[at]!);
}

/** Whether a mail program's introduction begins in this line, and how many lines it takes. */
function quoteHeader(lines: readonly string[], at: number): { lines: number } | null {
  const line = lines[at]!.trim();
  if (line === '' || line.length > MAX_HEADER) return null;
  const bare = line.replace(/^[-_*=\s]{2,}|[-_*=\s]{2,}$/gu, '');
  if (SEPARATOR.test(bare) && (bare !== line || line.endsWith(':'))) return { lines: 1 };
  if (/^-{4,}\s*\p{L}[^-]{3,60}-{4,}$/u.test(line)) return { lines: 1 };
  return headerBlock(lines, at) ?? attribution(lines, at);
}

/** «On … wrote:», over up to four lines. */
function attribution(lines: readonly string[], at: number): { lines: number } | null {
  let joined = '';
  for (let count = 1; count <= MAX_HEADER_LINES && at + count <= lines.length; count++) {
    const line = lines[at + count - 1]!.trim();
    if (line === '' || (count > 1 && isQuoteLine(line) && !/^>\s?:$/u.test(line))) return null;
    joined = `${joined} ${line}`.trim();
    if (joined.length > MAX_HEADER) return null;
    if (count === 1 && !mayBeginAttribution(joined)) return null;
    if (isAttribution(joined.replace(/^-{2,}\s*|\s*-{2,}$/gu, '').trim(), nextIsQuoteLine(lines, at + count))) return { lines: count };
  }
  return null;
}

const mayBeginAttribution = (line: string): boolean => ON.test(line.replace(/^-{2,}\s*/u, '')) || /\d|<\S{1,200}@/u.test(line);

function isAttribution(text: string, quoteFollows: boolean): boolean {
  const dated = /\d{1,4}[./\-: ]|\d{4}/u.test(text);
  const addressed = /[^\s<(]{1,100}@[^\s>)]{1,200}/u.test(text);
  if (WROTE.test(text)) return (dated && (ON.test(text) || addressed || quoteFollows)) || (addressed && /[<(]/u.test(text));
  return text.endsWith(':') && dated && addressed && /[<(]|&lt;/u.test(text) && /\d[:.]\d\d|\d{4}/u.test(text);
}

/** «From: … Sent: … To: … Subject: …», three of them, or two when the sender's address stands there. */
function headerBlock(lines: readonly string[], at: number): { lines: number } | null {
  if (labelOf(lines[at]!) === null) return null;
  const names = lines.slice(at, at + 12).map(labelOf);
  let end = 1;
  // A long value may run on for two lines.
  for (let next = 1; next < names.length && next < end + 3; next++) if (names[next] !== null) end = next + 1;
  const found = new Set(names.slice(0, end));
  found.delete(null);
  if (found.size >= 3) return found.has('from') || found.has('subject') ? { lines: end } : null;
  return found.size === 2 && found.has('from') && lines.slice(at, at + end).some((line) => line.includes('@')) ? { lines: end } : null;
}

function labelOf(line: string): string | null {
  const bare = line.slice(0, 60).replace(/^[\s*_>|]{1,20}/u, '').replace(/\*{1,2}(?=\s?:)|(?<=:)\*{1,2}/gu, '');
  return LABELS.find(([pattern]) => pattern.test(bare))?.[1] ?? null;
}

/** A ruled line above an introduction belongs to it. */
function withSeparator(lines: readonly string[], at: number): number {
  let first = at;
  while (first > 0 && at - first < 3 && lines[first - 1]!.trim() === '') first -= 1;
  return first > 0 && /^[\s*]*[-_=—]{5,}[\s*]*$/u.test(lines[first - 1]!) ? first - 1 : at;
}

function beginningOf(sent: string, lines: readonly string[]): number {
  const first = sent.split('\n').map(squeeze).find((line) => line.length >= 25);
  return first === undefined ? -1 : lines.findIndex((line) => squeeze(line.replace(/^[\s>]{1,20}/u, '')).startsWith(first.slice(0, 60)));
}

const squeeze = (line: string): string => line.slice(0, 500).replace(/\s+/gu, ' ').trim();

/** `-- ` and what follows up to the quote or the end, when that is as short as signatures are; and lines of telephones. */
function markSignatures(lines: readonly string[], quoted: boolean[]): void {
  for (let at = 0; at < lines.length; at++) {
    if (quoted[at]) continue;
    const line = lines[at]!.trim();
    if (DEVICE.test(line) && isOwnParagraph(lines, quoted, at)) quoted[at] = true;
    else if (/^(?:--|[—–]{2,}|_{2,})$/u.test(line)) {
      const end = endOfSignature(lines, quoted, at);
      if (end !== null) quoted.fill(true, at, end);
    }
  }
}

const isOwnParagraph = (lines: readonly string[], quoted: readonly boolean[], at: number): boolean =>
  at > 0 && (lines[at - 1]!.trim() === '' || at + 1 >= lines.length || quoted[at + 1] === true || lines[at + 1]!.trim() === '');

/** The quote or the end of the text; null when it comes later than signatures are long. */
function endOfSignature(lines: readonly string[], quoted: readonly boolean[], from: number): number | null {
  let written = 0;
  for (let at = from + 1; at < lines.length; at++) {
    if (quoted[at]) return at;
    if (lines[at]!.trim() !== '' && ++written > MAX_SIGNATURE_LINES) return null;
  }
  return lines.length;
}

/** Somebody who answers between the lines of a quote is not understood without them: then they stay. */
function keepAnswersWithTheirQuestions(lines: readonly string[], quoted: boolean[]): void {
  const last = lines.findLastIndex((line, at) => !quoted[at] && line.trim() !== '');
  let blocks = 0;
  for (let at = 0; at < last; at++) if (quoted[at] && isQuoteLine(lines[at]!) && !(quoted[at - 1] && isQuoteLine(lines[at - 1]!))) blocks += 1;
  if (blocks >= 2) quoted.fill(false, 0, last + 1);
}

const join = (lines: readonly string[], quoted: readonly boolean[], which: boolean): string =>
  lines.filter((_, at) => quoted[at] === which).join('\n').replace(/^(?:[ \t]*\n)+|\s+$/gu, '');
