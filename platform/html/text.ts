import { escapeHtml } from './escape.ts';
import { splitReply, type Before, type SplitReply } from './quotes/split.ts';
import { markedTextOfHtml } from './reading.ts';
import { safeLink } from './url.ts';

/** Parts what the person wrote from what was quoted, with what only the HTML knows about where the quote begins. */
export const splitReplyOfHtml = (html: string, before: Before = {}): SplitReply => splitReply(markedTextOfHtml(html), before);

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
