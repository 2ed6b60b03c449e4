import { expect, test } from 'vitest';
import { createTokens } from './tokens.ts';

const [workspaceId, mailboxId, ticketId, other] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-000000000004'] as const;
const tokens = createTokens(Buffer.alloc(32, 7));
const messageId = () => tokens.messageId({ workspaceId, mailboxId, ticketId, domain: 'shop.test' });

test('a token names its ticket, never twice the same, and survives a program that shouts', () => {
  const [one, two] = [messageId(), messageId()];
  expect(one).toMatch(/^<r1-[a-z2-7]{58}@shop\.test>$/);
  expect(one).not.toBe(two);
  for (const token of [one, two, one.toUpperCase(), one.slice(1).split('@')[0]!]) expect(tokens.ticketOf(token, { workspaceId, mailboxId })).toBe(ticketId);
});

test('another workspace, mailbox or key, and every single changed letter, is worth nothing', () => {
  const token = messageId();
  expect(tokens.ticketOf(token, { workspaceId: other, mailboxId })).toBeNull();
  expect(tokens.ticketOf(token, { workspaceId, mailboxId: other })).toBeNull();
  expect(createTokens(Buffer.alloc(32, 8)).ticketOf(token, { workspaceId, mailboxId })).toBeNull();
  for (let i = 4; i < 62; i++) {
    const forged = token.slice(0, i) + (token[i] === 'a' ? 'b' : 'a') + token.slice(i + 1);
    expect(tokens.ticketOf(forged, { workspaceId, mailboxId }), String(i)).toBeNull();
  }
  for (const junk of ['', '<>', '<r1-@x>', '<r1-aaaa@x>', `<r2-${'a'.repeat(58)}@x>`, `<r1-${'a'.repeat(58)}@x>`, '<1@x>', '__proto__']) {
    expect(tokens.ticketOf(junk, { workspaceId, mailboxId }), junk).toBeNull();
  }
});
