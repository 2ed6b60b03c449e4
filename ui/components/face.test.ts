import { expect, test } from 'vitest';
import { faceOf, initialsOf } from './face.ts';

test.each([
  ['Maria Petrova', 'MP'],
  ['Мария Петрова-Иванова', 'МИ'],
  ['zofia', 'Z'],
  ['Łukasz Żak', 'ŁŻ'],
  ['maria.petrova@shop.bg', 'M'],
  ['ليلى حداد', 'ل'],
  ['  (no name) ', 'N'],
  ['', ''],
  ['— !', ''],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('one person keeps one face, and many people share all of them', () => {
  const ids = Array.from({ length: 400 }, (_, index) => `018f-${index}`);
  expect(faceOf('018f-7', 8)).toBe(faceOf('018f-7', 8));
  expect(new Set(ids.map((id) => faceOf(id, 8))).size).toBe(8);
});
