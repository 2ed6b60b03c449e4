import { expect, test } from 'vitest';
import { forAuthor } from '../../../platform/mail/authentication.ts';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana <ana@home.example>';
const MALLORY = 'x@evil.example';

/** All signed by the domain of Mallory; people are shown another name, or the envelope's when none can be made out. */
const hidden = (address: string): string[] => [
  `=?utf-8?q?=3C${address.replace('@', '=40')}=3E?=, ${MALLORY}`, `${address}, ${MALLORY}`, `G: ${address};, ${MALLORY}`, `${address};${MALLORY}`,
];

test('two authors in one head: what one domain vouches for does not count for the name of another', async () => {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA });
  const { number } = await d.ticket(ticketId);
  for (const from of hidden('ana@home.example')) {
    const trick = await d.mail({ from, cc: MALLORY, subject: `[#${number}]`, text: 'Send it to another account.' });
    expect([trick.ticketId === ticketId, trick.entry.authentication?.verdict], from).toEqual([false, 'fail']);
    expect((await d.recipients(trick.ticketId)).cc, from).toEqual([]);
  }
  expect((await d.mail({ from: ANA, subject: `[#${number}]` })).ticketId).toBe(ticketId);
});

test('a colleague who is only one of two authors passes nothing on', async () => {
  const d = await provenDesk();
  await d.people.addPerson(d.owner.workspaceId, { email: 'ivan@desk.example', name: 'Ivan', role: 'agent', password: null, teamIds: [] });
  const text = '---------- Forwarded message ---------\nFrom: Maria <maria@elsewhere.example>\nDate: Mon, Mar 2, 2026\nSubject: My account\nTo: <ivan@desk.example>\n\nSend my money elsewhere.';
  for (const from of hidden('ivan@desk.example')) {
    const { ticketId } = await d.mail({ from, subject: 'Fwd: My account', text });
    expect((await d.ticket(ticketId)).customer.email, from).not.toBe('maria@elsewhere.example');
  }
});

test('an author whom only the envelope or the sender field names is vouched for by nobody else', async () => {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA });
  const { number } = await d.ticket(ticketId);
  for (const headers of [[], ['Sender: ana@home.example']]) {
    const trick = await d.mail({ from: `'a, ana <evil.example>`, envelopeFrom: 'ana@home.example', subject: `[#${number}]`, headers });
    expect([trick.entry.author.address, trick.ticketId === ticketId, trick.entry.authentication?.verdict]).toEqual(['ana@home.example', false, 'fail']);
    const called = await d.mail({ from: `'a, ana@home.example' <${MALLORY}>`, envelopeFrom: 'ana@home.example', subject: `[#${number}]`, headers });
    expect([called.entry.author.address, called.ticketId === ticketId], 'somebody else’s address is a name and no author').toEqual([MALLORY, false]);
  }
});

test('of two people of one domain none speaks for the other, in whatever way the head can be read', async () => {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA });
  const { number } = await d.ticket(ticketId);
  const subject = `[#${number}]`;
  for (const headers of [[], ['Sender: ana@home.example']]) {
    const trick = await d.mail({ from: 'Team:;, Mallory <mallory@home.example>', envelopeFrom: 'ana@home.example', subject, headers });
    expect([trick.entry.author.address, trick.ticketId === ticketId]).toEqual(['mallory@home.example', false]);
  }
  // And should two readers differ after all, what one has proved is not for whom the other shows.
  const proved = { verdict: 'pass', domain: 'home.example', spf: null, dkim: 'pass', dmarc: 'pass', arc: null, by: 'us', author: 'Mallory@home.example' } as const;
  expect(['ana@home.example', 'mallory@HOME.example'].map((shown) => forAuthor(proved, shown))).toMatchObject([{ verdict: 'none' }, { verdict: 'pass' }]);
  expect(forAuthor(proved, 'mallory@home.example')).not.toHaveProperty('author');
});
