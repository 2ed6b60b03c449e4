import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana Petrova <ana@home.example>';

async function desk() {
  const d = await provenDesk();
  const id = await d.people.addPerson(d.owner.workspaceId, { email: 'ivan@desk.example', name: 'Ivan', role: 'agent', password: null, teamIds: [] });
  const { ticketId } = await d.mail({ from: ANA, messageId: '<q@home.example>' });
  const place = { workspaceId: d.owner.workspaceId, mailboxId: await d.mailbox('support@desk.test'), ticketId: ticketId!, domain: 'desk.test' };
  return { ...d, id, ticketId: ticketId!, place, own: d.tokens.messageId({ ...place, personId: id }), customers: d.tokens.messageId(place) };
}

test('a forged colleague never answers a customer: without their own token and their domain’s word a mail stays a note', async () => {
  const d = await desk();
  const from = 'Ivan <ivan@desk.example>';
  const sent = () => d.sink.received.length;
  const other = await d.people.addPerson(d.owner.workspaceId, { email: 'eva@desk.example', name: 'Eva', role: 'agent', password: null, teamIds: [] });
  for (const [what, arrive, token, notice, kind] of [
    ['disowned, with his token', d.forge, d.own, 'unverified_colleague', 'system'],
    ['disowned, with the customer’s token', d.forge, d.customers, 'unverified_colleague', 'system'],
    ['vouched for, with the customer’s token', d.mail, d.customers, 'note_by_mail', 'person'],
  ] as const) {
    const { ticketId, entry } = await arrive({ from, text: 'Send your card number to me.', headers: [`In-Reply-To: ${token}`] });
    expect([ticketId, entry.type, entry.direction, entry.notice, entry.author.kind], what).toEqual([d.ticketId, 'note', 'internal', notice, kind]);
  }
  // A colleague's token is nobody else's, and no token at all is no way onto the ticket.
  for (const letter of [{ headers: [`In-Reply-To: ${d.tokens.messageId({ ...d.place, personId: other })}`] }, { headers: ['In-Reply-To: <q@home.example>'] }]) {
    expect((await d.mail({ from, ...letter })).ticketId).not.toBe(d.ticketId);
  }
  d.passMachine(60);
  await d.sender.sendDue();
  expect(sent()).toBe(0);
  expect((await d.ticket(d.ticketId)).snippet).not.toContain('card number');
});

test('a colleague answers from outside with their own token and their domain’s word; who may not answer writes a note', async () => {
  const d = await desk();
  const { ticketId, entry } = await d.mail({ from: 'Ivan <ivan@desk.example>', text: 'It is on its way.', headers: [`In-Reply-To: ${d.own}`] });
  expect(ticketId).toBe(d.ticketId);
  expect(entry).toMatchObject({ type: 'message', direction: 'out', text: 'It is on its way.', author: { kind: 'person', name: 'Ivan' } });
  d.passMachine(11);
  await d.sender.sendDue();
  expect(d.sink.received.map(({ to, mail }) => [to, mail.from?.address])).toEqual([[['ana@home.example'], 'support@desk.test']]);

  const reader = await d.people.addPerson(d.owner.workspaceId, { email: 'eva@desk.example', name: 'Eva', role: 'colleague', password: null, teamIds: [] });
  const hers = await d.mail({ from: 'eva@desk.example', text: 'I know him.', headers: [`In-Reply-To: ${d.tokens.messageId({ ...d.place, personId: reader })}`] });
  expect(hers.entry).toMatchObject({ type: 'note', direction: 'internal' });
});

test('a customer’s mail that a colleague passes on becomes the customer’s ticket, what they wrote above it a note', async () => {
  const d = await desk();
  const forward = 'Can you help her?\n\n---------- Forwarded message ---------\nFrom: Maria <maria@elsewhere.example>\nDate: Mon, Mar 2, 2026\nSubject: Broken kettle\nTo: <ivan@desk.example>\n\nIt does not heat any more, please help me.';
  const { ticketId } = await d.mail({ from: 'ivan@desk.example', subject: 'Fwd: Broken kettle', text: forward });
  expect(await d.ticket(ticketId)).toMatchObject({ subject: 'Broken kettle', customer: { email: 'maria@elsewhere.example' } });
  expect((await d.entries(ticketId)).filter(({ type }) => type !== 'event')).toMatchObject([
    { type: 'message', direction: 'in', text: 'It does not heat any more, please help me.', notice: 'forwarded:Ivan', author: { address: 'maria@elsewhere.example' } },
    { type: 'note', text: 'Can you help her?', author: { kind: 'person', name: 'Ivan' } },
  ]);
  expect((await d.recipients(ticketId)).to).toMatchObject([{ address: 'maria@elsewhere.example' }]);

  // As an attachment, with what was attached there.
  const letter = ['From: Petar <petar@elsewhere.example>', 'To: ivan@desk.example', 'Subject: Invoice', 'Message-ID: <inner@elsewhere.example>', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', 'Where is my invoice?', ''].join('\r\n');
  const attached = await d.mail({
    from: 'ivan@desk.example', subject: 'Fwd: Invoice', headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
    text: `--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${letter}\r\n--b--`,
  });
  expect(await d.ticket(attached.ticketId)).toMatchObject({ subject: 'Invoice', customer: { email: 'petar@elsewhere.example' } });

  // In a colleague's name, or somebody else's forward, or one of our own mail: ordinary mail of whoever sent it.
  for (const [arrive, given, customer] of [
    [d.forge, { from: 'ivan@desk.example' }, 'ivan@desk.example'], [d.mail, { from: ANA }, 'ana@home.example'],
    [d.mail, { from: 'ivan@desk.example', text: forward.replace('maria@elsewhere.example', 'support@desk.test') }, 'ivan@desk.example'],
  ] as const) {
    const filed = await arrive({ subject: 'Fwd: Broken kettle', text: forward, ...given });
    expect((await d.ticket(filed.ticketId)).customer.email).toBe(customer);
  }
});

test('a ticket begun in a colleague’s name says so where nothing proves that they wrote it, whatever the mail carries to hide that', async () => {
  const d = await desk();
  await d.people.addPerson(d.owner.workspaceId, { email: 'eva@unsigned.example', name: 'Eva', role: 'agent', password: null, teamIds: [] });
  const { number } = await d.ticket(d.ticketId);
  const pgp = { headers: ['MIME-Version: 1.0', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b'], text: '--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--' };
  for (const letter of [{}, { subject: `Re: [#${number}] Question` }, pgp]) {
    expect((await d.forge({ from: 'Eva <eva@unsigned.example>', ...letter })).entry).toMatchObject({ type: 'message', direction: 'in', notice: 'colleague_address' });
  }
  expect((await d.mail({ from: 'Ivan <ivan@desk.example>', text: 'A question of my own.' })).entry.notice).toBeNull();
});
