import { sanitiseMail, type MailImage } from '../../../platform/html/sanitise.ts';
import { textOfHtml } from '../../../platform/html/reading.ts';
import type { EntryHtml } from './entries-store.ts';

/** Raise it when the sanitiser learns something: what an older one made is made again when it is shown. */
export const SAFE_VERSION = 1;

/** Pictures of the mail itself keep their `cid:`, to be resolved when the page is made; those of the web stay blocked. */
const KEEP_INLINE = { image: (image: MailImage) => ('cid' in image ? `cid:${image.cid}` : null) };

export function safeHtml(raw: string): EntryHtml {
  const { html, remoteImages } = sanitiseMail(raw, KEEP_INLINE);
  return { raw, safe: html, version: SAFE_VERSION, remoteImages };
}

/**
 * What a person or a program wrote: always text, and HTML when they used any. A text of their own beside HTML stays only if it says the same
 * words: searches, lists and readers of plain text must not see another answer than the one that is shown.
 */
export function bodyOf({ text, html }: { text?: string | undefined; html?: string | undefined }): { text: string; html: EntryHtml | null } {
  if (html === undefined || html.trim() === '') return { text: (text ?? '').trim(), html: null };
  const safe = safeHtml(html);
  const said = textOfHtml(safe.safe).trim();
  // What leaves and what is shown is the clean form; an agent's own paste is not kept raw.
  return { text: text !== undefined && lettersOf(text) === lettersOf(said) ? text.trim() : said, html: { ...safe, raw: safe.safe } };
}

/** How lists, quotes and emphasis are drawn in plain text is the writer's own. */
const lettersOf = (text: string): string => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
