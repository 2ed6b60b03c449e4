import { expect, test } from 'vitest';
import { linesOf, toChoices } from './choices.ts';

test('buttons are lines in each language, and come back as they were', () => {
  const choices = [{ en: 'Yes', bg: 'Да' }, { bg: 'Може би' }, { en: 'No', bg: 'Не' }];
  expect(linesOf(choices)).toEqual({ en: 'Yes\n\nNo', bg: 'Да\nМоже би\nНе' });
  expect(toChoices(linesOf(choices))).toEqual(choices);
  expect(toChoices({ en: ' \n Yes \n\n' })).toEqual([{ en: 'Yes' }]);
  expect([toChoices({}), toChoices({ en: 'abcdefgh'.split('').join('\n') }).length]).toEqual([[], 6]);
});
