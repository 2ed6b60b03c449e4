/*
 * How text is compared, here and in SQL (`server/fold.ts`): case, accents, width, vowel signs, forms of alef and of digits
 * do not count; й is a letter of its own and not an и. Both sides say the same four steps.
 */

/** Accents (the breve of й excepted), Arabic vowel signs and tatweel, marks of direction, soft hyphens, zero-width characters. */
export const MARKS = '(?<!\\u0438)\\u0306|[\\u0300-\\u0305\\u0307-\\u036f\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06ed'
  + '\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]';

/** One letter for another. */
export const LETTERS = { from: 'ςłøđıٱىیک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹', to: 'σlodiاييك01234567890123456789' } as const;

/** Two letters for one. */
export const PAIRS = [['ß', 'ss'], ['æ', 'ae'], ['œ', 'oe']] as const;

const marks = new RegExp(MARKS, 'gu');
const letters = new Map([...LETTERS.from].map((letter, i) => [letter, LETTERS.to[i] ?? letter]));
const replaced = new RegExp(`[${LETTERS.from}${PAIRS.map(([one]) => one).join('')}]`, 'gu');
for (const [one, two] of PAIRS) letters.set(one, two);

export const fold = (text: string): string =>
  text.normalize('NFKD').toLowerCase().replace(marks, '').replace(replaced, (letter) => letters.get(letter) ?? letter);
