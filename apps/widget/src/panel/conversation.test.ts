import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageView } from '../../../../features/chat/core/visitor-contract.ts';
import { type Draft, inkOn, merged, progressOf, stillToSend, unread } from './conversation.ts';

const message = (seq: number, more: Partial<MessageView> = {}): MessageView =>
  ({ id: `id-${seq}`, seq, conversationId: 'c', clientId: null, from: 'agent', author: 'Ivan', text: `${seq}`, body: [], files: [], via: 'chat', notice: null, at: '2026-11-22T10:00:00Z', ...more });
const draft = (clientId: string): Draft => ({ clientId, text: '', files: [], isMessage: false, at: '2026-11-22T10:00:00Z', problem: null });

test('whatever comes, and however often, stands there once and in order', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.integer({ min: 1, max: 30 }))), (batches) => {
    const seqs = batches.reduce<MessageView[]>((known, batch) => merged(known, batch.map((seq) => message(seq))), []).map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(batches.flat())].sort((a, b) => a - b));
  }));
});

test('a message that came anew stands for what was known of it', () => {
  expect(merged([message(1, { text: 'before' })], [message(1, { text: 'after' })]).map(({ text }) => text)).toEqual(['after']);
});

test('what another tab has sent is not sent again', () => {
  expect(stillToSend([draft('one'), draft('two')], [message(4, { clientId: 'one', from: 'visitor' })])).toEqual([draft('two')]);
});

test('only answers that nobody has seen are unread', () => {
  expect(unread([message(1), message(2, { from: 'visitor' }), message(3, { from: 'system' }), message(4), message(5)], 3)).toBe(2);
});

test('a message is read, delivered or sent, the furthest of the three', () => {
  expect([3, 5, 6].map((seq) => progressOf(seq, { delivered: 5, read: 3 }))).toEqual(['read', 'delivered', 'sent']);
});

test('words on any colour of a company can be read', () => {
  const light = (hex: string): number => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
    const colour = `#${number.toString(16).padStart(6, '0')}`;
    const ink = inkOn(colour) === '#fff' ? 1 : 0;
    const [a, b] = [light(colour), ink].sort((x, y) => y - x) as [number, number];
    expect((a + 0.05) / (b + 0.05)).toBeGreaterThanOrEqual(4.5);
  }));
});
