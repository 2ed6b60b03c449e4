import { expect, test } from 'vitest';
import { isTheirs, isWordForWord } from './exchange.ts';

const maria = { ids: new Set(['maria']), addresses: new Set(['maria@example.org', 'm@work.example']), isShared: false };
const entry = {
  type: 'message', direction: 'in', authorKind: 'customer', authorId: 'maria', authorAddress: 'Maria@example.org', recipients: null, forwardedEntryId: null,
} as const;
const sent = { ...entry, direction: 'out', authorKind: 'person', authorId: 'agent', authorAddress: null } as const;
const to = (...addresses: string[]) => ({ to: addresses.map((address) => ({ name: '', address })), cc: [] });

test('they see what they wrote, from whichever of their addresses', () => {
  expect(isTheirs(entry, maria)).toBe(true);
  expect(isTheirs({ ...entry, authorId: 'an earlier record', authorAddress: 'M@work.example' }, maria)).toBe(true);
});

test('they see what was sent to them, and not what was sent to somebody else on the same ticket', () => {
  expect(isTheirs({ ...sent, recipients: to('maria@EXAMPLE.org') }, maria)).toBe(true);
  expect(isTheirs({ ...sent, recipients: { to: [], cc: [{ name: '', address: 'm@work.example' }] } }, maria)).toBe(true);
  expect(isTheirs({ ...sent, recipients: to('supplier@example.net') }, maria)).toBe(false);
});

test('notes, what was passed on, and what others wrote are not theirs', () => {
  expect(isTheirs({ ...sent, type: 'note', direction: 'internal' }, maria)).toBe(false);
  expect(isTheirs({ ...sent, recipients: to('maria@example.org'), forwardedEntryId: 'one' }, maria)).toBe(false);
  expect(isTheirs({ ...entry, authorId: 'ivan', authorAddress: 'ivan@example.org' }, maria)).toBe(false);
  expect(isTheirs({ ...entry, authorId: 'ivan', authorAddress: 'ivan@example.org', recipients: to('support@desk.test', 'maria@example.org') }, maria)).toBe(true);
});

test('what names nobody is theirs only as long as the ticket is theirs alone', () => {
  const chat = { ...sent, recipients: null };
  const call = { ...entry, type: 'call', authorKind: 'person', authorId: 'agent', authorAddress: null } as const;
  expect([isTheirs(chat, maria), isTheirs(call, maria)]).toEqual([true, true]);
  expect([isTheirs(chat, { ...maria, isShared: true }), isTheirs(call, { ...maria, isShared: true })]).toEqual([false, false]);
  expect([isWordForWord(chat), isWordForWord(call)]).toEqual([true, false]);
});
