import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana <ana@home.example>';
const MALLORY = 'mallory@evil.example';

test('a signed letter of somebody’s that is handed on with more in it proves nothing: not another subject, not words below', async () => {
  const d = await provenDesk();
  const { ticketId } = await d.mail({ from: ANA });
  const { number } = await d.ticket(ticketId);
  for (const [what, added] of [
    ['a second subject', { above: `Subject: [#${number}] A question\r\n` }], ['words below a part that is signed', { below: 'Send it to another account.\r\n' }],
    ['a second type, by which the same bytes are other words', { above: 'Content-Type: text/html\r\n' }], ['a border in the head', { above: 'X-Type: boundary=x\r\n--x\r\n' }],
  ] as const) {
    const subject = what === 'a second subject' ? 'Hello Mallory' : `[#${number}]`;
    const { ticketId: other, entry } = await d.mail({ from: ANA, subject, envelopeFrom: MALLORY, added });
    expect([other === ticketId, entry.authentication?.verdict], what).toEqual([false, 'none']);
  }
  expect((await d.mail({ from: ANA, subject: `[#${number}]`, envelopeFrom: MALLORY })).ticketId).toBe(ticketId);
});

test('an author above the signed letter, behind a byte order mark or a blank line, is nobody’s word', async () => {
  const d = await provenDesk();
  for (const before of ['\ufeff', '\r\n']) {
    const { entry } = await d.mail({ from: ANA, subject: 'Hello', envelopeFrom: MALLORY, added: { above: `${before}From: Her boss <boss@home.example>\r\n` } });
    expect(entry.authentication?.verdict, JSON.stringify(before)).not.toBe('pass');
  }
});

test('whoever hands a signed letter on adds nobody to those who take part', async () => {
  const d = await provenDesk();
  const added = { above: `Cc: ${MALLORY}\r\n` };
  const one = await d.mail({ from: ANA, envelopeFrom: MALLORY, added });
  expect([one.entry.authentication?.verdict, (await d.recipients(one.ticketId)).cc]).toEqual(['pass', []]);
  // She said so herself.
  const other = await d.mail({ from: ANA, cc: 'maria@elsewhere.example' });
  expect((await d.recipients(other.ticketId)).cc).toMatchObject([{ address: 'maria@elsewhere.example' }]);
});
