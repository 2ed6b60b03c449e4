import type { ArticleState, Shown } from './contract.ts';

type Validity = { readonly state: ArticleState; readonly validFrom: Date | null; readonly validTo: Date | null };

/** Whether those for whom it is meant can read it now. */
export function shownAt({ state, validFrom, validTo }: Validity, at: Date): Shown {
  if (state === 'draft' || state === 'review') return 'no';
  if (validTo !== null && validTo <= at) return 'ended';
  return validFrom !== null && validFrom > at ? 'scheduled' : 'now';
}

/** Who may read what is shown. */
export const READABLE = {
  visitor: ['public'],
  customer: ['public', 'customers_only'],
  staff: ['public', 'customers_only', 'internal', 'review', 'draft'],
} as const satisfies Record<string, readonly ArticleState[]>;
export type Reader = keyof typeof READABLE;

/** A translation follows a meaning of its source; another meaning since makes it stale. */
export const isStale = (text: { language: string; translates: number | null }, source: { language: string; meaningVersion: number } | undefined): boolean =>
  source !== undefined && text.language !== source.language && (text.translates ?? 0) < source.meaningVersion;

/** Programs that read pages for nobody in particular: they are in no figure. */
export const isRobot = (userAgent: string): boolean => userAgent === '' || /bot\b|bot[/;]|crawl|spider|slurp|preview|monitor|facebookexternalhit|curl\/|wget|python-|go-http/i.test(userAgent);

/** When it is to be looked at again. */
export const nextReview = (everyDays: number | null, at: Date): Date | null => (everyDays === null ? null : new Date(at.getTime() + everyDays * 86_400_000));

const MAX_SLUG = 80;

/** Readable words for an address, in whatever script the title has. */
export const slugOf = (title: string): string =>
  title.normalize('NFKC').toLowerCase().replace(/['’`]/gu, '').replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').slice(0, MAX_SLUG).replace(/^-+|[-\p{Cs}]+$/gu, '');

export const articlePath = (language: string, number: number, title: string): string =>
  `/help/${language}/articles/${[number, slugOf(title)].filter((part) => part !== '').map((part) => encodeURIComponent(part)).join('-')}`;

export const categoryPath = (language: string, id: string): string => `/help/${language}/categories/${id}`;

/**
 * What was looked for, as it may be kept: nobody can be found by it. Addresses, numbers of five digits and more and long runs
 * of signs are left out; null when nothing is left.
 */
export function keepable(words: string): string | null {
  const kept = words.normalize('NFKC').toLowerCase().split(/\s+/u)
    .filter((word) => word !== '' && word.length <= 40 && !word.includes('@') && !/\/\//.test(word) && word.replace(/\D/gu, '').length < 5 && /[\p{L}\p{N}]/u.test(word))
    .join(' ').slice(0, 120).trim();
  return kept === '' || kept.replace(/[^\p{Nd}]/gu, '').length >= 7 ? null : kept;
}

/** A ticket's words without what points at a person: addresses, links, numbers, and the names that are known. */
export function withoutPerson(text: string, names: readonly string[]): string {
  const parts = new Set(names.flatMap((name) => name.normalize('NFC').split(/[^\p{L}\p{M}]+/u)).filter((part) => part.length > 1));
  let clean = text.normalize('NFC')
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu, '…')
    .replace(/https?:\/\/\S{1,2000}/gu, '…')
    .replace(/[+(]?\p{Nd}[\p{Nd} ().\-/]{3,24}\p{Nd}/gu, '…')
    // Word by word: one expression for both would try every letter of a long word against every other.
    .replace(/[\p{L}\p{N}-]+/gu, (word) => (/\p{Nd}{4}/u.test(word) ? '…' : word));
  for (const part of [...parts].sort((a, b) => b.length - a.length)) clean = clean.replace(asWord(part), '…');
  return clean;
}

/** A name as it stands in a sentence, with an ending. Of two letters it is a name only as it is written: else it is half of all words. */
const asWord = (part: string): RegExp =>
  (part.length > 2 ? new RegExp(`(?<![\\p{L}\\p{N}])${part}\\p{L}{0,3}(?![\\p{L}\\p{N}])`, 'giu') : new RegExp(`(?<![\\p{L}\\p{N}])${part}(?![\\p{L}\\p{N}])`, 'gu'));
