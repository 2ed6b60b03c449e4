import { expect, test } from 'vitest';
import { changeItem, isFinished, isSame, type Item } from './checklist.ts';

const AT = new Date('2026-03-02T09:00:00Z');
const LATER = new Date('2026-03-02T10:00:00Z');
const item: Item = { id: '1', text: 'Ask for photos', doneAt: null, doneBy: null, ownerId: 'ana', dueAt: LATER };

test('whoever did it first did it, however often it is said again', () => {
  const done = changeItem(item, { done: true }, { by: 'ana', at: AT });
  expect(done).toMatchObject({ doneAt: AT, doneBy: 'ana' });
  expect(changeItem(done, { done: true }, { by: 'ivan', at: LATER })).toEqual(done);
  expect(changeItem(done, { text: 'Ask for a photo' }, { by: 'ivan', at: LATER })).toMatchObject({ doneAt: AT, doneBy: 'ana', text: 'Ask for a photo' });
  expect(changeItem(done, { done: false }, { by: 'ivan', at: LATER })).toEqual(item);
});

test('owner and day can be taken away, and stay where nothing is said of them', () => {
  expect(changeItem(item, { ownerId: null, dueAt: null }, { by: 'ana', at: AT })).toMatchObject({ ownerId: null, dueAt: null });
  expect(changeItem(item, { text: 'Other' }, { by: 'ana', at: AT })).toMatchObject({ ownerId: 'ana', dueAt: LATER });
  expect(isSame(item, changeItem(item, {}, { by: 'ana', at: AT }))).toBe(true);
  expect(isSame(item, changeItem(item, { dueAt: AT }, { by: 'ana', at: AT }))).toBe(false);
});

test('a list is finished when all of it is done, and an empty one never', () => {
  expect(isFinished([])).toBe(false);
  expect(isFinished([{ doneAt: AT }, { doneAt: null }])).toBe(false);
  expect(isFinished([{ doneAt: AT }, { doneAt: LATER }])).toBe(true);
});
