import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  const ben = await app.person('agent', { of: app.owner });
  const { body: ticket } = await app.owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', direction: 'in', customer: { name: 'Maria', email: 'maria@example.org' }, text: 'It is cracked.' });
  const entries = async (): Promise<{ id: string; text: string; type: string }[]> => (await app.owner.request('GET', `/tickets/${ticket.id}/entries`)).body.items;
  const last = async () => (await entries()).filter(({ type }) => type !== 'event').at(-1)!.id;
  const reply = (who: Member, text: string, more: object = {}) => who.request('POST', `/tickets/${ticket.id}/replies`, { text, ...more });
  const write = (text: string, { at = app.now(), automatic = false } = {}) => app.db.work(app.owner.workspaceId, async (tx) => app.tickets.receive(tx, app.owner.workspaceId, {
    ticketId: ticket.id, customerId: ticket.customer.id, mailboxId: null, teamId: null, channel: 'email', subject: 'Kettle', text, quoted: '', html: null, author: { name: 'Maria', address: 'maria@example.org' },
    recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null, automatic, participants: [], at,
  }));
  return { ...app, ben, ticket, entries, last, reply, write };
}

test('of two who answer at the same moment one is sent, and the other is shown it first', async () => {
  const { owner, ben, last, reply, entries } = await desk();
  const seenEntryId = await last();
  const answers = await Promise.all([reply(owner, 'A new one is on its way.', { seenEntryId }), reply(ben, 'We will refund you.', { seenEntryId })]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  const refused = answers.find(({ status }) => status === 409)!;
  const sent = answers.find(({ status }) => status === 201)!;
  expect(refused.body).toMatchObject({ code: 'reply.unseen', entries: [{ id: sent.body.id, direction: 'out', text: sent.body.text, author: sent.body.author.name }] });
  expect((await entries()).filter(({ type }) => type === 'message')).toHaveLength(1);
});

test('words of the customer that came meanwhile stop the answer; who has seen them sends', async () => {
  ownApp();
  const { owner, last, reply, write, pass, now } = await desk();
  const seenEntryId = await last();
  const early = now();
  pass(1);
  const own = (await reply(owner, 'We look into it.', { seenEntryId })).body.id;
  // It arrived before that answer was written, and was filed after.
  await write('It is still broken.', { at: early });
  const { status, body } = await reply(owner, 'Is it well now?', { seenEntryId: own });
  expect([status, body.code, body.entries.map(({ text }: { text: string }) => text)]).toEqual([409, 'reply.unseen', ['It is still broken.']]);
  expect((await reply(owner, 'Sorry to hear that.', { seenEntryId: body.entries.at(-1).id })).status).toBe(201);
});

test('nothing stops for robots, notes, what one said oneself, a chat, or who does not say what they saw', async () => {
  ownApp();
  const { owner, ben, ticket, last, reply, write } = await desk();
  const seenEntryId = await last();
  await write('I am out of office.', { automatic: true });
  await ben.request('POST', `/tickets/${ticket.id}/notes`, { text: 'He has photos.' });
  expect((await reply(owner, 'One.', { seenEntryId })).status).toBe(201);
  expect((await reply(owner, 'Two.', { seenEntryId })).status).toBe(201);
  await write('Hello?');
  expect((await reply(owner, 'Three.')).status).toBe(201);
  expect((await reply(owner, 'Four.', { channel: 'chat', seenEntryId })).body.code).not.toBe('reply.unseen');
});

test('an entry of another ticket was not seen here', async () => {
  const { owner, reply } = await desk();
  const { body: other } = await owner.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { name: 'Eve', phone: '+359881234567' }, text: 'Dark.' });
  const [entry] = (await owner.request('GET', `/tickets/${other.id}/entries`)).body.items;
  expect(await reply(owner, 'Hello.', { seenEntryId: entry.id })).toMatchObject({ status: 400, body: { code: 'reply.seen_unknown' } });
});

test('what came along by a merge is known', async () => {
  const { owner, ticket, reply, write } = await desk();
  const { body: other } = await owner.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', direction: 'in', customer: { name: 'Eve', phone: '+359881234567' }, text: 'Dark.' });
  const [entry] = (await owner.request('GET', `/tickets/${other.id}/entries`)).body.items;
  expect((await owner.request('POST', `/tickets/${other.id}/merges`, { into: ticket.id })).status).toBe(201);
  await write('And now?');
  expect((await reply(owner, 'Hello.', { seenEntryId: entry.id })).body.entries).toMatchObject([{ text: 'And now?' }]);
});
