import type { MailName } from '../addresses.ts';
import { linksIn } from './links.ts';

/** What of a message the filter looks at. */
export type MailWords = {
  readonly from: MailName | null; readonly subject: string; readonly text: string; readonly html: string | null;
  readonly attachments: readonly { readonly name: string }[];
};

const MAX_WORDS = 200;
const MAX_TEXT = 20_000;
/** Arabic vowel signs and tatweel, soft hyphens, zero-width marks: put in to make one word look like many. */
const INVISIBLE = /[\u0640\u064b-\u065f\u0670\u00ad\u200b-\u200f\u2060\ufeff]/gu;
/** Longer ones are no words, shorter ones are in everything. */
const WORD = /(?<![\p{L}\p{N}])[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]{1,23}(?![\p{L}\p{N}\p{M}])/gu;

/**
 * The distinct words of a message, by which the filter learns and judges: of its text (`w:`), its subject (`s:`), the hosts it
 * links to (`l:`), the kinds of its files (`f:`), the sender's domain (`d:`) and the parts of their name (`n:`).
 */
export function wordsOf({ from, subject, text, html, attachments }: MailWords): string[] {
  const words = new Set<string>();
  const add = (kind: string, found: Iterable<string>): void => {
    for (const word of found) if (words.size < MAX_WORDS) words.add(`${kind}:${word.slice(0, 60)}`);
  };
  if (from) {
    add('d', [from.address.slice(from.address.lastIndexOf('@') + 1).toLowerCase()]);
    add('n', plainWords(from.name));
  }
  add('s', plainWords(subject));
  add('l', linksIn(text, html).map(({ host }) => host));
  add('f', attachments.map(({ name }) => extensionOf(name)).filter((extension) => extension !== ''));
  add('w', plainWords(text.slice(0, MAX_TEXT)));
  return [...words];
}

const plainWords = (text: string): string[] =>
  [...text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase().matchAll(WORD)].map(([word]) => word).filter((word) => !/^\d+$/.test(word));

export const extensionOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? '';

/** As people know it. */
export const shownWord = (word: string): string => word.slice(2);
