import { plainDigits } from '../../../kernel/digits.ts';

/** `ltr`: a number that would be torn apart by the right-to-left text around it. */
export type Piece = { readonly text: string; readonly href?: string; readonly found?: boolean; readonly ltr?: boolean };

const LINK_OR_NUMBER = /\b(?:https?:\/\/|www\.)[^\s<>"'`]+|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+|\+?\(?\d[\d\s()./-]{5,}\d/giu;
const TRAILING = /[.,;:!?…»”’'"*_]+$/u;

/** Text with its addresses as links and its phone numbers in one piece. Only http, https and mailto ever become a link. */
export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK_OR_NUMBER)) {
    const piece = pieceOf(match[0]);
    if (!piece) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push(piece);
    end = match.index + piece.text.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

function pieceOf(match: string): Piece | null {
  if (/^[+(\d][\d\s()./-]*$/.test(match)) return { text: match, ltr: true };
  const text = withoutTail(match);
  const href = hrefOf(text);
  return href ? { text, href } : null;
}

/** "(see www.example.org/a_(b))." ends where the writer's address ends, not where the sentence does. */
function withoutTail(link: string): string {
  let kept = link.replace(TRAILING, '');
  while (/[)\]]$/.test(kept) && count(kept, /[([]/g) < count(kept, /[)\]]/g)) kept = kept.slice(0, -1).replace(TRAILING, '');
  return kept;
}

function hrefOf(link: string): string | null {
  if (/^https?:/i.test(link)) return URL_LIKE.test(link) ? link : null;
  if (/^www\./i.test(link)) return `https://${link}`;
  return `mailto:${link}`;
}

const URL_LIKE = /^https?:\/\/[^\s/?#]+/i;
const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/**
 * Text with the words of a search marked. Endings differ between what was typed and what was found ("kettle",
 * "kettles"; "чайник", "чайника"), so words that share all but a short ending count.
 */
export function foundPieces(text: string, query: string): Piece[] {
  const wanted = wordsOf(query).map(rootOf);
  if (wanted.length === 0) return text === '' ? [] : [{ text }];
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    const word = plain(match[0]);
    if (!wanted.some((root) => word.startsWith(root))) continue;
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) });
    pieces.push({ text: match[0], found: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end) });
  return pieces;
}

/** Characters before the first word found that a row shows: what stands further on is cut off at its end. */
const AHEAD = 12;

/** A text from shortly before the first word of a search on: in a row with little room the beginning of it would hide why it was found. */
export function fromFound(text: string, query: string): string {
  const [before, found] = foundPieces(text, query);
  if (!found || !before || before.found || before.text.length <= AHEAD) return text;
  const space = before.text.indexOf(' ', before.text.length - AHEAD);
  return `…${text.slice(space === -1 ? before.text.length : space + 1)}`;
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const wordsOf = (query: string): string[] => [...plain(query).matchAll(WORD)].map(([word]) => word);
const rootOf = (word: string): string => (word.length <= 4 ? word : word.slice(0, Math.max(4, word.length - 2)));
const plain = (text: string): string => plainDigits(text.normalize('NFKC').toLocaleLowerCase());
