import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

const incoming = (from: string, subject: string) => Buffer.from(`From: ${from}\r\nTo: support@desk.test\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@example.org>\r\n\r\nHello\r\n`);

test('today counts what came in and went out since midnight, who waits longest and who carries what', async () => {
  const app = await testApp({ startsAt: '2026-03-01T21:30:00Z' });
  const agent = await app.person('agent', { of: app.owner, name: 'Ivan' });
  await app.owner.request('PATCH', '/workspace', { timeZone: 'Europe/Sofia' });
  const deliver = async (from: string, subject: string) => {
    await app.owner.request('POST', '/email/inbound', incoming(from, subject), { 'content-type': 'message/rfc822' });
    await app.email.settled();
  };
  await deliver('yesterday@example.org', 'yesterday');
  app.pass(60);
  await deliver('today@example.org', 'today');
  const { body: { items: [oldest, answered] } } = await app.owner.request('GET', '/tickets');
  await agent.request('POST', `/tickets/${answered.id}/replies`, { text: 'Done', status: 'resolved' });

  const { status, body } = await app.owner.request('GET', '/reports/today');

  expect(status).toBe(200);
  expect(body).toMatchObject({
    since: '2026-03-01T22:00:00.000Z', in: { tickets: 1, messages: 1 }, out: { replies: 1, resolved: 1 },
    waiting: { tickets: 1, oldest: { ticketId: oldest.id, subject: 'yesterday' } },
  });
  expect(body.load.find((row: { person: { name: string } | null }) => row.person?.name === 'Ivan')).toMatchObject({ active: 0, repliesToday: 1, resolvedToday: 1 });
  expect(body.load.at(-1)).toMatchObject({ person: null, active: 1, waiting: 1 });
  expect((await agent.request('GET', '/reports/today')).status).toBe(403);
});
