/** In how many spam messages and how many others a word was. */
export type WordCount = { readonly word: string; readonly spam: number; readonly ham: number };
export type Lessons = { readonly spam: number; readonly ham: number };
/** `score` 0: certainly wanted, 1: certainly spam. `words`: those that spoke loudest for spam. */
export type Learnt = { readonly score: number; readonly words: readonly string[] };

/** Before it has seen so many of both it says nothing. */
export const NEEDED = 20;
const MAX_WORDS = 150;
/** With fewer words that say something, it says nothing either. */
const LEAST_WORDS = 5;
const SHOWN = 6;
/** How much a word must differ from "as often here as there" to be heard. */
const TELLING = 0.1;
/** What is believed of a word before it has been seen, and how firmly. */
const UNSEEN = 0.5;
const FIRMNESS = 0.45;

export const mayJudge = ({ spam, ham }: Lessons): boolean => spam >= NEEDED && ham >= NEEDED;

/**
 * Gary Robinson's way: each word has a probability that depends on how often it was seen, and Fisher's method joins them,
 * once for spam and once against it. Words that contradict each other end in the middle instead of at either side.
 */
export function judgeWords(counts: readonly WordCount[], lessons: Lessons): Learnt | null {
  if (!mayJudge(lessons)) return null;
  const heard = counts.map((count) => ({ word: count.word, p: probability(count, lessons) }))
    .filter(({ p }) => Math.abs(p - UNSEEN) >= TELLING)
    .sort((a, b) => Math.abs(b.p - UNSEEN) - Math.abs(a.p - UNSEEN)).slice(0, MAX_WORDS);
  if (heard.length < LEAST_WORDS) return null;
  const forSpam = 1 - chance(heard.reduce((sum, { p }) => sum + Math.log(1 - p), 0), heard.length);
  const against = 1 - chance(heard.reduce((sum, { p }) => sum + Math.log(p), 0), heard.length);
  return { score: (forSpam - against + 1) / 2, words: heard.filter(({ p }) => p > UNSEEN).slice(0, SHOWN).map(({ word }) => word) };
}

function probability({ spam, ham }: WordCount, lessons: Lessons): number {
  const inSpam = Math.min(spam / lessons.spam, 1);
  const inHam = Math.min(ham / lessons.ham, 1);
  const seen = spam + ham;
  if (seen === 0 || inSpam + inHam === 0) return UNSEEN;
  return (FIRMNESS * UNSEEN + seen * (inSpam / (inSpam + inHam))) / (FIRMNESS + seen);
}

/** How likely so small a product of `count` probabilities is by chance (chi-squared, 2 × `count` degrees of freedom). */
function chance(logOfProduct: number, count: number): number {
  const m = -logOfProduct;
  let term = Math.exp(-m);
  let sum = term;
  for (let i = 1; i < count; i++) {
    term *= m / i;
    sum += term;
  }
  return Math.min(sum, 1);
}
