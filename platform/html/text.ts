import { compile, type DomNode, type FormatCallback } from 'html-to-text';
import { escapeHtml } from './escape.ts';
import { splitReply, type SplitReply } from './quotes.ts';
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

/** Stands where a mail program says that all that follows is the message answered. No mail of a person contains it. */
const QUOTE_BEGINS = '\ue0f0';
const QUOTE_BEGINNINGS = [
  '#divRplyFwdMsg', '#appendonsend', '#OLK_SRC_BODY_SECTION', '#mail-editor-reference-message-container', '#stopSpelling',
  '.ms-outlook-mobile-reference-message', '.yahoo_quoted', '.protonmail_quote', '.zmail_extra',
];

const quoteBegins: FormatCallback = (elem, walk, builder) => {
  builder.openBlock({ leadingLineBreaks: 1 });
  builder.addInline(QUOTE_BEGINS, { noWordTransform: true });
  builder.closeBlock({ trailingLineBreaks: 1 });
  walk(elem.children, builder);
};

const line = { format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } } as const;

const toText = compile({
  wordwrap: false,
  limits: { maxDepth: 250, maxInputLength: 4_000_000 },
  formatters: { link, cell, quoteBegins },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'table', ...line },
    { selector: 'tr', ...line },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ...QUOTE_BEGINNINGS.map((selector) => ({ selector, format: 'quoteBegins' })),
    { selector: 'hr', options: { length: 20 } },
  ],
});

/** What a mail that came as HTML alone says, for search, lists and readers of plain text. Never throws. */
export const textOfHtml = (html: string): string => tidy(read(html).replaceAll(QUOTE_BEGINS, ''));

/** Parts what the person wrote from what was quoted, with what only the HTML knows about where the quote begins. */
export function splitReplyOfHtml(html: string, options: { sent?: string | null } = {}): SplitReply {
  const text = read(html);
  const at = text.indexOf(QUOTE_BEGINS);
  const above = splitReply(tidy(at === -1 ? text : text.slice(0, at)), options);
  if (at === -1) return above;
  const below = tidy(text.slice(at).replaceAll(QUOTE_BEGINS, ''));
  if (above.written === '') return { written: below, quoted: '' };
  return { written: above.written, quoted: [above.quoted, below].filter((part) => part !== '').join('\n\n') };
}

function read(html: string): string {
  const { html: clean } = sanitiseMail(html.slice(0, MAX_HTML).replaceAll(QUOTE_BEGINS, ''), { image: () => null });
  return toText(clean).slice(0, MAX_TEXT);
}

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
