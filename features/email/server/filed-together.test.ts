import { expect, test } from 'vitest';
import { mailDesk } from '../../../testing/mail-desk.ts';

const raw = ({ from, subject, id, text = 'Where is my parcel, please?', to = 'support@shop.test', more = '' }: { from: string; subject: string; id: string; text?: string; to?: string; more?: string }): Buffer =>
  Buffer.from(`From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nMessage-ID: <${id}@example.org>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\n${more}\r\n${text}\r\n`);

test('mail of many people that comes at one moment becomes what it would become one by one', async () => {
  const d = await mailDesk();
  await d.send({ from: 'ana@example.org', to: 'support@shop.test', subject: 'Known', text: 'Hello, where is my order?' });
  const [known] = await d.tickets();
  await d.answer(known!.id, 'On its way.');
  const token = `In-Reply-To: ${d.sink.received[0]!.mail.messageId!}\r\n`;

  const strangers = Array.from({ length: 6 }, (_, i) => raw({ from: `p${i}@people${i}.test`, subject: `Question ${i}`, id: `q${i}`, text: `I ask for the number ${i}.` }));
  const copy = raw({ from: 'twin@example.org', subject: 'Twice', id: 'twice' });
  const together = [
    ...strangers,
    // One person, two matters.
    raw({ from: 'bo@example.org', subject: 'Left shoe', id: 'b1', text: 'The left one.' }), raw({ from: 'Bo <BO@example.org>', subject: 'Right shoe', id: 'b2', text: 'The right one.' }),
    // The same message by two ways.
    copy, Buffer.concat([copy, Buffer.from('\r\n')]),
    // Two answers on one ticket.
    raw({ from: 'ana@example.org', subject: 'Re: Known', id: 'a1', text: 'Thank you!', more: token }), raw({ from: 'ana@example.org', subject: 'Re: Known', id: 'a2', text: 'It is here.', more: token }),
    // A stranger who points at that ticket.
    raw({ from: 'mallory@evil.test', subject: `[#${known!.number}]`, id: 'm1', text: 'And mine?' }),
  ];
  await Promise.all(together.map((one) => d.email.door.accept({ envelopeFrom: '', envelopeTo: ['support@shop.test'], raw: one })));
  await d.email.settled();

  const tickets = await d.tickets();
  expect(tickets.map(({ subject }) => subject).sort()).toEqual(
    [`[#${known!.number}]`, 'Known', 'Left shoe', ...strangers.map((_, i) => `Question ${i}`), 'Right shoe', 'Twice'].sort());
  expect(new Set(tickets.map(({ number }) => number)).size).toBe(tickets.length);
  expect((await d.entries(known!.id)).map((entry: { text: string }) => entry.text).sort()).toEqual(['Hello, where is my order?', 'It is here.', 'On its way.', 'Thank you!'].sort());
  const ledger = await d.ledger();
  const duplicates = ledger.filter(({ state }) => state === 'duplicate');
  expect(duplicates).toMatchObject([{ ticketId: tickets.find(({ subject }) => subject === 'Twice')!.id }]);
  expect(ledger.filter(({ state }) => state === 'filed')).toHaveLength(together.length);
  expect((await d.owner.request('GET', '/customers?limit=100')).body.items.filter(({ email }: { email: string }) => /^bo@/i.test(email))).toHaveLength(1);
  expect((await d.owner.request('GET', `/tickets?q=right`)).body.items).toMatchObject([{ subject: 'Right shoe' }]);
});

test('one that cannot be filed takes nobody with it, however many came with it', async () => {
  const d = await mailDesk({ relay: false });
  await d.poison('subject');
  const all = ['one', 'two', 'poison', 'three', 'four'].map((subject, i) => raw({ from: `p${i}@people${i}.test`, subject, id: `x${i}`, text: `Number ${i} has a question.` }));
  await Promise.all(all.map((one) => d.email.door.accept({ envelopeFrom: '', envelopeTo: ['support@shop.test'], raw: one })));
  await d.email.settled();
  expect((await d.tickets()).map(({ subject }) => subject).sort()).toEqual(['four', 'one', 'three', 'two']);
  expect((await d.ledger()).filter(({ state }) => state === 'received')).toHaveLength(1);
});
