import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const forged = (messageId: string, address: string) => ({
  envelope: { from: '', to: 'support@shop.test' },
  raw: ['From: MAILER-DAEMON@evil.example', 'To: support@shop.test', 'Subject: Undelivered', 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '', '--r', '', 'Sorry.', '--r',
    'Content-Type: message/delivery-status', '', `Final-Recipient: rfc822; ${address}`, 'Action: failed', 'Status: 5.1.1', '', '--r', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, '', '--r--', ''].join('\r\n'),
});

test('a report without the signed Message-ID of a mail of ours, or about somebody it never went to, suppresses nobody and marks nothing', async () => {
  const d = await mailDesk();
  await d.send({ from: 'ana@example.org', to: 'support@shop.test', subject: 'Q', text: 'Hello.' });
  const [ticket] = await d.tickets();
  const { id } = await d.answer(ticket!.id, 'An answer.');
  const sent = d.sink.received.at(-1)!.mail.messageId!;
  for (const [messageId, address] of [['<made-up@shop.test>', 'ana@example.org'], [sent.replace(/^<./, '<0'), 'ana@example.org'], [sent.replace('@', 'x@'), 'ana@example.org']] as const) {
    await d.send(forged(messageId, address));
  }
  const entry = (await d.entries(ticket!.id)).find((one: { id: string }) => one.id === id);
  expect(entry.delivery).toMatchObject({ state: 'accepted' });
  await d.send(forged(sent, 'victim@example.org'));
  expect((await d.owner.request('GET', '/email/suppressions')).body.items).toEqual([]);
  expect(await d.tickets()).toHaveLength(1);
});

test('somebody who got the same mail cuts nobody else off from it: one report on a mail to several suppresses nobody', async () => {
  const d = await mailDesk();
  await d.send({ from: 'mallory@evil.example', to: 'support@shop.test', cc: 'ana@example.org', subject: 'Q', text: 'Hello.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'An answer.');
  const { to, mail } = d.sink.received.at(-1)!;
  expect(to).toEqual(['mallory@evil.example', 'ana@example.org']);
  await d.send(forged(mail.messageId!, 'ana@example.org'));
  const complaint = forged(mail.messageId!, 'ana@example.org').raw.replace('report-type=delivery-status', 'report-type=feedback-report').replace('message/delivery-status', 'message/feedback-report')
    .replace(/Final-Recipient: rfc822; (.*)\r\nAction: .*\r\nStatus: .*/, 'Feedback-Type: abuse\r\nUser-Agent: X/1\r\nVersion: 1\r\nOriginal-Rcpt-To: $1');
  await d.send({ envelope: { from: 'fbl@evil.example', to: 'support@shop.test' }, raw: complaint });
  expect(await d.ledger()).toMatchObject([{ report: { kind: 'complaint' } }, { report: { kind: 'failed', recipients: [{ address: 'ana@example.org' }] } }, {}]);
  expect((await d.owner.request('GET', '/email/suppressions')).body.items).toEqual([]);
});
