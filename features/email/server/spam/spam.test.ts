import { expect, test } from 'vitest';
import { mailDesk } from '../../../../testing/mail-desk.ts';

type Desk = Awaited<ReturnType<typeof mailDesk>>;
const ANA = 'ana@example.org';

async function deliver(d: Desk, { from = ANA, subject = 'Kettle', text = 'Hello, my kettle is broken.', n = 0 }: { from?: string; subject?: string; text?: string; n?: number }): Promise<string> {
  const raw = `From: <${from}>\r\nTo: support@shop.test\r\nSubject: ${subject}\r\nMessage-ID: <${n}.${subject.length}@${from.split('@')[1]!}>\r\n\r\n${text} ${'x'.repeat(n % 7)}${n}\r\n`;
  return (await d.email.deliver(d.owner.actor, Buffer.from(raw), {})).ledgerId;
}
const rows = async (d: Desk, state: string) => (await d.db.owner.selectFrom('inbound_messages').select(['id', 'reason', 'subject', 'from_address as from']).where('state', '=', state as 'filed').orderBy('id').execute());
const words = (d: Desk) => d.db.owner.selectFrom('spam_words').select(['word', 'spam', 'ham']).orderBy('word').execute();
const held = (d: Desk) => d.db.owner.selectFrom('quarantine').select(['id', 'reason', 'words', 'sender', 'subject']).orderBy('id').execute();
const teach = (d: Desk, ids: string[], wanted: 'spam' | 'ham' | null) => d.db.work(d.owner.workspaceId, (tx) => d.email.spam.teach(tx, d.owner.workspaceId, ids, wanted));

const casino = (n: number) => ({ from: `w${n}@casino${n % 5}.test`, subject: 'Big jackpot bonus', text: 'Casino jackpot waits: free spins bonus, claim your winnings today безплатно печалба', n });
const kettle = (n: number) => ({ from: `c${n}@customers${n % 5}.test`, subject: 'Order delivery question', text: 'Please tell me when the delivery of my order arrives, thanks поръчка доставка', n });

async function trained() {
  const d = await mailDesk({ relay: false });
  const [spam, ham]: [string[], string[]] = [[], []];
  for (let n = 0; n < 20; n++) {
    spam.push(await deliver(d, casino(n)));
    ham.push(await deliver(d, kettle(n)));
  }
  await d.email.settled();
  const tickets = await d.db.owner.selectFrom('inbound_messages').select('ticket_id').where('id', 'in', spam).execute();
  await d.owner.request('POST', '/tickets/spam', { ids: tickets.map((row) => row.ticket_id), spam: true });
  await teach(d, ham, 'ham');
  await d.email.spam.lessons.sweep();
  return { ...d, spam, ham };
}

test('a blocked sender costs no look into the message, is told nothing, and nothing is lost', async () => {
  const d = await mailDesk();
  await d.owner.request('PATCH', `/mailboxes/${(await d.owner.request('GET', '/mailboxes')).body.items[0].id}`, { acknowledge: true });
  const { status, body: rule } = await d.owner.request('POST', '/email/blocked-senders', { sender: '*.Spam.example', reason: 'sells lists' });
  expect({ status, rule }).toMatchObject({ status: 201, rule: { sender: 'spam.example', kind: 'domain', reason: 'sells lists', createdBy: { id: d.owner.id } } });
  // Nobody who takes it apart would call this anything but unreadable.
  const bomb = `From: =?utf-8?B?${Buffer.from('Печалба').toString('base64')}?= <Win@mail.Spam.example>\r\nTo: support@shop.test\r\nSubject: =?utf-8?Q?=D0=A3=D1=80=D0=B0?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(3000)}--x--\r\n`;

  await d.send({ envelope: { from: 'a@elsewhere.test', to: 'support@shop.test' }, raw: bomb });
  await d.send({ from: ANA, to: 'support@shop.test', envelope: { from: 'bounce@spam.example', to: 'support@shop.test' }, text: 'by a blocked server' });
  await d.send({ from: 'someone@notspam.example', to: 'support@shop.test', text: 'an ordinary question' });

  expect(await held(d)).toMatchObject([
    { reason: 'blocked_sender', words: 'blocked spam.example', sender: 'Win@mail.Spam.example', subject: 'Ура' }, { reason: 'blocked_sender', sender: ANA }]);
  expect(await rows(d, 'quarantined')).toMatchObject([{ from: 'Win@mail.Spam.example', subject: 'Ура' }, { from: ANA }]);
  expect(await d.tickets()).toHaveLength(1);
  expect(await d.db.owner.selectFrom('outbox').select('envelope_to').where('purpose', '=', 'acknowledgement').execute()).toEqual([{ envelope_to: ['someone@notspam.example'] }]);

  expect((await d.owner.request('DELETE', `/email/blocked-senders/${rule.id}`)).status).toBe(204);
  await d.send({ from: 'win@spam.example', to: 'support@shop.test', text: 'once more' });
  expect(await d.tickets()).toHaveLength(2);
});

test('who may block: agents one address, leads domains and exceptions; nobody their own house, nor another workspace', async () => {
  const d = await mailDesk({ relay: false });
  const agent = await d.person('agent', { of: d.owner });
  const colleague = await d.person('colleague', { of: d.owner });
  const stranger = await d.otherWorkspace();
  const block = (who: typeof agent, sender: string, list = 'blocked') => who.request('POST', `/email/${list}-senders`, { sender }).then(({ status, body }) => (status === 201 ? body.sender : body.code ?? status));
  expect(await block(agent, 'x@spam.example')).toBe('x@spam.example');
  expect(await block(agent, 'spam.example')).toBe('permission.denied');
  expect(await block(agent, 'x@spam.example', 'allowed')).toBe('permission.denied');
  expect(await block(colleague, 'y@spam.example')).toBe('permission.denied');
  expect(await block(d.owner, 'support@shop.test')).toBe('sender.own');
  expect(await block(d.owner, 'shop.test')).toBe('sender.own');
  expect(await block(d.owner, 'com')).toBe('sender.unreadable');
  expect((await agent.request('GET', '/email/blocked-senders')).status).toBe(403);
  const { items } = (await d.owner.request('GET', '/email/blocked-senders?q=SPAM')).body;
  expect(items).toMatchObject([{ sender: 'x@spam.example', createdBy: { id: agent.id } }]);
  expect((await stranger.request('GET', '/email/blocked-senders')).body.items).toEqual([]);
  expect((await stranger.request('DELETE', `/email/blocked-senders/${items[0].id}`)).status).toBe(404);
  expect((await d.owner.request('DELETE', `/email/allowed-senders/${items[0].id}`)).status).toBe(404);
  expect((await agent.request('DELETE', `/email/blocked-senders/${items[0].id}`)).status).toBe(204);
});

test('the filter learns from what people mark, says by which words, and spares customers who had an answer', async () => {
  const d = await trained();
  expect((await d.owner.request('GET', '/email/spam-filter')).body).toMatchObject({ learnt: { spam: 20, ham: 20, needed: 20 } });

  const caught = await deliver(d, casino(100));
  await deliver(d, kettle(100));
  await d.email.settled();
  expect(await held(d)).toMatchObject([{ id: caught, reason: 'spam', words: expect.stringMatching(/^learnt .*(jackpot|casino|bonus)/) }]);

  // Somebody whom we have answered may write about jackpots.
  const first = await deliver(d, { from: 'vip@example.org', n: 1 });
  await d.email.settled();
  const { ticket_id: ticketId } = await d.db.owner.selectFrom('inbound_messages').select('ticket_id').where('id', '=', first).executeTakeFirstOrThrow();
  await d.owner.request('POST', `/tickets/${ticketId}/replies`, { text: 'We send you a new one.' });
  await deliver(d, { ...casino(101), from: 'vip@example.org' });
  await d.owner.request('POST', '/email/allowed-senders', { sender: 'lottery.example' });
  await deliver(d, { ...casino(102), from: 'ads@lottery.example' });
  await d.email.settled();
  expect(await held(d)).toHaveLength(1);

  await d.owner.request('PATCH', '/email/spam-filter', { sensitivity: 'off' });
  await deliver(d, casino(103));
  await d.email.settled();
  expect(await held(d)).toHaveLength(1);
});

test('a decision counts once however often it is said, and leaves nothing when it is taken back', async () => {
  const d = await mailDesk({ relay: false });
  const id = await deliver(d, casino(1));
  await d.email.settled();
  const counts = async () => { await d.email.spam.lessons.sweep(); return (await words(d)).find(({ word }) => word === 'w:jackpot') ?? null; };

  await teach(d, [id], 'spam');
  expect(await counts()).toMatchObject({ spam: 1, ham: 0 });
  await teach(d, [id], 'spam');
  expect(await counts()).toMatchObject({ spam: 1, ham: 0 });
  await teach(d, [id], 'ham');
  expect(await counts()).toMatchObject({ spam: 0, ham: 1 });
  await teach(d, [id], 'ham');
  await teach(d, [id], null);
  expect(await counts()).toBeNull();
  expect(await words(d)).toEqual([]);
  expect((await d.owner.request('GET', '/email/spam-filter')).body.learnt).toMatchObject({ spam: 0, ham: 0 });
});

test('marking a ticket teaches spam, taking that back teaches the opposite, an answer alone teaches ham', async () => {
  const d = await mailDesk({ relay: false });
  const [one, two] = [await deliver(d, casino(1)), await deliver(d, kettle(2))];
  await d.email.settled();
  const ticketOf = async (id: string) => (await d.db.owner.selectFrom('inbound_messages').select('ticket_id').where('id', '=', id).executeTakeFirstOrThrow()).ticket_id;
  const learnt = async () => {
    await d.email.spam.lessons.sweep();
    return Object.fromEntries((await d.db.owner.selectFrom('spam_lessons').select(['ledger_id as id', 'learnt']).execute()).map((row) => [row.id, row.learnt]));
  };

  await d.owner.request('PUT', `/tickets/${await ticketOf(one)}/spam`);
  await d.owner.request('POST', `/tickets/${await ticketOf(two)}/replies`, { text: 'Tomorrow.' });
  expect(await learnt()).toEqual({ [one]: 'spam', [two]: 'ham' });
  await d.owner.request('DELETE', `/tickets/${await ticketOf(one)}/spam`);
  expect(await learnt()).toEqual({ [one]: 'ham', [two]: 'ham' });

  await d.owner.request('DELETE', '/email/spam-filter/lessons');
  expect(await words(d)).toEqual([]);
});
