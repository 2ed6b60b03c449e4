import { expect, test } from 'vitest';
import { createTokens } from './tokens.ts';

const [workspaceId, mailboxId, ticketId, other, personId] = [1, 2, 3, 4, 5].map((n) => `01900000-0000-7000-8000-00000000000${n}`) as [string, string, string, string, string];
const place = { workspaceId, mailboxId };
const [key, later] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
let time = new Date('2026-03-02T09:00:00Z');
const tokens = createTokens([key], () => time);
const messageId = () => tokens.messageId({ ...place, ticketId, domain: 'shop.test' });
const good = { ticketId, of: 'customer', isOld: false };

test('a token names its ticket, never twice the same, and survives a program that shouts', () => {
  const [one, two] = [messageId(), messageId()];
  expect(one).toMatch(/^<r[a-z2-7]{56}@shop\.test>$/);
  expect(one).not.toBe(two);
  for (const token of [one, two, one.toUpperCase(), one.slice(1).split('@')[0]!]) expect(tokens.read(token, place)).toEqual(good);
});

test('another workspace, mailbox or key, and every single changed letter, is worth nothing', () => {
  const token = messageId();
  expect(tokens.read(token, { workspaceId: other, mailboxId })).toBeNull();
  expect(tokens.read(token, { workspaceId, mailboxId: other })).toBeNull();
  expect(createTokens([later], () => time).read(token, place)).toBeNull();
  for (let i = 1; i < 58; i++) {
    const forged = token.slice(0, i) + (token[i] === 'a' ? 'b' : 'a') + token.slice(i + 1);
    expect(tokens.read(forged, place, personId), String(i)).toBeNull();
  }
  const mark = tokens.mark({ ...place, ticketId });
  for (let i = 0; i < mark.length; i++) expect(tokens.read(mark.slice(0, i) + (mark[i] === 'a' ? 'b' : 'a') + mark.slice(i + 1), place, personId), String(i)).toBeNull();
  for (const junk of ['', '<>', '<r@x>', `<r${'a'.repeat(47)}@x>`, `<n${'a'.repeat(47)}@x>`, '<1@x>', '__proto__']) expect(tokens.read(junk, place, personId), junk).toBeNull();
});

test('a token of more than 400 days ago proves nothing, and still says what it is about', () => {
  const token = messageId();
  time = new Date(time.getTime() + 400 * 86_400_000);
  expect(tokens.read(token, place)).toEqual(good);
  time = new Date(time.getTime() + 86_400_000);
  expect(tokens.read(token, place)).toEqual({ ...good, isOld: true });
  expect(tokens.isOurs(token, place)).toBe(true);
});

test('after the secret has changed, mail that is still out there is understood as long as the earlier secret is known', () => {
  const token = messageId();
  const changed = createTokens([later, key], () => time);
  expect(changed.read(token, place)).toEqual(good);
  expect(tokens.read(changed.messageId({ ...place, ticketId, domain: 'shop.test' }), place)).toBeNull();
});

test('the token of a colleague is theirs alone, and nobody’s token for answering as a customer', () => {
  const token = tokens.messageId({ ...place, ticketId, personId, domain: 'shop.test' });
  expect(tokens.read(token, place, personId)).toEqual({ ...good, of: 'colleague' });
  expect(tokens.read(token, place, other)).toBeNull();
  expect(tokens.read(token, place)).toBeNull();
  expect(tokens.read(token.replace('<n', '<r'), place, personId)).toBeNull();
  expect(tokens.read(messageId().replace('<r', '<n'), place, personId)).toBeNull();
});

test('an address with a token is as long as addresses may be, or there is none; a mark is found in words', () => {
  const address = tokens.answerAddress({ ...place, ticketId, address: 'support@shop.test' })!;
  expect(address).toMatch(/^support\+r[a-z2-7]{47}@shop\.test$/);
  expect(tokens.answerAddress({ ...place, ticketId, address: 'customer.service.team@shop.test' })).toBeNull();
  const mark = tokens.mark({ ...place, ticketId });
  expect(tokens.inWords(`> Hello ${mark.toUpperCase()}\n> and x${mark}`)).toEqual([mark]);
});
