/** A written thing that can be searched: a plain word, or a code, address, number or link that is kept whole beside its parts. */
export type Token = {
  readonly kind: 'word' | 'compound' | 'phone';
  readonly text: string;
  /** The words inside; for a plain word only itself. */
  readonly parts: readonly string[];
};

const MAX_WORD = 64;
const MAX_COMPOUND = 200;

/** Arabic vowel signs and tatweel, zero-width and direction marks, soft hyphens: never part of what somebody searches. */
const INVISIBLE = /[\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const FOREIGN_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;
const COMPOUND = /[\p{L}\p{N}\p{M}]+(?:[.@_+\-/:'’?&=#%~]{1,3}[\p{L}\p{N}\p{M}]+)*/gu;
const PART = /[\p{L}\p{N}\p{M}]+/gu;
/** The signs that a compound may have inside. */
const JOINED = /[.@_+\-/:'’?&=#%~]/;
/** Bounded on both sides, so that a page of digits cannot make it slow. */
const PHONE = /\+?\d[\d ().\-/\u00a0]{5,24}\d/gu;

/** One spelling for what people type in many: width, case, ё, Arabic and Persian digits, vowel signs, alef forms. */
export function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replaceAll('ё', 'е')
    .replace(/[أإآٱ]/gu, 'ا')
    .replaceAll('ى', 'ي');
}

/** Drops the accents of Latin letters (zamówienie, zamowienie) and leaves й, which is a letter of its own. */
export function fold(word: string): string {
  if (!/[\u0080-\u024f\u0300-\u036f\u1e00-\u1eff]/u.test(word)) return word;
  return word
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('đ', 'd')
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replace(/[\u00c0-\u024f\u1e00-\u1eff]/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
    .replace(/[\u0300-\u036f]/gu, '');
}

/** Reads the words of a text that `normalise` has been through. Linear in its length. */
export function* tokens(text: string): Generator<Token> {
  for (const [run] of text.matchAll(PHONE)) {
    const digits = run.replace(/\D/gu, '');
    if (digits.length >= 7 && digits.length <= 15) yield { kind: 'phone', text: digits, parts: run.match(PART) ?? [] };
  }
  for (const [chunk] of text.matchAll(COMPOUND)) {
    if (JOINED.test(chunk)) yield* joined(chunk);
    else if (!isPadding(chunk)) yield* [word(chunk)].filter(isSaid);
  }
}

/** A line of a key, a picture or a file in letters: nobody types it, and each would cost the index a row that nothing shares. */
const isPadding = (chunk: string): boolean => chunk.length > MAX_WORD && /\d/.test(chunk) && /^[\da-z]+$/.test(chunk);

/** Signs that belong on letters are no word without one. */
const isSaid = ({ text }: Token): boolean => !/^\p{M}/u.test(text) || /[\p{L}\p{N}]/u.test(text);

const word = (part: string): Token => {
  const text = part.length > MAX_WORD ? part.slice(0, MAX_WORD) : part;
  return { kind: 'word', text, parts: [text] };
};

function joined(chunk: string): Token[] {
  const words = (chunk.match(PART) ?? []).map(word).filter(isSaid);
  const isWhole = words.length > 1 && chunk.length <= MAX_COMPOUND && /[\d@.]/u.test(chunk);
  return isWhole ? [{ kind: 'compound', text: chunk, parts: words.map(({ text }) => text) }] : words;
}
