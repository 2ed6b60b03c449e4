/** Which of `count` faces somebody has: always the same for one id, spread evenly over many. */
export function faceOf(id: string, count: number): number {
  let hash = 0;
  for (const sign of id) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % count;
}

/** Names whose letters are kept at most: more than stand on one screen. */
const MOST_NAMES = 500;
const known = new Map<string, string>();

/** First letters of the first and last word: "Мария Петрова" is МП, "maria@shop.bg" is M, Arabic gives one letter. */
export function initialsOf(name: string): string {
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= MOST_NAMES) known.clear();
  const initials = foundIn(name);
  known.set(name, initials);
  return initials;
}

function foundIn(name: string): string {
  const words = name.split(/[\s.,_@-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = firstLetter(words[0]);
  // Joined Arabic letters would read as another word.
  if (/\p{Script=Arabic}/u.test(first) || name.includes('@')) return first;
  return first + (words.length > 1 ? firstLetter(words.at(-1)) : '');
}

const letters = new Intl.Segmenter();
const firstLetter = (word = ''): string => letters.segment(word).containing(0)?.segment.toLocaleUpperCase() ?? '';
