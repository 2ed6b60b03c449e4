import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';

const EMOJI = '😀';

/** A mail as bytes, sent by anybody; what the ledger says about it, and what came of answering it. */
async function desk() {
  const app = await mailDesk();
  const [mailbox] = (await app.owner.request('GET', '/mailboxes')).body.items;
  await app.owner.request('PATCH', `/mailboxes/${mailbox.id}`, { acknowledge: true });
  let count = 0;
  return {
    ...app, mailbox,
    async answered(head: string, text = 'hello') {
      const from = `stranger${count += 1}@evil.example`;
      const raw = `${/^from:/im.test(head) ? '' : `From: ${from}\r\n`}${head}\r\nContent-Type: text/plain; charset=utf-8\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n\r\n${text}\r\n`;
      await app.program.sendMail({ envelope: { from, to: ['support@shop.test'] }, raw });
      await app.email.settled();
      const [row] = await app.ledger();
      const reply = row!.ticketId === null ? null : await app.owner.request('POST', `/tickets/${row!.ticketId}/replies`, { text: 'our answer' });
      return { ...row!, reply: reply?.status, code: reply?.body.code as string | undefined };
    },
  };
}

test('nothing that a stranger writes makes a ticket that cannot be filed, acknowledged or answered', async () => {
  const app = await desk();
  const to = 'To: support@shop.test';
  for (const [name, head, text] of [
    ['control character in Message-ID', `${to}\r\nSubject: a\r\nMessage-ID: <a\x7fb@evil.example>`, 'x'],
    ['half a character at the end of a subject', `${to}\r\nSubject: ${'a'.repeat(899)}${EMOJI}b\r\nMessage-ID: <s1@evil.example>`, 'x'],
    ['half a character at the end of a name', `To: "${'a'.repeat(299)}${EMOJI}b" <support@shop.test>\r\nSubject: b\r\nMessage-ID: <s2@evil.example>`, 'x'],
    ['half a character at the end of the quote', `${to}\r\nSubject: c\r\nMessage-ID: <s3@evil.example>`, `${`${'a'.repeat(79)}\r\n`.repeat(249)}${'b'.repeat(79)}${EMOJI}x`],
    ['lines in an encoded subject', `${to}\r\nSubject: =?utf-8?Q?x=0D=0ABcc:_victim@x.example?=\r\nMessage-ID: <s5@evil.example>`, 'x'],
  ] as const) expect(await app.answered(head, text), name).toMatchObject({ state: 'filed', reason: null, reply: 201 });
  app.passMachine(11);
  await app.sender.sendDue();
  for (const { raw } of app.sink.received) expect(raw.toString('latin1').split('\r\n\r\n')[0]).not.toMatch(/^bcc/im);
});

test('an address in quotes is nobody else’s: the answer never goes to a mailbox that did not write', async () => {
  const app = await desk();
  const { from, reply, code } = await app.answered('From: "vic tim"@evil.example\r\nTo: support@shop.test\r\nSubject: quoted');
  expect([from, reply, code]).toEqual(['vic tim@evil.example', 400, 'mail.address_refused']);
  const customers = (await app.owner.request('GET', '/customers')).body.items as { email: string }[];
  expect(customers.map(({ email }) => email)).not.toContain('victim@evil.example');
});

test('a mailbox cannot be named so that nobody can answer from it', async () => {
  const app = await desk();
  const { status } = await app.owner.request('PATCH', `/mailboxes/${app.mailbox.id}`, { name: 'Shop\r\nBcc: victim@x.example' });
  expect(status).toBe(400);
});

test('a raw message with an Idempotency-Key is filed at once, and once', async () => {
  const app = await desk();
  const raw = Buffer.from('From: maria@example.org\r\nTo: support@shop.test\r\nSubject: kettle\r\n\r\nhello\r\n');
  const send = () => app.owner.request('POST', '/email/inbound', raw, { 'content-type': 'message/rfc822', 'idempotency-key': 'one' });
  const [first, second] = [await send(), await send()];
  expect([first.status, second.status, second.body]).toEqual([202, 202, first.body]);
  await app.email.settled();
  expect(await app.ledger()).toMatchObject([{ state: 'filed' }]);
});
