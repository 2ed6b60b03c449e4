import { expect, test } from 'vitest';
import { isCopy, tracesOf } from './copies.ts';

const DRAFT = 'Dear Maria, we are sorry that the kettle arrived cracked. We pay back 500 euro within three days, and you keep the kettle.';

test.each([
  ['the same', DRAFT, true], ['spaced and spelt otherwise', DRAFT.toUpperCase().replaceAll(' ', '\n\n').replaceAll(',', ' –'), true],
  ['with soft hyphens and signs that nobody sees in every word', DRAFT.replace(/(?<=\p{L})(?=\p{L})/gu, '\u00ad\u200b'), true],
  ['a sentence of it among others', 'Hello! We pay back 500 euro within three days, and you keep the kettle. Have a nice week.', true], ['with a word changed here and there', DRAFT.replace('500', '400').replace('Maria', 'Anna'), true],
  ['another text', 'Dear Maria, the parcel left our house yesterday and should be with you on Friday at the latest. Kind regards from all of us here.', false],
  ['a greeting in common', 'Dear Maria, we are sorry that you waited. The parcel left our house yesterday, the courier says that it is in Plovdiv by now and comes to you on Friday before noon at the latest.', false], ['nothing', ' … ', false],
])('%s: %#', (_what, text, copied) => {
  expect(isCopy(text, tracesOf(DRAFT))).toBe(copied);
});

test('short words are compared as a whole, in every script', () => {
  expect([isCopy('Ще платим 500 евро.', tracesOf('ще платим 500 евро')), isCopy('Няма да платим', tracesOf('ще платим 500 евро')), isCopy('سندفع لك', tracesOf('سندفع  لك!'))]).toEqual([true, false, true]);
});
