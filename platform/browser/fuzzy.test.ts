import { expect, test } from 'vitest';
import { nearness, otherWords, rankOf } from './fuzzy.ts';

const sorted = (wanted: string, names: string[]): string[] =>
  names.flatMap((name) => { const near = nearness(name, wanted); return near === null ? [] : [{ name, near }]; }).sort((a, b) => b.near - a.near).map(({ name }) => name);

test('beginnings come before pieces, pieces before letters in order, and what has none of it is out', () => {
  expect(sorted('rep', ['Prepare', 'Write a reply', 'Reply', 'Recipe', 'Note'])).toEqual(['Reply', 'Write a reply', 'Prepare', 'Recipe']);
  expect(sorted('asig ivan', ['Assign to Ivan', 'Assign to Maria'])).toEqual(['Assign to Ivan']);
});

test('accents, case and script do not stand in the way', () => {
  expect(nearness('Zamówienie', 'zamowien')).not.toBeNull();
  expect(nearness('Отговор на клиента', 'ОТГОВОР клиент')).not.toBeNull();
  expect(nearness('تعيين إلى', 'تعيين')).not.toBeNull();
  expect(nearness('Reply', 'z')).toBeNull();
});

test('other words for a thing are found by their beginnings alone', () => {
  const absence = 'handover hand over end of shift absence vacation return';
  expect(['handover', 'hand over', 'vac', 'return'].map((wanted) => otherWords(absence, wanted))).toEqual([1.5, 3, 1.5, 1.5]);
  expect(otherWords('предаване на смяна отпуск', 'ОТПУСК смяна')).toBe(3);
  expect(['turn', 'hdv', ''].map((wanted) => otherWords(absence, wanted))).toEqual([null, null, null]);
});

test('whoever says another word for a thing means it, before names that have its letters somewhere; names that hold the word come first', () => {
  const offered = [{ label: 'Checklists', group: 'Settings' }, { label: 'Away from now', group: 'Yourself', also: 'sick ill holiday' }, { label: 'Sick notes', group: 'Views' }, { label: 'Reply', group: 'Ticket' }];
  const ranked = (wanted: string) => offered.flatMap((one) => { const rank = rankOf(one, wanted); return rank === null ? [] : [{ ...one, rank }]; }).sort((a, b) => b.rank - a.rank).map(({ label }) => label);
  expect(ranked('sick')).toEqual(['Sick notes', 'Away from now', 'Checklists']);
  expect(ranked('settings check')).toEqual(['Checklists']);
});
