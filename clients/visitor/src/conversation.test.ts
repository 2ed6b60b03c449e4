import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageView } from './types.ts';
import { type Draft, merged, progressOf, stillToSend, unread } from './conversation.ts';

const message = (seq: number, more: Partial<MessageView> = {}): MessageView =>
  ({ id: `id-${seq}`, seq, conversationId: 'c', clientId: null, from: 'agent', author: 'Ivan', face: null, text: `${seq}`, body: [], files: [], via: 'chat', choices: [], notice: null, at: '2026-11-22T10:00:00Z', ...more });
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
