import { compile, type DomNode, type FormatCallback } from 'html-to-text';
import { escapeHtml } from './escape.ts';
import { splitReply, type Before, type SplitReply } from './quotes/split.ts';
import { markedTextOfHtml } from './reading.ts';
import { sanitiseMail } from './sanitise.ts';
import { safeLink } from './url.ts';

/** Characters of HTML that are read for their words. */
const MAX_HTML = 500_000;
const MAX_TEXT = 200_000;

/** `text (https://…)`; only the text when it is the address. */
const link: FormatCallback = (elem, walk, builder) => {
  const { href = '' } = elem.attribs as Record<string, string>;
  walk(elem.children, builder);
  if (/^https?:/u.test(href) && bare(wordsOf(elem)) !== bare(href)) builder.addInline(` (${href})`, { noWordTransform: true });
};

const cell: FormatCallback = (elem, walk, builder) => {
  walk(elem.children, builder);
  builder.addInline(' ');
};

const wordsOf = (elem: DomNode): string => (elem.children.length === 1 ? (elem.children[0]?.data ?? '') : '');
const bare = (address: string): string => address.trim().replace(/^https?:\/\//u, '').replace(/\/$/u, '');

const line = { format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } } as const;

const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 250, maxInputLength: 4_000_000 },
  formatters: { link, cell },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'table', ...line },
    { selector: 'tr', ...line },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'hr', options: { length: 20 } },
  ],
});

/** What HTML says, for search, lists and readers of plain text. Never throws. */
export function textOfHtml(html: string): string {
  const { html: clean } = sanitiseMail(html.slice(0, MAX_HTML), { image: () => null });
  return tidy(toText(clean).slice(0, MAX_TEXT));
}

/** Parts what the person wrote from what was quoted, with what only the HTML knows about where the quote begins. */
export const splitReplyOfHtml = (html: string, before: Before = {}): SplitReply => splitReply(markedTextOfHtml(html), before);

const tidy = (text: string): string =>
  text
    .replaceAll('\u00a0', ' ')
    .split('\n')
    .map((row) => row.trimEnd())
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();

const ADDRESS = /(?:https?:\/\/|www\.)[^\s<>"'«»“”]{1,2000}|(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;

/** Plain text as HTML that reads the same: line breaks kept, addresses made into links. */
export function htmlOfText(text: string): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const shown = match[0].replace(/[.,;:!?)\]]+$/u, '');
    const href = safeLink(shown.includes('@') && !shown.includes('/') ? `mailto:${shown}` : shown);
    if (href === null) continue;
    html += `${escapeHtml(text.slice(at, match.index))}<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer nofollow">${escapeHtml(shown)}</a>`;
    at = match.index + shown.length;
  }
  return (html + escapeHtml(text.slice(at))).replace(/\r\n?|\n/gu, '<br>\n');
}
