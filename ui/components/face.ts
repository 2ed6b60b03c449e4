/** Which of `count` faces somebody has: always the same for one id, spread evenly over many. */
export function faceOf(id: string, count: number): number {
  let hash = 0;
  for (const sign of id) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) | 0;
  return Math.abs(hash) % count;
}

/** First letters of the first and last word: "Мария Петрова" is МП, "maria@shop.bg" is M, Arabic gives one letter. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.,_@-]+/u).filter((word) => /^[\p{L}\p{N}]/u.test(word));
  const first = firstLetter(words[0]);
  // Joined Arabic letters would read as another word.
  if (/\p{Script=Arabic}/u.test(first) || name.includes('@')) return first;
  return first + (words.length > 1 ? firstLetter(words.at(-1)) : '');
}

const firstLetter = (word = ''): string => [...new Intl.Segmenter().segment(word)][0]?.segment.toLocaleUpperCase() ?? '';
