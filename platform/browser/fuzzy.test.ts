import { expect, test } from 'vitest';
import { nearness } from './fuzzy.ts';

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
