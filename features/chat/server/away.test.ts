import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { chatDesk } from '../../../testing/chat-desk.ts';
import { oneAppForAll, ownApp } from '../../../testing/test-app.ts';

oneAppForAll();

type Mail = { message_id: string; purpose: string; envelope_to: string[]; content: { text: string; from: { address: string } } };

async function desk() {
  const app = await chatDesk();
  return {
    ...app,
    sent: async () => (await sql<Mail>`select message_id, purpose, envelope_to, content from outbox order by created_at, id`.execute(app.db.owner)).rows,
    async mail(from: string, text: string, answers: string) {
      const raw = `From: ${from}\r\nTo: support@desk.test\r\nSubject: Re: chat\r\nMessage-ID: <m${Math.trunc(performance.now() * 1000)}@example.org>\r\nIn-Reply-To: ${answers}\r\nDate: Mon, 2 Mar 2026 09:10:00 +0000\r\n\r\n${text}\r\n`;
      const { status } = await app.owner.request('POST', '/email/inbound', Buffer.from(raw), { 'content-type': 'message/rfc822' });
      expect(status).toBe(202);
      await app.email.settled();
    },
  };
}

test('who goes away gets the answer by mail, answers by mail, and comes back to one conversation', async () => {
  const app = await desk();
  const maria = await app.visitor();
  await maria.say('Where is my parcel?');
  expect((await maria.request('PATCH', '/profile', { name: 'Maria', email: 'maria@example.org' })).status).toBe(200);
  const [ticket] = await app.tickets();
  await app.answer(app.owner, ticket!.id, 'I look for it.');
  await app.answer(app.owner, ticket!.id, 'It comes tomorrow.');
  await app.due();
  expect(await app.sent()).toEqual([]);
  app.pass(1);
  await app.due();
  const [mail, ...more] = await app.sent();
  expect(more).toEqual([]);
  expect(mail!.envelope_to).toEqual(['maria@example.org']);
  expect(mail!.content.text).toMatch(/I look for it\.[\s\S]*It comes tomorrow\./);

  await app.mail('Maria <maria@example.org>', 'At what time?', mail!.message_id);
  app.pass(1);
  await app.due();
  expect(await app.tickets()).toHaveLength(1);
  await app.answer(app.owner, ticket!.id, 'At noon.');
  expect(await maria.reads()).toEqual([
    'visitor: Where is my parcel?', 'address_left', 'joined', 'agent: I look for it.', 'agent: It comes tomorrow.', 'sent_by_mail', 'visitor: At what time?', 'agent: At noon.',
  ]);
  expect((await maria.sees()).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await maria.sees()).map(({ via }) => via)[6]).toBe('email');
  // What was seen in the chat is not sent as well.
  await maria.request('PUT', '/read', { seq: 8 });
  app.pass(5);
  await app.due();
  expect((await app.sent()).filter(({ purpose }) => purpose === 'reply')).toHaveLength(1);
});

test('somebody who sits there gets no mail until they go', async () => {
  ownApp();
  const app = await desk();
  await app.listen();
  const maria = await app.visitor();
  await maria.say('Hello');
  await maria.request('PATCH', '/profile', { email: 'maria@example.org' });
  const tab = await maria.tab();
  await tab.ready();
  const [ticket] = await app.tickets();
  await app.answer(app.owner, ticket!.id, 'Hi');
  app.pass(1);
  await app.due();
  expect(await app.sent()).toEqual([]);
  tab.close();
  await tab.closed;
  await expect.poll(async () => (await app.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body.visitor.isHere).toBe(false);
  app.pass(2);
  await app.due();
  expect(await app.sent()).toHaveLength(1);
});

test('a transcript goes once, when somebody has answered, and to the address alone that was left', async () => {
  ownApp();
  const app = await desk();
  const maria = await app.visitor();
  await maria.say('Hello');
  expect((await maria.request('POST', '/transcripts')).body.code).toBe('visitor.no_address');
  await maria.request('PATCH', '/profile', { email: 'maria@example.org' });
  expect((await maria.request('POST', '/transcripts')).body.code).toBe('visitor.nothing_said');
  const [ticket] = await app.tickets();
  await app.answer(app.owner, ticket!.id, 'Hi');
  expect(await maria.request('POST', '/transcripts')).toMatchObject({ status: 202, body: { to: 'maria@example.org' } });
  expect((await maria.request('POST', '/transcripts')).body.code).toBe('visitor.transcript_sent');
  expect((await app.sent()).map(({ content }) => content.text)).toEqual([expect.stringMatching(/You wrote something here[\s\S]*Main Owner:\nHi/)]);
});

test('nobody waits without a word, and a chat that fell silent is asked, closed and frees its place', async () => {
  const app = await desk();
  await app.goOnline(app.owner);
  const maria = await app.visitor({ language: 'bg' });
  await maria.say('Hello');
  app.pass(1);
  await app.due();
  app.pass(3);
  await app.due();
  expect(await maria.reads()).toEqual(['visitor: Hello', 'waiting_longer', 'leave_address']);
  expect((await maria.sees())[1]!.text).toContain('Не сме ви забравили');
  const [ticket] = await app.tickets();
  await app.answer(app.owner, ticket!.id, 'Hi');
  app.pass(5);
  await app.due();
  expect((await maria.reads()).at(-1)).toBe('still_there');
  // Whoever speaks is there.
  await maria.say('Yes');
  app.pass(60);
  await app.due();
  expect((await maria.state()).conversation).toMatchObject({ state: 'active' });
  await app.answer(app.owner, ticket!.id, 'Anything else?');
  app.pass(5);
  await app.due();
  app.pass(5);
  await app.due();
  expect((await maria.reads()).at(-1)).toBe('ended_idle');
  expect((await maria.state()).conversation).toMatchObject({ state: 'ended', endedBy: 'idle' });
  expect((await app.tickets())[0]).toMatchObject({ status: 'waiting_customer' });
  // The next word begins it anew, on the same ticket and with the same person.
  await maria.say('One more thing');
  expect((await maria.state()).conversation).toMatchObject({ state: 'active', agent: { id: app.owner.id } });
  expect((await app.tickets()).map(({ status }) => status)).toEqual(['open']);
  expect(await maria.request('PUT', '/rating', { score: 5, comment: 'Quick' })).toMatchObject({ status: 200, body: { conversation: { rating: 5 } } });
});

test('who waits longer than promised is told the truth in the chat, which changes nothing of it, and the answer keeps what was said', async () => {
  const app = await desk();
  expect((await app.owner.request('POST', '/sla-policies', { name: 'Chats', targets: [{ metric: 'first_reply', seconds: 600, time: 'calendar' }], actions: [{ do: 'tell_customer', at: 100 }] })).status).toBe(201);
  const maria = await app.visitor();
  await maria.say('Where is my parcel?');
  const [ticket] = await app.tickets();
  app.pass(11);
  await app.due();
  const told = (await maria.sees()).filter(({ notice, from }) => notice === null && from === 'system');
  expect(told.map(({ text }) => text)).toEqual([expect.stringMatching(/^We promised you an answer by .* 09:10\. We are late, .* by .* 09:45 at the latest\.$/)]);
  const promises = async () => (await app.owner.request('GET', `/commitments?ticket=${ticket!.id}`)).body.items as unknown[];
  expect(await promises()).toMatchObject([{ kind: 'answer', dueAt: '2026-03-02T09:45:00.000Z' }]);
  expect((await app.owner.request('GET', `/tickets/${ticket!.id}/chat`)).body).toMatchObject({ state: 'waiting' });
  await app.answer(app.owner, ticket!.id, 'I look for it.');
  expect(await promises()).toEqual([]);
});
