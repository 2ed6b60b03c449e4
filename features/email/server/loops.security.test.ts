import { createTransport } from 'nodemailer';
import { expect, onTestFinished, test } from 'vitest';
import { startListener } from '../../../platform/mail/listener.ts';
import type { Received } from '../../../testing/smtp-sink.ts';
import { oneAppForAll, testApp } from '../../../testing/test-app.ts';

oneAppForAll();

const QUIET = { warn: () => undefined };

/** An installation of its own that acknowledges everything; what leaves it lies in `sink` until somebody carries it on. */
async function installation(mailbox: string) {
  const app = await testApp({ relay: true, settings: { mailbox } });
  const { items } = (await app.owner.request('GET', '/mailboxes')).body;
  await app.owner.request('PATCH', `/mailboxes/${items[0].id}`, { acknowledge: true });
  const listener = await startListener({ host: '127.0.0.1', port: 0, door: app.email.door, log: QUIET });
  const postman = createTransport({ host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  onTestFinished(async () => {
    postman.close();
    await listener.close();
  });
  let carried = 0;
  return {
    ...app, mailbox,
    async arrives(from: string, raw: string | Buffer): Promise<void> {
      await postman.sendMail({ envelope: { from, to: [mailbox] }, raw });
      await app.email.settled();
    },
    /** What has left since the last time. */
    async leaves(): Promise<Received[]> {
      await app.sender.sendDue();
      const mails = app.sink.received.slice(carried);
      carried = app.sink.received.length;
      return mails;
    },
    hourPasses(): void {
      app.pass(60);
      app.passMachine(3_600);
    },
  };
}

/** As a mail system does that means well and knows nothing: no word of what answered what, and a sender on the envelope. */
const stripped = ({ mail, to }: Received): string =>
  `From: <${mail.from!.address!}>\r\nTo: <${to[0]!}>\r\nSubject: ${mail.subject ?? ''}\r\nMessage-ID: ${mail.messageId!}\r\n\r\n${mail.text ?? ''}\r\n`;

test.each([['as they are', false], ['without any header that tells machines from people', true]])(
  'two installations that acknowledge each other for a day exchange two mails at most, carried %s', async (_how, strips) => {
    const one = await installation('help@one.test');
    const two = await installation('support@two.test');
    let automatic = 0;
    await one.arrives(two.mailbox, `From: <${two.mailbox}>\r\nTo: ${one.mailbox}\r\nSubject: Hello\r\nMessage-ID: <first@two.test>\r\n\r\nWe have a question about your delivery.\r\n`);
    for (let hour = 0; hour < 24; hour++) {
      for (let again = true; again;) {
        again = false;
        for (const [from, to] of [[one, two], [two, one]] as const) {
          for (const mail of await from.leaves()) {
            again = true;
            automatic += 1;
            expect(mail.to).toEqual([to.mailbox]);
            await to.arrives(strips ? mail.mail.from!.address! : mail.from, strips ? stripped(mail) : mail.raw);
          }
        }
      }
      for (const desk of [one, two]) desk.hourPasses();
    }
    expect(automatic).toBeGreaterThan(0);
    expect(automatic).toBeLessThanOrEqual(2);
  });

test('a vacation responder that strips every header and answers everything gets one mail a day', async () => {
  const desk = await installation('help@one.test');
  let answers = 0;
  const away = () => desk.arrives('ana@example.org', `From: <ana@example.org>\r\nTo: help@one.test\r\nSubject: Away\r\nMessage-ID: <away${answers++}@example.org>\r\n\r\nI am on the beach until Monday and read nothing.\r\n`);
  await away();
  for (let hour = 0; hour < 24; hour++) {
    for (const mail of await desk.leaves()) {
      expect(mail.to).toEqual(['ana@example.org']);
      await away();
    }
    desk.hourPasses();
  }
  expect(desk.sink.received).toHaveLength(1);
});

test('a letter in a stranger\'s name sends the stranger nothing', async () => {
  const desk = await installation('help@one.test');
  await desk.arrives('mallory@evil.test', 'From: Victim <victim@example.org>\r\nTo: help@one.test\r\nSubject: Hi\r\nMessage-ID: <x@evil.test>\r\n\r\nPlease answer me, I am somebody else.\r\n');
  expect((await desk.leaves()).map(({ to }) => to)).toEqual([['mallory@evil.test']]);
});

test('a message that mail servers pass round in a circle is held back, and answered by nobody', async () => {
  const { leaves, ...d } = await installation('support@shop.test');
  const passedOn = (times: number) => Buffer.from(`${`Received: from a.test by b.test; Mon, 2 Mar 2026 09:00:00 +0000\r\n`.repeat(times)}From: ana@example.org\r\nTo: support@shop.test\r\nSubject: Round ${times}\r\n\r\nHello.\r\n`);
  for (const times of [100, 101]) await d.arrives('ana@example.org', passedOn(times));
  expect((await d.owner.request('GET', '/tickets?status=all')).body.items).toMatchObject([{ subject: 'Round 100' }]);
  expect((await d.owner.request('GET', '/email/quarantine')).body.items).toMatchObject([{ reason: 'loop', words: 'hops 101', subject: 'Round 101' }]);
  expect(await leaves()).toHaveLength(1);
});
