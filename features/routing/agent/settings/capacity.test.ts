import { expect, test } from 'vitest';
import { capacityOf, draftOf } from './capacity.ts';

const usual = { total: 12, channels: { email: { weight: 1, most: 12 }, phone: { weight: 12, most: 1 } } };

test('a capacity that is opened and saved is the same', () => {
  expect(capacityOf(draftOf(usual))).toEqual(usual);
});

test('a channel of which only one thing is said takes up nothing, or has no limit', () => {
  const draft = draftOf(usual);
  const chat = (weight: string, most: string) => capacityOf({ ...draft, channels: { ...draft.channels, chat: { weight, most } } })?.channels.chat;
  expect(chat('4', '')).toEqual({ weight: 4, most: 1_000 });
  expect(chat('', '3')).toEqual({ weight: 0, most: 3 });
});

test.each(['', '0', '1.5', 'ten', '1001'])('%j in all is no capacity', (total) => {
  expect(capacityOf({ ...draftOf(usual), total })).toBeNull();
});
