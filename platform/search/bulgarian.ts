/**
 * A light stemmer for Bulgarian nouns and adjectives after Nakov's rules as Lucene applies them, with two changes: final
 * vowels go twice, so that рекламация, рекламации and рекламацията meet, and a word that only seems to carry the article
 * (клиента is «the client», работа is «work») has two stems: one without the ending and one that keeps it.
 */
export function bulgarianStems(word: string): string[] {
  if (word.length < 4) return [word];
  const bare = apply(ARTICLES, word);
  const stems = [finish(bare)];
  if (bare !== word && /т[ао]$/u.test(word)) stems.push(finish(word));
  return stems;
}

const finish = (word: string) => withoutShiftingVowel(withoutFinalVowels(apply(PLURALS, word)));

type Rule = readonly [ending: string, longerThan: number, replacement: string];

const ARTICLES: readonly Rule[] = [
  ['ият', 6, ''], ['ът', 5, ''], ['то', 5, ''], ['те', 5, ''], ['та', 5, ''], ['ят', 4, ''],
];
const PLURALS: readonly Rule[] = [
  ['овци', 6, 'о'], ['ове', 6, ''], ['еве', 6, 'й'], ['ища', 5, ''], ['ци', 5, 'к'], ['зи', 5, 'г'], ['си', 4, 'х'], ['и', 4, ''],
];

function withoutFinalVowels(word: string): string {
  const once = word.length > 3 ? word.replace(/[аоеияй]$/u, '') : word;
  return once.length > 4 ? once.replace(/[аоеияй]$/u, '') : once;
}

function withoutShiftingVowel(word: string): string {
  if (word.length > 4 && word.endsWith('ен')) return `${word.slice(0, -2)}н`;
  return word.length > 4 && word.at(-2) === 'ъ' ? word.slice(0, -2) + word.slice(-1) : word;
}

function apply(rules: readonly Rule[], word: string): string {
  const rule = rules.find(([ending, longerThan]) => word.length > longerThan && word.endsWith(ending));
  return rule ? word.slice(0, -rule[0].length) + rule[2] : word;
}
