import { expect, test } from 'vitest';
import { onlyHolds } from './holding.ts';

test.each([
  'Thank you, we are looking into it and will get back to you.', 'Благодарим ви! Проверяваме и ще се върнем към вас.', 'Dzień dobry, sprawdzamy sprawę i odezwiemy się.',
  'Здравствуйте! Уточняем информацию, ожидайте, пожалуйста.', 'شكرا لتواصلكم، طلبكم قيد المراجعة.',
])('only holds: %s', (text) => { expect(onlyHolds(text, 0)).toBe(true); });

test.each([
  ['it asks for something', 'We are looking into it. Which number stands on the parcel?', 0], ['it hands over a file', 'We are looking into it, see the label.', 1],
  ['it points somewhere', 'We are working on it: https://status.shop.test', 0], ['it answers', 'Your parcel left today and arrives on Friday.', 0],
  ['it is long', `We looked into it. ${'This is what we found. '.repeat(20)}`, 0],
])('answers, since %s', (_why, text, files) => { expect(onlyHolds(text, files)).toBe(false); });
