import { expect, onTestFinished, test } from 'vitest';
import { startListener } from '../../../platform/mail/listener.ts';
import { mailDesk } from '../../../testing/mail-desk.ts';
import { smtpTalk } from '../../../testing/smtp-talk.ts';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const ANA = { name: 'Ana', address: 'ana@example.org' };
type Desk = Awaited<ReturnType<typeof mailDesk>>;
const mailboxId = async (d: Desk): Promise<string> => (await d.owner.request('GET', '/mailboxes')).body.items[0].id as string;
const acknowledging = async (words = {}) => {
  const d = await mailDesk();
  expect((await d.owner.request('PATCH', `/mailboxes/${await mailboxId(d)}`, { acknowledge: true, name: 'Lale', acknowledgement: words })).status).toBe(200);
  return d;
};

test('a customer is told once, in their language, by a mail that no robot answers and that has none of their words', async () => {
  const d = await acknowledging();
  await d.send({ from: { name: 'Buy https://evil.test', address: 'ana@example.org' }, to: 'support@shop.test', subject: 'evil words', text: 'Dzień dobry, gdzie jest moja paczka? Czekam już dwa tygodnie.', messageId: '<one@example.org>' });
  await d.sender.sendDue();
  const [ticket] = await d.tickets();
  const { from, to, mail, raw } = d.sink.received[0]!;
  expect({ from, to }).toEqual({ from: '', to: ['ana@example.org'] });
  expect(mail).toMatchObject({ subject: `Otrzymaliśmy Twoją wiadomość (nr ${ticket!.number})`, inReplyTo: '<one@example.org>', from: { name: 'Lale', address: 'support@shop.test' } });
  expect(Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]))).toMatchObject({ 'auto-submitted': 'auto-replied', 'x-auto-response-suppress': 'All' });
  expect(raw.toString() + mail.text + mail.html!).not.toContain('evil');

  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Again', text: 'Another question, please.' });
  await d.sender.sendDue();
  expect(d.sink.received).toHaveLength(1);
  d.passMachine(24 * 3600 + 1);
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Next day', text: 'Another question, please.' });
  await d.sender.sendDue();
  expect(d.sink.received).toHaveLength(2);

  // The answer to it joins the ticket, and is not acknowledged.
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re', text: 'And one more thing.', inReplyTo: mail.messageId! });
  expect(await d.entries(ticket!.id)).toHaveLength(2);
});

test('two messages at once from one sender are told once; robots, copies and two desks of ours never', async () => {
  const d = await acknowledging();
  await Promise.all(['a', 'b', 'c'].map((text) => d.send({ from: ANA, to: 'support@shop.test', text: `Hello there ${text}` })));
  for (const headers of [{ 'Auto-Submitted': 'auto-generated' }, { Precedence: 'bulk' }, { 'List-Id': '<l.example>' }]) {
    await d.send({ from: `bot${Object.keys(headers)[0]!.toLowerCase()}@example.org`, to: 'support@shop.test', text: 'x', headers });
  }
  await d.send({ envelope: { from: '', to: 'support@shop.test' }, from: 'null@example.org', to: 'support@shop.test', text: 'x' });
  await d.send({ envelope: { from: 'bcc@example.org', to: 'support@shop.test' }, from: 'bcc@example.org', to: 'somebody@example.org', text: 'x' });
  await d.send({ from: 'support@shop.test', to: 'support@shop.test', text: 'x' });
  await d.sender.sendDue();
  expect(d.sink.received.map(({ to }) => to)).toEqual([['ana@example.org']]);
  expect((await d.ledger()).every(({ state }) => state === 'filed')).toBe(true);
});

test('an automatic answer joins its ticket without making anybody wait, or opens none', async () => {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Q', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'An answer.');
  const headers = { 'Auto-Submitted': 'auto-replied' };
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Away', text: 'I am away.', headers, inReplyTo: d.sink.received[0]!.mail.messageId! });
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Away', text: 'I am away until Monday.', headers });
  expect(await d.entries(ticket!.id)).toHaveLength(3);
  expect((await d.owner.request('GET', `/tickets/${ticket!.id}`)).body).toMatchObject({ waitingSince: null });
  expect(await d.tickets()).toHaveLength(1);
  expect((await d.ledger()).map(({ state, ticketId }) => [state, ticketId])).toEqual([['autoreply', null], ['autoreply', ticket!.id], ['filed', ticket!.id]]);
});

const bounce = (messageId: string, status: string) => ({
  envelope: { from: '', to: 'support@shop.test' },
  raw: ['From: MAILER-DAEMON@mx.example', 'To: support@shop.test', 'Subject: Failed', 'Content-Type: multipart/report; report-type=delivery-status; boundary=r', '', '--r', '', 'Sorry.', '--r',
    'Content-Type: message/delivery-status', '', 'Final-Recipient: rfc822; ana@example.org', `Status: ${status}`, 'Diagnostic-Code: smtp; 550 no such person', '', '--r', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${messageId}`, '', '--r--', ''].join('\r\n'),
});

test('a bounce opens no ticket: it is shown at the mail that failed, and a mere delay changes nothing', async () => {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Q', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  const { id } = await d.answer(ticket!.id, 'An answer.');
  const delivery = async () => (await d.entries(ticket!.id)).find((entry: { id: string }) => entry.id === id).delivery as { state: string; response: string };
  const sent = d.sink.received[0]!.mail.messageId!;

  await d.send(bounce(sent, '4.4.1'));
  expect(await delivery()).toMatchObject({ state: 'accepted' });
  await d.send(bounce('<unknown@shop.test>', '5.1.1'));
  expect(await delivery()).toMatchObject({ state: 'accepted' });
  await d.send(bounce(sent, '5.1.1'));
  expect(await delivery()).toMatchObject({ state: 'failed', response: 'ana@example.org: 550 no such person' });
  expect(await d.tickets()).toHaveLength(1);
  expect((await d.ledger()).map(({ state, ticketId }) => [state, ticketId])).toEqual([['bounce', ticket!.id], ['bounce', null], ['bounce', ticket!.id], ['filed', ticket!.id]]);
});

test('what was accepted by a process that died is filed by the sweep, once', async () => {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'First', text: 'x' });
  // As a process leaves it that dies right after its 250.
  const row = await d.db.owner.selectFrom('inbound_messages').selectAll().executeTakeFirstOrThrow();
  await d.db.owner.insertInto('inbound_messages').values({
    ...row, id: row.id.replace(/^./, 'f'), sha256: await rawOf(d, 'From: b@example.org\r\nTo: support@shop.test\r\nSubject: Left behind\r\n\r\nx\r\n'),
    state: 'received', ticket_id: null, entry_id: null, next_attempt_at: d.machineNow(), done_at: null, message_id: null, authentication: null, fingerprint: null, report: null,
  }).execute();
  await Promise.all([d.email.sweep(), d.email.sweep()]);
  expect((await d.tickets()).map(({ subject }) => subject).sort()).toEqual(['First', 'Left behind']);
  expect(await d.email.waiting()).toMatchObject({ count: 0 });
});

const rawOf = async (d: Desk, raw: string): Promise<string> =>
  (await d.db.work(d.owner.workspaceId, (tx) => d.files.put(tx, d.owner.workspaceId, Buffer.from(raw)))).sha256;

test('a message that cannot be filed three times becomes a ticket with the raw message', async () => {
  const d = await mailDesk();
  await d.poison('subject');
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'poison', text: 'x' });
  expect(await d.ledger()).toMatchObject([{ state: 'received', reason: 'database error P0001' }]);
  for (let i = 0; i < 2; i++) {
    d.passMachine(120);
    await d.email.sweep();
  }
  const [ticket] = await d.tickets();
  expect(ticket).toMatchObject({ subject: '' });
  expect((await d.entries(ticket!.id))[0]).toMatchObject({ notice: 'unparsable' });
  expect(await d.ledger()).toMatchObject([{ state: 'filed', ticketId: ticket!.id }]);
});

test('of a message that cannot be read or filed three times, author, subject and beginning are on its ticket', async () => {
  const d = await mailDesk();
  await d.poison('text');
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Where is it?', text: 'poison', html: '<p>poison</p>' });
  for (let i = 0; i < 2; i++) {
    d.passMachine(120);
    await d.email.sweep();
  }
  const [ticket] = await d.tickets();
  expect(ticket).toMatchObject({ subject: 'Where is it?', customer: { email: 'ana@example.org' } });
  const [entry] = await d.entries(ticket!.id);
  expect(entry).toMatchObject({ notice: 'shortened' });
  expect(entry!.text).toContain('poison');
});

test('without a relay an answer waits where leads can read it, and can still be taken back', async () => {
  const d = await mailDesk({ relay: false });
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Q', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  const reply = await d.answer(ticket!.id, 'It waits.');
  const { body: { items } } = await d.owner.request('GET', '/outbox?state=waiting');
  expect(items).toMatchObject([{ state: 'waiting', to: ['ana@example.org'], subject: 'Re: Q', ticketId: ticket!.id }]);
  expect((await d.owner.request('GET', `/outbox/${items[0].id}`)).body.text).toContain('It waits.');
  expect((await (await d.otherWorkspace()).request('GET', `/outbox/${items[0].id}`)).status).toBe(404);
  expect((await (await d.person('agent', { of: d.owner })).request('GET', '/outbox')).status).toBe(403);
  expect((await d.owner.request('POST', `/outbox/${items[0].id}/retries`)).status).toBe(202);
  expect((await d.owner.request('DELETE', `/tickets/${ticket!.id}/replies/${reply.id}`)).status).toBe(204);
  expect((await d.owner.request('GET', '/outbox?state=withdrawn')).body.items).toHaveLength(1);
});

test('a forward reaches anybody, names the one who wrote, and brings no answer onto the ticket', async () => {
  const d = await mailDesk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Broken', text: 'The kettle leaks.' });
  const [ticket] = await d.tickets();
  const [entry] = await d.entries(ticket!.id);
  expect((await d.owner.request('POST', `/tickets/${ticket!.id}/forwards`, { to: ['maker@factory.example'], entryId: entry.id, text: 'Please look.' })).status).toBe(201);
  d.passMachine(11);
  await d.sender.sendDue();
  const { mail } = d.sink.received[0]!;
  expect(mail).toMatchObject({ subject: 'Fwd: Broken', to: [{ address: 'maker@factory.example' }] });
  expect(mail.inReplyTo).toBeUndefined();
  expect(mail.text).toMatch(/^Please look\.[\s\S]*Ana <ana@example\.org>[\s\S]*The kettle leaks\./);
  await d.send({ from: 'maker@factory.example', to: 'support@shop.test', subject: 'Re: Fwd: Broken', text: 'Send it to us.', inReplyTo: mail.messageId! });
  expect(await d.tickets()).toHaveLength(2);
});

test('mailboxes: made, changed, disabled, and each address once in the installation', async () => {
  const d = await mailDesk();
  const other = await d.otherWorkspace();
  expect((await other.request('GET', '/mailboxes')).body.items).toEqual([]);
  expect((await other.request('POST', '/mailboxes', { address: 'Support@shop.test' })).body).toMatchObject({ code: 'mailbox.address_taken' });
  for (const address of ['a+b@shop.test', '"a b"@shop.test', 'a@[127.0.0.1]', 'nobody']) expect((await d.owner.request('POST', '/mailboxes', { address })).status, address).toBe(400);
  const { status, body } = await d.owner.request('POST', '/mailboxes', { address: 'Sales@shop.test', name: 'Sales' });
  expect({ status, body }).toMatchObject({ status: 201, body: { address: 'Sales@shop.test', smtp: { host: '127.0.0.1' } } });
  expect((await other.request('PATCH', `/mailboxes/${body.id}`, { name: 'x' })).status).toBe(404);
  await d.send({ from: ANA, to: 'sales@shop.test', text: 'x' });
  expect((await (await d.person('agent', { of: d.owner })).request('DELETE', `/mailboxes/${body.id}`)).status).toBe(403);
  expect((await d.owner.request('DELETE', `/mailboxes/${body.id}`)).status).toBe(204);
  await expect(d.send({ from: ANA, to: 'sales@shop.test', text: 'x' })).rejects.toMatchObject({ responseCode: 550 });
  expect((await d.owner.request('POST', '/mailboxes', { address: 'sales@shop.test' })).body).toMatchObject({ id: body.id });
});

test('a raw message over HTTP is filed like one over SMTP, for the mailbox that it names', async () => {
  const d = await mailDesk();
  await d.owner.request('POST', '/mailboxes', { address: 'sales@shop.test' });
  const raw = Buffer.from('From: ana@example.org\r\nTo: Sales <sales+x@shop.test>\r\nSubject: By HTTP\r\nMessage-ID: <h@example.org>\r\n\r\nHi\r\n');
  const headers = { 'content-type': 'message/rfc822' };
  const { status, body } = await d.owner.request('POST', '/email/inbound', raw, headers);
  expect({ status, body }).toEqual({ status: 202, body: { ledgerId: expect.any(String) as string } });
  await d.owner.request('POST', '/email/inbound', raw, headers);
  await d.email.settled();
  expect(await d.tickets()).toMatchObject([{ subject: 'By HTTP' }]);
  expect((await d.ledger()).map(({ state, messageId }) => [state, messageId])).toEqual([['duplicate', '<h@example.org>'], ['filed', '<h@example.org>']]);
  expect((await d.owner.request('POST', '/email/inbound?mailbox=nobody@shop.test', raw, headers)).body).toMatchObject({ code: 'email.no_such_mailbox' });
  expect((await d.owner.request('POST', '/email/inbound', { a: 1 })).status).toBe(400);
  expect((await (await d.person('agent', { of: d.owner })).request('POST', '/email/inbound', raw, headers)).status).toBe(403);
  expect((await d.request('POST', '/email/inbound', raw, headers)).status).toBe(401);
  expect((await d.owner.request('GET', `/email/ledger?limit=1`)).body.nextCursor).toEqual(expect.any(String));
});

test('to whom an answer would go is told beforehand, copies included', async () => {
  const d = await mailDesk();
  await d.send({ from: ANA, to: ['support@shop.test', 'Boss <boss@example.org>'], cc: 'friend@example.org', subject: 'Q', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  expect((await d.owner.request('GET', `/tickets/${ticket!.id}/recipients`)).body).toMatchObject({
    from: { address: 'support@shop.test' }, to: [{ address: 'ana@example.org' }], cc: [{ name: 'Boss', address: 'boss@example.org' }, { address: 'friend@example.org' }],
  });
  expect((await (await d.otherWorkspace()).request('GET', `/tickets/${ticket!.id}/recipients`)).status).toBe(404);
});

test('before the desk is set up, mail to the address that it will begin with is asked to come back, and other mail is refused', async () => {
  const app = await testApp({ owner: false, settings: { mailbox: 'support@shop.test' } });
  const listener = await startListener({ host: '127.0.0.1', port: 0, door: app.email.door, log: { warn: (details) => { throw details['err']; } } });
  onTestFinished(() => listener.close());
  const answersTo = async (address: string): Promise<string> => {
    const talk = await smtpTalk(listener.port);
    await talk.say('EHLO test\r\n');
    await talk.say('MAIL FROM:<ana@example.org>\r\n');
    return talk.say(`RCPT TO:<${address}>\r\n`);
  };
  expect(await answersTo('Support@shop.test')).toBe('450 This desk is not set up yet, come back later');
  expect(await answersTo('sales@shop.test')).toMatch(/^550 /);
  await app.people.createWorkspace({ name: 'Shop', owner: { email: 'owner@shop.test', name: 'Olga Owner', password: null } });
  expect(await answersTo('support@shop.test')).toMatch(/^250 /);
});
