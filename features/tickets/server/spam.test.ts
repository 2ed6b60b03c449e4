import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

type TestApp = Awaited<ReturnType<typeof testApp>>;

async function mail(app: TestApp, of: Member, subject: string, from = 'win@casino.test'): Promise<string> {
  const { ticketId } = await app.db.work(of.workspaceId, async (tx) => {
    const customer = await app.customers.resolve(tx, of.workspaceId, { email: from, name: '', at: app.now() });
    return app.tickets.receive(tx, of.workspaceId, {
      ticketId: null, customerId: customer.id, mailboxId: null, teamId: null, channel: 'email', subject, text: `${subject} text`, quoted: '', html: null,
      author: { name: '', address: from }, recipients: { to: [], cc: [] }, messageId: null, ledgerId: null, language: 'en', attachments: [], notice: null,
      automatic: false, participants: [], at: app.now(),
    });
  });
  return ticketId;
}

const subjects = async (member: Member, query: string): Promise<string[]> =>
  (await member.request('GET', `/tickets?${query}`)).body.items.map((ticket: { subject: string }) => ticket.subject);

test('an agent marks spam: it leaves views, search and figures, has a view of its own, and comes back as it was', async () => {
  const app = await testApp();
  const agent = await app.person('agent', { of: app.owner });
  const id = await mail(app, app.owner, 'Jackpot');
  await mail(app, app.owner, 'Kettle', 'maria@example.org');
  const thrownAway = await mail(app, app.owner, 'Mistake', 'ivan@example.org');
  await app.owner.request('PUT', `/tickets/${thrownAway}/deletion`);
  const before = (await agent.request('GET', `/tickets/${id}`)).body;
  const today = async () => (await app.owner.request('GET', '/reports/today')).body;
  expect(await today()).toMatchObject({ in: { tickets: 2, messages: 3 } });

  expect((await agent.request('PUT', `/tickets/${id}/spam`)).body).toMatchObject({ id, spam: true, deletedAt: expect.any(String) });

  expect(await subjects(agent, 'status=active')).toEqual(['Kettle']);
  expect(await subjects(agent, 'status=spam&sort=updated')).toEqual(['Jackpot']);
  expect(await subjects(agent, 'status=deleted&sort=updated')).toEqual(['Mistake']);
  expect(await subjects(agent, 'q=jackpot')).toEqual([]);
  expect(await today()).toMatchObject({ in: { tickets: 1, messages: 2 }, waiting: { tickets: 1 } });
  expect((await agent.request('POST', `/tickets/${id}/notes`, { text: 'x' })).status).toBe(409);

  expect((await agent.request('DELETE', `/tickets/${id}/spam`)).body).toMatchObject({ status: before.status, waitingSince: before.waitingSince, spam: false, deletedAt: null });
  expect(await subjects(agent, 'status=active')).toEqual(['Jackpot', 'Kettle']);
  expect(await subjects(agent, 'q=jackpot')).toEqual(['Jackpot']);
});

test('a wave is marked at once and taken back at once; a foreign ticket is passed over', async () => {
  const app = await testApp();
  const ids = await Promise.all(['one', 'two', 'three'].map((subject) => mail(app, app.owner, subject)));
  const stranger = await app.otherWorkspace();
  const theirs = await mail(app, stranger, 'theirs');

  const marked = await app.owner.request('POST', '/tickets/spam', { ids: [...ids, theirs], spam: true });

  expect(marked.body.ids.toSorted()).toEqual(ids.toSorted());
  expect(await subjects(app.owner, 'status=all')).toEqual([]);
  expect(await subjects(stranger, 'status=all')).toEqual(['theirs']);
  expect((await app.owner.request('PUT', `/tickets/${theirs}/spam`)).status).toBe(404);
  expect((await app.owner.request('POST', '/tickets/spam', { ids: marked.body.ids, spam: false })).body.ids).toHaveLength(3);
  expect(await subjects(app.owner, 'status=all')).toHaveLength(3);
});

test('a colleague, who only reads, marks nothing', async () => {
  const app = await testApp();
  const colleague = await app.person('colleague', { of: app.owner });
  const id = await mail(app, app.owner, 'Kettle');
  expect((await colleague.request('PUT', `/tickets/${id}/spam`)).status).toBe(403);
  expect((await colleague.request('POST', '/tickets/spam', { ids: [id], spam: true })).status).toBe(403);
});
