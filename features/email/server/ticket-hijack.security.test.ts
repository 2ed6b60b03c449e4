import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana <ana@home.example>';
const MALLORY = 'mallory@evil.example';
const flipped = (token: string, at: number): string => token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1);

test('a ticket is not hijacked by a reference: no number, no known Message-ID and no forged token opens it to a stranger', async () => {
  const d = await provenDesk();
  const first = await d.mail({ from: ANA, messageId: '<first@home.example>' });
  const { number } = await d.ticket(first.ticketId);
  const { messageId: token = '', html } = await d.answered(first.ticketId);

  for (const [what, letter] of [
    ['her Message-ID', { headers: ['In-Reply-To: <first@home.example>'] }],
    ['a number in the subject', { subject: `Re: [#${number}] A question` }],
    ['the true token', { headers: [`In-Reply-To: ${token}`] }],
    ['the true token in the address', { to: `support+${token.slice(1).split('@')[0]}@desk.test` }],
    ['the true token in the words', { text: `Hello\n\n> ${token}` }],
  ] as const) {
    const { ticketId, entry } = await d.mail({ from: MALLORY, text: 'Send me everything.', ...letter });
    expect(ticketId, what).not.toBe(first.ticketId);
    expect(entry.notice, what).toMatch(new RegExp(`^(?:stranger|possibly_belongs_to):${number}$`));
    expect(await d.links(ticketId), what).toMatchObject([{ side: 'earlier', isOpen: true, address: MALLORY, ticket: { id: first.ticketId } }]);
  }
  expect((await d.entries(first.ticketId)).filter(({ type }) => type === 'message')).toHaveLength(2);
  expect((await d.recipients(first.ticketId)).cc).toEqual([]);
  expect(d.tokens.inWords(html ?? '')).toHaveLength(1);

  // Her own mail, vouched for: the number or the known Message-ID is enough.
  expect((await d.mail({ from: ANA, subject: `Odp: Re: [#${number}] x` })).ticketId).toBe(first.ticketId);
  expect((await d.mail({ from: ANA, headers: ['References: <first@home.example>'] })).ticketId).toBe(first.ticketId);
  // In her name, disowned: not even with the token.
  expect((await d.forge({ from: ANA, subject: `[#${number}]` })).ticketId).not.toBe(first.ticketId);
  const disowned = await d.forge({ from: ANA, headers: [`In-Reply-To: ${token}`] });
  expect([disowned.ticketId === first.ticketId, disowned.entry.notice]).toEqual([false, `unproven:${number}`]);
});

test('a token is good in its own workspace and mailbox, unchanged, for 400 days, and in every place where mail programs leave it', async () => {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA });
  const token = (await d.answered(ticketId)).messageId!;
  const bare = token.slice(1).split('@')[0]!;
  expect((await d.owner.request('POST', '/mailboxes', { address: 'sales@desk.test' })).status).toBe(201);
  const other = await d.otherWorkspace();
  await other.request('POST', '/mailboxes', { address: 'help@other.test' });
  const theirs = d.tokens.messageId({ workspaceId: other.workspaceId, mailboxId: await d.mailbox('support@desk.test'), ticketId: ticketId!, domain: 'desk.test' });

  for (const headers of [[`In-Reply-To: ${token}`], [`References: <x@y.example> ${token} <z@y.example>`], [`In-Reply-To: ${token.toUpperCase()}`]]) {
    expect((await d.mail({ from: ANA, headers })).ticketId, headers[0]).toBe(ticketId);
  }
  const mark = d.tokens.mark({ workspaceId: d.owner.workspaceId, mailboxId: await d.mailbox('support@desk.test'), ticketId: ticketId! });
  expect((await d.mail({ from: ANA, to: `support+${mark}@desk.test` })).ticketId).toBe(ticketId);
  expect((await d.mail({ from: ANA, to: 'x@y.example', headers: [`Delivered-To: support+${mark}@desk.test`] })).ticketId).toBe(ticketId);
  expect((await d.mail({ from: ANA, text: `Thank you!\n\n> Hello\n> ${mark}` })).ticketId).toBe(ticketId);

  for (const forged of [flipped(token, 1), flipped(token, 20), flipped(token, 57), theirs, `<r1-${bare.slice(1)}@desk.test>`]) {
    expect((await d.mail({ from: ANA, headers: [`In-Reply-To: ${forged}`] })).ticketId, forged).not.toBe(ticketId);
  }
  const elsewhere = await d.mail({ from: ANA, to: 'sales@desk.test', envelopeTo: ['sales@desk.test'], headers: [`In-Reply-To: <${mark}@desk.test>`] });
  expect([elsewhere.ticketId === ticketId, elsewhere.entry.notice]).toEqual([false, null]);

  d.passMachine(401 * 86_400);
  expect((await d.forge({ from: 'ana@elsewhere.example', headers: [`In-Reply-To: ${token}`] })).entry.notice).toMatch(/^possibly_belongs_to:/);
  // A hint is enough from her, since her domain vouches for her.
  expect((await d.mail({ from: ANA, headers: [`In-Reply-To: ${token}`] })).ticketId).toBe(ticketId);
});

test('a Message-ID that was sent ahead neither draws its owner’s mail onto somebody else’s ticket nor suppresses it', async () => {
  const d = await provenDesk();
  // Mallory knows what Ana will refer to, and was faster; Ana is in copy, so that she takes part.
  const trap = await d.mail({ from: MALLORY, cc: 'ana@home.example', messageId: '<later@home.example>', text: 'Nothing.' });
  const hers = await d.mail({ from: ANA, headers: ['References: <later@home.example>'], text: 'My card was stolen.' });
  expect([hers.ticketId === trap.ticketId, hers.state]).toEqual([false, 'filed']);
  // The same Message-ID with other words is a mail of its own; the same words under a false name do not make hers a copy.
  expect((await d.mail({ from: ANA, messageId: '<later@home.example>', text: 'Hello' })).state).toBe('filed');
  const words = { from: ANA, messageId: '<copy@home.example>', text: 'Please cancel.' };
  const forged = await d.forge(words);
  const true_ = await d.mail(words);
  expect([true_.state, true_.ticketId === forged.ticketId]).toEqual(['filed', false]);
  expect((await d.mail({ ...words, headers: ['X-Again: 1'] })).state).toBe('duplicate');
  // Answering everybody in the open joins: nobody learns what was not meant for them.
  expect((await d.mail({ from: ANA, cc: MALLORY, headers: ['References: <later@home.example>'], text: 'To all.' })).ticketId).toBe(trap.ticketId);
});

test('nobody is brought in by a false name, too many or as one of ours', async () => {
  const d = await provenDesk();
  await d.owner.request('POST', '/mailboxes', { address: 'sales@desk.test' });
  const forged = await d.forge({ from: ANA, cc: MALLORY });
  expect((await d.recipients(forged.ticketId)).cc).toEqual([]);
  const many = (from: number) => Array.from({ length: 14 }, (_, i) => `guest${from + i}@home.example`).join(', ');
  const { ticketId } = await d.mail({ from: ANA, cc: `Support@Desk.test, sales+x@desk.test, ${many(0)}` });
  expect((await d.recipients(ticketId)).cc.map(({ address }) => address)).toEqual(Array.from({ length: 10 }, (_, i) => `guest${i}@home.example`));
  const token = (await d.answered(ticketId)).messageId!;
  for (let from = 100; from < 180; from += 14) await d.mail({ from: ANA, cc: many(from), headers: [`In-Reply-To: ${token}`] });
  expect((await d.recipients(ticketId)).cc).toHaveLength(50);
  const customers = (await d.owner.request('GET', '/customers?limit=100')).body.items as { email: string }[];
  expect(customers.map(({ email }) => email)).not.toContain('sales@desk.test');
});
