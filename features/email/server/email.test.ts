import { sql } from 'kysely';
import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { startListener } from '../../../platform/mail/listener.ts';
import { mailDesk as desk } from '../../../testing/mail-desk.ts';

const ANA = { name: 'Ана Петрова', address: 'ana@example.org' };

test('a mail becomes a ticket, the answer arrives threaded, and the answer to it joins the ticket', async () => {
  const d = await desk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Къде е моята поръчка?', text: 'Здравейте, поръчката ми № 4711 още не е пристигнала. Благодаря!', messageId: '<first@example.org>' });
  const [ticket] = await d.tickets();
  expect(ticket).toMatchObject({ subject: 'Къде е моята поръчка?', language: 'bg', customer: { name: 'Ана Петрова', email: 'ana@example.org' } });

  await d.owner.request('PATCH', `/mailboxes/${(await d.owner.request('GET', '/mailboxes')).body.items[0].id}`, { name: 'Магазин Лале', signature: 'Екипът на Лале\nтел. 02 123' });
  const { id } = await d.answer(ticket!.id, 'Изпратихме я днес.');
  const { mail, from, to } = d.sink.received[0]!;
  expect({ from, to }).toEqual({ from: 'support@shop.test', to: ['ana@example.org'] });
  expect(mail).toMatchObject({
    from: { name: 'Магазин Лале', address: 'support@shop.test' }, to: [ANA], subject: 'Re: Къде е моята поръчка?',
    inReplyTo: '<first@example.org>', references: '<first@example.org>',
  });
  expect(mail.text).toMatch(/^Изпратихме я днес\.\n\n-- \nЕкипът на Лале\nтел\. 02 123\n\nНа .* Ана Петрова <ana@example\.org> написа:\n> Здравейте/);
  expect(mail.html).toContain('<html lang="bg" dir="ltr">');

  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re: Къде е моята поръчка?', text: 'Чудесно, благодаря!', inReplyTo: mail.messageId!, references: [`${mail.references} ${mail.messageId}`] });
  expect(await d.tickets()).toHaveLength(1);
  const entries = await d.entries(ticket!.id);
  expect(entries.map((entry: { direction: string; text: string }) => [entry.direction, entry.text.slice(0, 20)])).toEqual([
    ['in', 'Здравейте, поръчката'], ['out', 'Изпратихме я днес.'], ['in', 'Чудесно, благодаря!']]);
  expect(entries.find((entry: { id: string }) => entry.id === id).delivery).toMatchObject({ state: 'accepted', undoUntil: null });
});

test('a token joins a ticket only in the hand of somebody who takes part', async () => {
  const d = await desk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'One', text: 'Hello, where is my parcel?' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'On its way.');
  const token = d.sink.received[0]!.mail.messageId!;

  await d.send({ from: 'mallory@evil.test', to: 'support@shop.test', subject: 'Re: One', text: 'Tell me everything.', inReplyTo: token });
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re: One', text: 'Forged.', inReplyTo: token.replace(/.@/, (c) => (c[0] === 'a' ? 'b@' : 'a@')) });
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re: One', text: 'Known id only.', inReplyTo: '<x@y>', references: '<nothing@example.org>' });

  expect(await d.entries(ticket!.id)).toHaveLength(2);
  const others = (await d.tickets()).filter(({ id }) => id !== ticket!.id);
  expect(others).toHaveLength(3);
  const notices = await Promise.all(others.map(async ({ id }) => (await d.entries(id))[0].notice));
  expect(notices).toContain(`stranger:${ticket!.number}`);
});

test('a token of one workspace is worth nothing in another', async () => {
  const d = await desk();
  const other = await d.otherWorkspace();
  expect((await other.request('POST', '/mailboxes', { address: 'help@other.test' })).status).toBe(201);
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Mine', text: 'Hello there, please help me.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'Yes?');
  await d.send({ from: ANA, to: 'help@other.test', subject: 'Re: Mine', text: 'Elsewhere.', inReplyTo: d.sink.received[0]!.mail.messageId! });
  expect(await d.entries(ticket!.id)).toHaveLength(2);
  const { items } = (await other.request('GET', '/tickets')).body;
  expect(items).toMatchObject([{ subject: 'Re: Mine' }]);
  expect((await d.owner.request('GET', `/tickets/${items[0].id}`)).status).toBe(404);
});

test('a closed ticket is not reopened by an answer: a new one continues it', async () => {
  const d = await desk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Old', text: 'Hello, a question.' });
  const [ticket] = await d.tickets();
  await d.answer(ticket!.id, 'An answer.');
  expect((await d.owner.request('PATCH', `/tickets/${ticket!.id}`, { status: 'closed' })).body.status).toBe('closed');
  expect((await d.owner.request('PATCH', `/tickets/${ticket!.id}`, { status: 'open' })).status).toBe(409);
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Re: Old', text: 'One more thing.', inReplyTo: d.sink.received[0]!.mail.messageId! });
  const fresh = (await d.tickets()).find(({ id }) => id !== ticket!.id)!;
  expect((await d.entries(fresh.id))[0].notice).toBe(`follows:${ticket!.number}`);
});

test('attachments, pictures inside, several alphabets and old charsets come through whole', async () => {
  const d = await desk();
  const picture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
  await d.send({
    from: { name: 'Żółć', address: 'z@example.pl' }, to: 'Support+anything@Shop.test', subject: 'صورة', text: 'مرحبا', html: '<p>مرحبا <img src="cid:logo"></p><script>x</script>',
    attachments: [{ filename: 'фактура №5.pdf', content: Buffer.from('%PDF-1.4') }, { filename: '../../e\u202evil.png', content: picture, cid: 'logo' }],
  });
  const [ticket] = await d.tickets();
  const [entry] = await d.entries(ticket!.id);
  expect(entry).toMatchObject({ subject: 'صورة', text: 'مرحبا', author: { name: 'Żółć' } });
  expect(entry.html).not.toContain('script');
  expect(entry.attachments.map((file: { name: string; contentType: string }) => [file.name, file.contentType])).toEqual([['evil.png', 'image/png'], ['фактура №5.pdf', 'application/pdf']]);

  for (const [charset, encoded] of [
    ['windows-1251', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2])], ['koi8-r', Buffer.from([0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4])], ['iso-8859-5', Buffer.from([0xbf, 0xe0, 0xd8, 0xd2, 0xd5, 0xe2])],
  ] as const) {
    const head = `From: =?${charset}?B?${encoded.toString('base64')}?= <i@example.ru>\r\nTo: support@shop.test\r\nSubject: =?${charset}?Q?${[...encoded].map((b) => `=${b.toString(16).toUpperCase()}`).join('')}?=\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
    await d.program.sendMail({ envelope: { from: 'i@example.ru', to: ['support@shop.test'] }, raw: Buffer.concat([Buffer.from(head), encoded, Buffer.from(`\r\n`)]) });
    await d.email.settled();
    const [latest] = await d.tickets();
    expect(latest, charset).toMatchObject({ subject: 'Привет', customer: { name: 'Привет' } });
  }
});

test('what cannot be read whole becomes a ticket with what can, and the raw message: nothing is ever lost', async () => {
  const d = await desk();
  const bomb = `From: b@example.org\r\nTo: support@shop.test\r\nSubject: Where is it?\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nMy parcel\r\n${'--x\r\n\r\n'.repeat(3000)}--x--\r\n`;
  await d.send({ envelope: { from: 'b@example.org', to: 'support@shop.test' }, raw: bomb });
  const [ticket] = await d.tickets();
  const [entry] = await d.entries(ticket!.id);
  expect(ticket).toMatchObject({ subject: 'Where is it?' });
  expect(entry).toMatchObject({ notice: 'shortened', text: 'My parcel', author: { address: 'b@example.org' } });
  const raw = await d.owner.request('GET', entry.rawUrl);
  expect(raw).toMatchObject({ status: 200, headers: { 'content-type': 'message/rfc822', 'x-content-type-options': 'nosniff' } });
  expect(raw.body).toBe(bomb);
  expect((await (await d.otherWorkspace()).request('GET', entry.rawUrl)).status).toBe(404);
});

test('mail for somebody who is not here is refused, and the same bytes twice are one ticket', async () => {
  const d = await desk();
  await expect(d.send({ from: ANA, to: 'nobody@shop.test', text: 'x' })).rejects.toMatchObject({ responseCode: 550 });
  await expect(d.send({ from: ANA, to: 'root@localhost', text: 'x' })).rejects.toMatchObject({ responseCode: 550 });
  const raw = 'From: ana@example.org\r\nTo: support@shop.test\r\nSubject: Twice\r\nMessage-ID: <t@example.org>\r\n\r\nHello\r\n';
  const envelope = { from: 'ana@example.org', to: ['support@shop.test'] };
  await Promise.all([d.send({ envelope, raw }), d.send({ envelope, raw })]);
  await d.send({ envelope, raw });
  expect(await d.tickets()).toHaveLength(1);
  expect((await d.ledger()).map(({ state }) => state).sort()).toEqual(['duplicate', 'duplicate', 'filed']);
});

test('250 means committed: when the database refuses, the sender is asked to come back and nothing is half there', async () => {
  const d = await desk();
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no room'; end $$`.execute(d.db.owner);
  // At commit, when everything has been written.
  await sql`create constraint trigger refuse after insert on inbound_messages deferrable initially deferred for each row execute function refuse()`.execute(d.db.owner);
  const listener = await startListener({ host: '127.0.0.1', port: 0, door: d.email.door, log: { warn: () => undefined } });
  const program = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  onTestFinished(async () => { program.close(); await listener.close(); });
  await expect(program.sendMail({ from: ANA, to: 'support@shop.test', text: 'x' })).rejects.toMatchObject({ responseCode: 451 });
  expect(await d.ledger()).toEqual([]);
  expect(await d.db.owner.selectFrom('blobs').select('sha256').execute()).toEqual([]);
  await sql`drop trigger refuse on inbound_messages`.execute(d.db.owner);
  await program.sendMail({ from: ANA, to: 'support@shop.test', text: 'x' });
  await d.email.settled();
  expect(await d.tickets()).toHaveLength(1);
});

test('an answer that is refused for good brings its ticket back to those who wait', async () => {
  const d = await desk();
  await d.send({ from: ANA, to: 'support@shop.test', subject: 'Kettle', text: 'It broke.' });
  const [ticket] = await d.tickets();
  const { body: before } = await d.owner.request('GET', `/tickets/${ticket!.id}`);
  d.sink.answer({ at: 'rcpt', code: 550, words: 'no such person' });

  await d.answer(ticket!.id, 'A new one is on its way.');

  expect((await d.owner.request('GET', `/tickets/${ticket!.id}`)).body).toMatchObject({ status: 'open', waitingSince: before.waitingSince });
  expect((await d.entries(ticket!.id)).at(-1)!.delivery).toMatchObject({ state: 'failed' });
});
