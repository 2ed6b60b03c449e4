import { expect, test } from 'vitest';
import { joined } from './joined.ts';

const letter = (...paragraphs: string[]): string => paragraphs.map((words) => `<p>${words}</p>`).join('');

test.each([
  ['both went on at the end', letter('Dear Anna', 'We look.', 'Mine.'), letter('Dear Anna', 'We look.', 'Theirs.'), letter('Dear Anna', 'We look.', 'Mine.', 'Theirs.')],
  ['one changed the beginning, one the end', letter('Hello Anna', 'We look.'), letter('Dear Anna', 'We look.', 'Ivan'), letter('Hello Anna', 'Dear Anna', 'We look.', 'Ivan')],
  ['one put something in, one took something out', letter('a', 'new', 'b', 'c'), letter('a', 'c'), letter('a', 'new', 'b', 'c')],
  ['the same words twice are meant twice', letter('a', 'a', 'mine'), letter('a', 'a', 'theirs'), letter('a', 'a', 'mine', 'theirs')],
  ['nothing in common', letter('mine'), letter('theirs'), letter('mine', 'theirs')],
  ['one is empty', '', letter('theirs'), letter('theirs')],
  ['the same', letter('a', 'b'), letter('a', 'b'), letter('a', 'b')],
  ['lists and quotes are one piece each', '<p>a</p><ul><li>x</li></ul>', '<p>a</p><ul><li>x</li></ul><blockquote><p>q</p></blockquote>', '<p>a</p><ul><li>x</li></ul><blockquote><p>q</p></blockquote>'],
])('%s', (_name, mine, theirs, both) => {
  expect(joined(mine, theirs)).toBe(both);
});

test('however two letters differ, every paragraph of each is there, in its order', () => {
  // Every letter of up to three paragraphs out of three words, beside every fifth of them.
  const all = [''];
  for (let from = 0, length = 1; length <= 3; length += 1) {
    const until = all.length;
    for (const before of all.slice(from, until)) for (const word of ['a', 'b', 'c']) all.push(before + word);
    from = until;
  }
  const holds = (whole: string, part: string): boolean => { let at = 0; for (const one of whole) if (one === part[at]) at += 1; return at === part.length; };
  const lettersOf = (html: string): string => html.replaceAll(/<\/?p>/g, '');
  for (const mine of all) {
    for (const theirs of all.filter((_, index) => index % 5 === 0)) {
      const both = lettersOf(joined(letter(...mine), letter(...theirs)));
      expect(holds(both, mine) && holds(both, theirs), `${mine} and ${theirs} became ${both}`).toBe(true);
    }
  }
});
