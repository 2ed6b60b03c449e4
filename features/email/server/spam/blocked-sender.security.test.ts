import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const REST = 'To: support@shop.test\r\nMessage-ID: <1@evil.test>\r\n\r\nBuy this now, it is cheap.\r\n';

test.each([
  ['behind other fields', `Subject: a\r\nSubject: b\r\nSubject: c\r\nFrom: mallory@evil.test\r\n${REST}`],
  ['with a space before the colon', `From : mallory@evil.test\r\n${REST}`],
  ['behind more than is looked at', `${`X-Filler: ${'x'.repeat(900)}\r\n`.repeat(80)}From: mallory@evil.test\r\n${REST}`],
  ['in lines of another kind', `From: mallory@evil.test\r\n${REST}`.replaceAll('\r\n', '\r')],
])('a blocked sender does not come in by hiding the author from a quick look: %s', async (_how, raw) => {
  const d = await mailDesk({ relay: false });
  expect((await d.owner.request('POST', '/email/blocked-senders', { sender: 'evil.test' })).status).toBe(201);
  await d.email.door.accept({ envelopeFrom: 'x@innocent.example', envelopeTo: ['support@shop.test'], raw: Buffer.from(raw) });
  await d.email.settled();
  expect(await d.ledger()).toMatchObject([{ state: 'quarantined', reason: 'blocked_sender' }]);
  expect(await d.tickets()).toEqual([]);
});
