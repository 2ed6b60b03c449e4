import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

const ANA = { name: 'Ana', address: 'ana@example.org' };
type Desk = Awaited<ReturnType<typeof mailDesk>>;

const report = (messageId: string, { address = ANA.address, status = '5.1.1', words = '550 5.1.1 no such person', action = 'failed' } = {}) => ({
  envelope: { from: '', to: 'support@shop.test' },
  raw: ['From: MAILER-DAEMON@mx.example', 'To: support@shop.test', 'Subject: Undelivered Mail Returned to Sender', `Message-ID: <${Math.random()}@mx.example>`,
    'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '', '--r', '', 'Sorry.', '--r', 'Content-Type: message/delivery-status', '',
    `Final-Recipient: rfc822; ${address}`, `Action: ${action}`, `Status: ${status}`, `Diagnostic-Code: smtp; ${words}`, '', '--r', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, '', '--r--', ''].join('\r\n'),
});

async function answered(): Promise<{ d: Desk; ticketId: string; sent: string }> {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Q', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'An answer.');
  return { d, ticketId: ticket!.id, sent: d.sink.received.at(-1)!.mail.messageId! };
}
const suppressed = async (d: Desk) => (await d.owner.request('GET', '/email/suppressions')).body.items as { id: string; address: string; reason: string; words: string }[];
const reply = (d: Desk, ticketId: string) => d.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'Once more.' });

test('an address that is dead is not written to again until somebody lifts that', async () => {
  const { d, ticketId, sent } = await answered();
  await d.send(report(sent));
  const [row] = await suppressed(d);
  expect(row).toMatchObject({ address: 'ana@example.org', reason: 'unknown_address', words: '550 5.1.1 no such person' });
  expect((await d.owner.request('GET', `/tickets/${ticketId}/recipients`)).body).toMatchObject({ undeliverable: [{ id: row!.id, address: 'ana@example.org' }] });
  expect((await d.owner.request('GET', '/email/suppressions?address=Ana@Example.org')).body.items).toHaveLength(1);

  const refused = await reply(d, ticketId);
  expect(refused).toMatchObject({ status: 409, body: { code: 'email.address_suppressed' } });
  expect(refused.body.detail).toContain('ana@example.org');

  expect((await d.owner.request('DELETE', `/email/suppressions/${row!.id}`)).status).toBe(204);
  expect((await d.owner.request('DELETE', `/email/suppressions/${row!.id}`)).status).toBe(404);
  expect(await suppressed(d)).toEqual([]);
  expect((await reply(d, ticketId)).status).toBe(201);
});

test('no automatic mail goes to an address that is dead', async () => {
  const { d, sent } = await answered();
  const mailbox = (await d.owner.request('GET', '/mailboxes')).body.items[0].id as string;
  await d.owner.request('PATCH', `/mailboxes/${mailbox}`, { acknowledge: true });
  await d.send(report(sent));
  const before = d.sink.received.length;
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'New', text: 'Hello, something new.' });
  await d.sender.sendDue();
  expect(d.sink.received).toHaveLength(before);
});

test.each([
  ['a full mailbox', { status: '5.2.2', words: '552 5.2.2 mailbox full' }],
  ['a server that takes no mail from us', { status: '5.7.1', words: '550 5.7.1 blocked by policy' }],
  ['a server that is down', { status: '4.4.1', words: 'connection timed out' }],
  ['a delay', { status: '5.1.1', action: 'delayed' }],
  ['another address', { address: 'boss@example.org' }],
])('%s suppresses nobody', async (_what, more) => {
  const { d, sent } = await answered();
  await d.send(report(sent, more));
  expect(await suppressed(d)).toEqual([]);
});

test('an address that fails softly day after day is given up, one bad day is not enough', async () => {
  const { d, sent } = await answered();
  const soft = { status: '4.2.2', words: '452 4.2.2 mailbox full' };
  for (let i = 0; i < 6; i++) await d.send(report(sent, soft));
  expect(await suppressed(d)).toEqual([]);
  for (let day = 0; day < 4; day++) {
    d.pass(24 * 60);
    await d.send(report(sent, soft));
  }
  expect(await suppressed(d)).toMatchObject([{ address: 'ana@example.org', reason: 'often_failing' }]);
});

test('whoever calls our mail spam gets no more of it', async () => {
  const { d, sent } = await answered();
  await d.send({
    envelope: { from: 'fbl@provider.example', to: 'support@shop.test' },
    raw: ['From: fbl@provider.example', 'To: support@shop.test', 'Subject: complaint', 'Content-Type: multipart/report; report-type=feedback-report; boundary=r', '', '--r', '', 'A complaint.', '--r',
      'Content-Type: message/feedback-report', '', 'Feedback-Type: abuse', 'User-Agent: Provider/1.0', 'Version: 1', `Original-Rcpt-To: ${ANA.address}`, '', '--r', 'Content-Type: message/rfc822', '', `Message-ID: ${sent}`, 'To: ana@example.org', '', 'x', '--r--', ''].join('\r\n'),
  });
  expect(await suppressed(d)).toMatchObject([{ address: 'ana@example.org', reason: 'complaint' }]);
  expect(await d.tickets()).toHaveLength(1);
  expect((await d.ledger())[0]).toMatchObject({ state: 'bounce', report: { kind: 'complaint' } });
});
