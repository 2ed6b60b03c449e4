import type { z } from 'zod';
import type { Paragraph, Span } from './visitor-contract.ts';

/** Addresses in running text. Nothing in it is tried twice: a long word costs no more than its length. */
const LINK = /\b(?:https?:\/\/|mailto:|tel:)[^\s<>"'«»„“”]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi;
const TRAILING = /[.,;:!?)\]}…،؛؟]+$/;
const MOST_PARAGRAPHS = 500;

/** A text as paragraphs of spans: a line is a paragraph, an address a link. */
export const treeOf = (text: string): z.infer<typeof Paragraph>[] => text.trim().split(/\r?\n/).slice(0, MOST_PARAGRAPHS).map(spansOf);

function spansOf(line: string): z.infer<typeof Span>[] {
  const spans: z.infer<typeof Span>[] = [];
  let from = 0;
  for (const { 0: found, index } of line.matchAll(LINK)) {
    const shown = found.replace(TRAILING, '');
    if (shown === '') continue;
    if (index > from) spans.push({ text: line.slice(from, index) });
    spans.push({ text: shown, href: /^(?:https?:|mailto:|tel:)/i.test(shown) ? shown : `mailto:${shown}` });
    from = index + shown.length;
  }
  if (from < line.length || spans.length === 0) spans.push({ text: line.slice(from) });
  return spans;
}
