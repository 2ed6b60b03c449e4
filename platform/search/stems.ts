import { setImmediate as breathe } from 'node:timers/promises';
import { createStemmer, Languages } from 'multilingual-stemmer';
import type { Language } from '../../kernel/languages.ts';
import { bulgarianStems } from './bulgarian.ts';
import { nameLexemes } from './scripts.ts';
import { fold, normalise, tokens, type Token } from './tokens.ts';

/**
 * How a word is found in five languages, when nobody knows the language of a query:
 * a word is indexed as it is written and as its stems, and a query asks for any of the forms of each of its words.
 * Cyrillic words get the Bulgarian and the Russian stem (short texts cannot be told apart), Latin words the stem of the
 * text's language (both, English and Polish, when it is unknown), Arabic words the Arabic stem. A query tries all stems
 * of its script. There are no stop words: every word can be found, and a word in each document costs the index a byte.
 */
const english = createStemmer(Languages.English);
const polish = createStemmer(Languages.Polish);
const russian = createStemmer(Languages.Russian);
const arabic = createStemmer(Languages.Arabic);

/** Bytes of text that one document brings into the index; the rest stays readable, and is not found. */
const MAX_TEXT = 200_000;
/** PostgreSQL refuses a tsvector of 1 MB; this stays well below. */
const MAX_LEXEMES = 12_000;
const MAX_QUERY = 500;
const MAX_QUERY_WORDS = 16;
const MIN_PREFIX = 3;

export type Weight = 'A' | 'B' | 'C' | 'D';
export type SearchText = {
  readonly text: string;
  readonly weight?: Weight;
  /** Names are also found across scripts. */
  readonly names?: boolean;
  /** What `readBeforehand` made of it, elsewhere; good for that language alone, and for the weight D. */
  readonly read?: ReadText | null;
};
/** What one text brings into the index when its words are of that language. */
export type ReadText = { readonly language: Language | null; readonly vector: string };

/** For another thread to do: reading a long text takes its time. */
export const readBeforehand = (text: string, language: Language | null): ReadText => ({ language, vector: searchVector([{ text }], language) });

/** So many words are read before other work may have its turn. */
const SLICE = 1_500;

/** A tsvector literal, to be cast with `::tsvector`. */
export function searchVector(texts: readonly SearchText[], language: Language | null): string {
  const steps = reading(texts, language);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same for texts that may be long: other work gets its turn in between. */
export async function searchVectorInSlices(texts: readonly SearchText[], language: Language | null): Promise<string> {
  const isRead = ({ read = null, weight = 'D' }: SearchText): boolean => read?.language === language && weight === 'D';
  const steps = reading(texts.filter((text) => !isRead(text)), language);
  for (;;) {
    const { done, value } = steps.next();
    // PostgreSQL makes one of a lexeme that stands there twice, with the better weight.
    if (done) return [value, ...texts.filter(isRead).map(({ read }) => read!.vector)].join(' ');
    await breathe();
  }
}

function* reading(texts: readonly SearchText[], language: Language | null): Generator<undefined, string> {
  const weights = new Map<string, Weight>();
  let left = MAX_TEXT;
  let read = 0;
  for (const { text, weight = 'D', names = false } of texts) {
    const taken = normalise(text.slice(0, left)).slice(0, MAX_TEXT);
    left -= Math.min(left, text.length);
    const seen = new Set<string>();
    const add = (lexeme: string): void => {
      read += 1;
      const known = weights.get(lexeme);
      if (known === undefined ? weights.size < MAX_LEXEMES : weight < known) weights.set(lexeme, weight);
    };
    for (const token of tokens(taken)) {
      if (seen.has(token.text)) continue;
      seen.add(token.text);
      addLexemes(token, language, names, add);
      if (weights.size >= MAX_LEXEMES) break;
      if (read >= SLICE) {
        read = 0;
        yield undefined;
      }
    }
  }
  let vector = '';
  for (const [lexeme, weight] of weights) vector += `${vector === '' ? '' : ' '}${quote(lexeme)}${weight === 'D' ? '' : `:1${weight}`}`;
  return vector;
}

function addLexemes(token: Token, language: Language | null, names: boolean, add: (lexeme: string) => void): void {
  if (token.kind === 'compound') for (const lexeme of wholes(token)) add(lexeme);
  if (token.kind === 'phone') {
    for (const lexeme of phoneLexemes(token.text)) add(lexeme);
    return;
  }
  for (const part of token.parts) {
    for (const lexeme of knownForms(part, language)) add(lexeme);
    if (names && token.kind === 'word') for (const lexeme of nameLexemes(part)) add(lexeme);
  }
}

export type SearchQuery = {
  /** A tsquery literal, to be cast with `::tsquery`: every word, in any of its forms. */
  readonly exact: string;
  /** The same with the last word as a beginning; null when that word is too short or already ended. */
  readonly prefix: string | null;
  /** The whole input is one number, e.g. `#1042`: perhaps a ticket's. */
  readonly number: number | null;
  /** The whole input is one e-mail address. */
  readonly address: string | null;
  /** The words as typed, normalised; for names that are misspelt. */
  readonly words: string;
};

/** Null when the input holds nothing that could be found. */
export function searchQuery(input: string): SearchQuery | null {
  const text = normalise(input.slice(0, MAX_QUERY)).slice(0, MAX_QUERY).trim();
  const asked = [...tokens(text)];
  const phones = asked.filter((token) => token.kind === 'phone');
  const spoken = new Set(phones.flatMap((phone) => phone.parts));
  const terms = [
    ...phones.map((phone) => any([...[...phoneLexemes(phone.text)].map(quote), all(phone.parts.map(quote))], true)),
    ...asked.filter((token) => token.kind !== 'phone' && !token.parts.every((part) => spoken.has(part))).map(term),
  ].slice(0, MAX_QUERY_WORDS);
  if (terms.length === 0) return null;
  const number = /^#?(\d{1,15})$/u.exec(text);
  return {
    exact: all(terms),
    prefix: phones.length > 0 ? null : withPrefix(terms, asked.at(-1), text),
    number: number ? Number(number[1]) : null,
    address: /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text) ? text : null,
    words: asked.filter((token) => token.kind !== 'phone').map((token) => token.text).join(' '),
  };
}

export type AskedWord = {
  readonly stems: readonly string[];
  /** Asks for the word in any of its forms; a tsquery literal, to be joined with others. */
  readonly term: string;
  /** The same as the beginning of a word; null when it is too short. */
  readonly beginning: string | null;
};

/** The words of a query one by one, for those who put words of the same meaning beside them or do without some. */
export function askedWords(input: string): AskedWord[] {
  const asked = [...tokens(normalise(input.slice(0, MAX_QUERY)))].filter((token) => token.kind !== 'phone').slice(0, MAX_QUERY_WORDS);
  return asked.map((token) => {
    const folded = fold(token.text);
    return { stems: token.kind === 'word' ? [...new Set(forms(token.text, null))] : [folded], term: term(token), beginning: folded.length < MIN_PREFIX ? null : `${quote(folded)}:*` };
  });
}

/** As the words are compared when they are misspelt. */
export const foldedText = (text: string): string => fold(normalise(text.slice(0, 2_000))).replace(/\s+/g, ' ').trim();

export const allOf = (terms: readonly string[]): string => all(terms);
export const anyOf = (terms: readonly string[]): string => any(terms, true);

function withPrefix(terms: readonly string[], last: Token | undefined, text: string): string | null {
  if (!last || terms.length === MAX_QUERY_WORDS || !text.endsWith(last.text)) return null;
  const beginning = fold(last.text);
  if (beginning.length < MIN_PREFIX) return null;
  return all([...terms.slice(0, -1), `( ${terms.at(-1) ?? ''} | ${quote(beginning)}:* )`]);
}

/** One token of a query. An address is meant whole; a code is also found when its parts are written with other signs. */
function term(token: Token): string {
  if (token.kind === 'word') return any([...forms(token.text, null), ...(token.text.length < 3 ? [] : nameLexemes(token.text))]);
  const whole = [...wholes(token)].slice(0, 2);
  if (token.text.includes('@')) return any(whole.slice(0, 1));
  return any([...whole.map(quote), all(token.parts.map((part) => any([...forms(part, null)])))], true);
}

/** `ivan@shop.bg` → itself, `ivan`, `shop.bg`; `ab-1234/56` → itself and `ab123456`. */
function* wholes({ text, parts }: Token): Generator<string> {
  yield fold(text);
  if (text.includes('@')) yield* text.split('@').map(fold);
  else if (/\d/u.test(text) && text.length <= 40) yield fold(parts.join(''));
  const host = /\/\/([^/?#]+)/u.exec(text)?.[1];
  if (host) yield fold(host);
}

/** National and international spelling of one number (0888 123 456, +359 88 812 3456) share their last eight digits. */
function* phoneLexemes(digits: string): Generator<string> {
  yield digits;
  if (digits.length > 8) yield `~t${digits.slice(-8)}`;
}

/** People use the same few thousand words again and again; a rare one costs its stemming. */
const MAX_KNOWN = 20_000;
const LONGEST_KNOWN = 24;
const known = new Map<Language | null, Map<string, readonly string[]>>();

function knownForms(word: string, language: Language | null): readonly string[] {
  const words = known.get(language) ?? new Map<string, readonly string[]>();
  const found = words.get(word);
  if (found) return found;
  if (word.length > LONGEST_KNOWN) return [...forms(word, language)];
  // A copy: the word is a piece of its text, and would keep all of that in memory.
  const own = Buffer.from(word).toString();
  const made = [...new Set(forms(own, language))];
  if (words.size >= MAX_KNOWN) words.clear();
  known.set(language, words.set(own, made));
  return made;
}

function* forms(word: string, language: Language | null): Generator<string> {
  yield fold(word);
  if (/^[\d]/u.test(word)) return;
  if (/\p{Script=Cyrillic}/u.test(word)) yield* cyrillicStems(word);
  else if (/\p{Script=Arabic}/u.test(word)) yield* arabicStems(word);
  else if (/\p{Script=Latin}/u.test(word)) yield* latinStems(word, language);
}

function* cyrillicStems(word: string): Generator<string> {
  yield russian(word);
  yield* bulgarianStems(word);
}

function* arabicStems(word: string): Generator<string> {
  yield arabic(word);
  // «and the order» is written as one word: the conjunction goes, the article is the stemmer's business.
  const bare = word.replace(/^(?:[وفبك](?=ال.{2})|ل(?=ل.{2}))/u, '');
  if (bare !== word) yield arabic(bare);
}

function* latinStems(word: string, language: Language | null): Generator<string> {
  if (language !== 'pl') yield fold(english(word));
  if (language === 'en') return;
  yield fold(polish(word));
  // Typed without accents the endings look different to the stemmer.
  yield polish(fold(word));
}

const all = (terms: readonly string[]): string => (terms.length === 1 ? terms[0]! : `( ${terms.join(' & ')} )`);

function any(lexemes: readonly string[], quoted = false): string {
  const terms = [...new Set(lexemes.filter((lexeme) => lexeme !== ''))].map((lexeme) => (quoted ? lexeme : quote(lexeme)));
  return terms.length === 1 ? terms[0]! : `( ${terms.join(' | ')} )`;
}

const quote = (lexeme: string): string => (lexeme.includes("'") || lexeme.includes('\\') ? `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${lexeme}'`);
