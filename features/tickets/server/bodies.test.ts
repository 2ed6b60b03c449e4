import { expect, test } from 'vitest';
import { bodyOf } from './bodies.ts';

test('a text beside HTML is the writer’s own as long as it says the same words', () => {
  const html = '<p>Dear Maria,</p><ul><li>a <b>new</b> kettle</li><li>50 €</li></ul>';
  const drawn = 'Dear Maria,\n\n  * a *new* kettle\n  * 50 €';
  expect(bodyOf({ text: drawn, html }).text).toBe(drawn);
});

test.each(['Thank you for your patience.', 'Dear Maria,\na new kettle\n500 €', '', ' '])('a text that says something else than the HTML gives way to it: %j', (text) => {
  const { text: kept, html } = bodyOf({ text, html: '<p>We pay <b>50</b> €.</p><script>alert(1)</script>' });
  expect([kept, html?.safe.includes('script')]).toEqual(['We pay 50 €.', false]);
});

test('text alone stays as it was written', () => {
  expect(bodyOf({ text: ' <b>Hello</b>\n' })).toEqual({ text: '<b>Hello</b>', html: null });
});
