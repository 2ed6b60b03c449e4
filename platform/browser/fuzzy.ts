/** How well words name something: higher is nearer, null not at all. Beginnings of its words first, then pieces, then letters in order. */
export function nearness(name: string, wanted: string): number | null {
  const text = plain(name);
  let sum = 0;
  for (const word of plain(wanted).split(' ').filter((one) => one !== '')) {
    const one = ofWord(text, word);
    if (one === null) return null;
    sum += one;
  }
  // Of two that fit alike the shorter is meant.
  return sum - text.length / 1_000;
}

/** How well words name something that has a heading, and other words that people have for it. */
export function rankOf({ label, group, also = '' }: { readonly label: string; readonly group: string; readonly also?: string | undefined }, wanted: string): number | null {
  const ranks = [nearness(label, wanted) ?? nearness(`${group} ${label}`, wanted), otherWords(also, wanted)].filter((rank) => rank !== null);
  return ranks.length === 0 ? null : Math.max(...ranks);
}

/** Each wanted word begins one of these: farther than a piece of a name, and nearer than its letters in order. */
export function otherWords(words: string, wanted: string): number | null {
  const [known, asked] = [words, wanted].map((text) => plain(text).split(' ').filter((one) => one !== ''));
  return asked!.length > 0 && asked!.every((one) => known!.some((word) => word.startsWith(one))) ? OTHER * asked!.length : null;
}

const OTHER = 1.5;

function ofWord(text: string, word: string): number | null {
  if (text.startsWith(word)) return 4;
  if (text.includes(` ${word}`)) return 3;
  if (text.includes(word)) return 2;
  return word.length > 2 && isScattered(text, word) ? 1 : null;
}

function isScattered(text: string, word: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/[\u0300-\u0305\u0307-\u036f\u064b-\u0652]/gu, '').toLowerCase().replaceAll('ł', 'l').replace(/[^\p{L}\p{N}#@.]+/gu, ' ').trim();
