const TAG = /\[\s*#\s*(\d{1,12})\s*\]/g;
const MAX_TAGS = 3;

/** Numbers of tickets as people and other desks write them into a subject: `[#1001]`, behind whatever `Re:` there is. */
export const ticketNumbersIn = (subject: string): number[] =>
  [...new Set(Array.from(subject.matchAll(TAG), ([, digits]) => Number(digits)))].slice(0, MAX_TAGS);
