import { expect, test } from 'vitest';
import { articlePath, slugOf } from './article.ts';

test('an address has the words of its title, cut between signs and never through one', () => {
  expect(slugOf('  “Don’t panic”: Връщане & refund!')).toBe('dont-panic-връщане-refund');
  // Two units each: the eightieth is the first half of one.
  const title = `a${'𠮷'.repeat(60)}`;
  expect(slugOf(title)).toBe(`a${'𠮷'.repeat(39)}`);
  expect(decodeURIComponent(articlePath('en', 7, title))).toBe(`/help/en/articles/7-a${'𠮷'.repeat(39)}`);
});
