import { allOf, anyOf, askedWords, foldedText, type AskedWord } from '../../../platform/search/stems.ts';
import { FUNCTION_WORDS } from '../core/function-words.ts';

export type Question = {
  /** The words that matter, all of them. */
  readonly whole: string;
  /** The last one as the beginning of a word. */
  readonly begun: string | null;
  /** All but one, for long questions. */
  readonly nearly: string | null;
  readonly some: string;
  /** For words that are misspelt. */
  readonly folded: string;
};

/** How a question is put to the index; null when it holds nothing that could be found. */
export function questionOf(input: string, synonyms: readonly { readonly words: readonly string[] }[]): Question | null {
  const asked = askedWords(input);
  const telling = asked.filter(({ stems }) => !FUNCTION_WORDS.has(stems[0]!));
  const words = telling.length > 0 ? telling : asked;
  if (words.length === 0) return null;
  const terms = withSynonyms(words, synonyms);
  const last = words.at(-1)!;
  return {
    whole: allOf(terms), some: anyOf(terms), folded: foldedText(words.map(({ stems }) => stems[0]!).join(' ')),
    begun: last.beginning === null ? null : allOf([...terms.slice(0, -1), anyOf([terms.at(-1)!, last.beginning])]),
    nearly: terms.length < 3 || terms.length > 8 ? null : anyOf(terms.map((_term, left) => allOf(terms.filter((_other, i) => i !== left)))),
  };
}

/** Each word, or several that mean one thing together, beside what else it is called. */
function withSynonyms(words: readonly AskedWord[], groups: readonly { readonly words: readonly string[] }[]): string[] {
  const phrases = groups.flatMap(({ words: names }) => names.map((name) => ({ name: askedWords(name), others: names.filter((other) => other !== name) }))).filter(({ name }) => name.length > 0);
  const terms: string[] = [];
  for (let i = 0; i < words.length;) {
    const met = phrases.filter(({ name }) => name.every((word, at) => isSame(word, words[i + at])));
    const length = Math.max(1, ...met.map(({ name }) => name.length));
    const own = allOf(words.slice(i, i + length).map(({ term }) => term));
    const others = met.filter(({ name }) => name.length === length).flatMap((group) => group.others.map((other) => allOf(askedWords(other).map(({ term }) => term))));
    terms.push(others.length === 0 ? own : anyOf([own, ...others]));
    i += length;
  }
  return terms;
}

const isSame = (a: AskedWord, b: AskedWord | undefined): boolean => b !== undefined && a.stems.some((stem) => b.stems.includes(stem));
