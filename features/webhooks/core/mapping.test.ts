import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applied } from './mapping.ts';
import { nextAttempt, retryAfterMs } from './retry.ts';
import { filled } from './template.ts';

const ORDER = { order: { number: 1042, 'a/b': 'slash', 'm~n': 'tilde', items: [{ name: 'Kettle' }] }, buyer: { email: 'maria@example.org', name: 'Maria' }, empty: null, yes: true };

test.each([
  ['Order {/order/number} of {/buyer/name}', 'Order 1042 of Maria'],
  ['{/order/items/0/name}', 'Kettle'],
  ['{/order/a~1b} {/order/m~0n}', 'slash tilde'],
  ['{/yes}{/empty}{/nowhere/at/all}', 'true'],
  ['{/order/items}', '[\n  {\n    "name": "Kettle"\n  }\n]'],
  ['{not a place} {} {/__proto__/x} {/constructor}', '{not a place} {}'],
])('%s is filled', (template, text) => {
  expect(filled(template, ORDER, 1000)).toBe(text);
});

test('what is put in is never looked into again, and never longer than may be', () => {
  expect(filled('{/a}', { a: '{/b}', b: 'secret' }, 100)).toBe('{/b}');
  fc.assert(fc.property(fc.string(), fc.jsonValue(), fc.nat(50), (template, payload, most) => {
    const text = filled(`${template}{/a}`, payload, most);
    return text.length <= most && text.isWellFormed();
  }));
});

test('a ticket wants a subject, words and somebody whom it is about; what one can do without is left out', () => {
  const mapping = { subject: 'Order {/order/number}', text: 'Broken', email: '{/buyer/email}', name: '{/buyer/name}', priority: '{/priority}', tags: 'shop, Shop, {/order/items/0/name}', id: '{/order/number}' };
  expect(applied('ticket', mapping, ORDER)).toEqual({
    mapped: { subject: 'Order 1042', text: 'Broken', name: 'Maria', email: 'maria@example.org', phone: null, ticketNumber: null, priority: null, tags: ['Shop', 'Kettle'], id: '1042' }, problems: [],
  });
  expect(applied('ticket', { ...mapping, priority: 'whatever' }, ORDER).problems).toEqual([{ field: 'priority', code: 'malformed', isFatal: false }]);
  expect(applied('ticket', { text: '{/x}' }, ORDER).problems).toEqual([
    { field: 'text', code: 'missing', isFatal: true }, { field: 'subject', code: 'missing', isFatal: true }, { field: 'email', code: 'missing', isFatal: true },
  ]);
  expect(applied('ticket', { ...mapping, email: 'nobody', phone: '+359 88 123 45 67' }, ORDER)).toMatchObject({ mapped: { email: null, phone: '+359 88 123 45 67' }, problems: [{ field: 'email', isFatal: false }] });
});

test('a note wants words and a ticket, and a subject stays on one line', () => {
  expect(applied('note', { text: 'Shipped', ticketNumber: '#{/order/number}', subject: 'a\r\nBcc: b' }, ORDER).mapped).toMatchObject({ ticketNumber: 1042, subject: 'a Bcc: b', email: null });
  for (const ticketNumber of ['0', '-1', '1e3', '12x']) expect(applied('note', { text: 'x', ticketNumber }, {}).problems, ticketNumber).toEqual([{ field: 'ticketNumber', code: 'malformed', isFatal: true }]);
});

test('attempts spread over three days, and whoever asks for time gets it', () => {
  const at = new Date('2026-03-02T09:00:00Z');
  const pauses = Array.from({ length: 9 }, (_, i) => (nextAttempt({ attempts: i + 1, at, random: 0.5 })!.getTime() - at.getTime()) / 1000);
  expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect(pauses.reduce((sum, one) => sum + one)).toBeGreaterThan(3 * 86_400);
  expect(nextAttempt({ attempts: 10, at, random: 0.5 })).toBeNull();
  expect(nextAttempt({ attempts: 1, at, retryAfterMs: 3_600_000, random: 0 })).toEqual(new Date('2026-03-02T10:00:00Z'));
  expect(nextAttempt({ attempts: 1, at, retryAfterMs: 1e15, random: 0 })).toEqual(new Date('2026-03-03T09:00:00Z'));
  expect([retryAfterMs('120', at), retryAfterMs('Mon, 02 Mar 2026 09:01:00 GMT', at), retryAfterMs('soon', at), retryAfterMs('-5', at), retryAfterMs(undefined, at)]).toEqual([120_000, 60_000, 0, 0, 0]);
});
