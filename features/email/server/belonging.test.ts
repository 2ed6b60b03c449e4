import { expect, test } from 'vitest';
import { provenDesk } from '../../../testing/proven-desk.ts';

const ANA = 'Ana <ana@home.example>';

test('an answer from another address is a linked ticket that joins with one click, and parts again', async () => {
  const d = await provenDesk();
  const first = await d.mail({ from: ANA });
  const token = (await d.answered(first.ticketId)).messageId!;
  const second = await d.mail({ from: 'Boris <boris@home.example>', text: 'I answer for my wife.', headers: [`In-Reply-To: ${token}`] });
  expect(second.entry.notice).toMatch(/^stranger:/);
  expect(await d.links(first.ticketId)).toMatchObject([{ side: 'later', reason: 'stranger', isOpen: true, ticket: { id: second.ticketId } }]);

  const { status, body: merge } = await d.owner.request('POST', `/tickets/${second.ticketId}/merges`, { into: first.ticketId });
  expect(status).toBe(201);
  expect(await d.links(first.ticketId)).toMatchObject([{ isOpen: false, outcome: 'joined' }]);
  // From now on he takes part.
  expect((await d.mail({ from: 'boris@home.example', text: 'And one thing more.', headers: [`In-Reply-To: ${token}`] })).ticketId).toBe(first.ticketId);

  expect((await d.owner.request('DELETE', `/merges/${merge.id}`)).status).toBe(204);
  expect(await d.links(second.ticketId)).toMatchObject([{ side: 'earlier', isOpen: true, outcome: null }]);
  const separation = `/tickets/${second.ticketId}/links/${first.ticketId}/separation`;
  expect((await d.owner.request('PUT', separation)).status).toBe(204);
  expect(await d.links(first.ticketId)).toMatchObject([{ isOpen: false, outcome: 'apart' }]);
  expect((await d.owner.request('DELETE', separation)).status).toBe(204);
  expect(await d.links(first.ticketId)).toMatchObject([{ isOpen: true }]);

  const stranger = await d.otherWorkspace();
  expect((await stranger.request('GET', `/tickets/${first.ticketId}/links`)).status).toBe(404);
  expect((await stranger.request('PUT', separation)).status).toBe(404);
  const reader = await d.person('colleague', { of: d.owner });
  expect((await reader.request('PUT', separation)).status).toBe(403);
  expect((await d.owner.request('GET', `/tickets/${first.ticketId}/links?limit=1`)).body.nextCursor).toBeNull();
});

test('a resolved ticket is opened again within its team’s days; later a linked one continues it', async () => {
  const d = await provenDesk();
  const { body: team } = await d.owner.request('POST', '/teams', { name: 'Returns' });
  expect(team.reopenDays).toBe(4);
  expect((await d.owner.request('PATCH', `/teams/${team.id}`, { reopenDays: 10 })).body.reopenDays).toBe(10);
  const { ticketId } = await d.mail({ from: ANA });
  const token = (await d.answered(ticketId)).messageId!;
  const resolve = (teamId: string | null) => d.owner.request('PATCH', `/tickets/${ticketId}`, { status: 'resolved', teamId });
  const again = (text: string) => d.mail({ from: ANA, text, headers: [`In-Reply-To: ${token}`] });

  await resolve(team.id);
  d.pass(10 * 24 * 60);
  expect((await again('Still broken.')).ticketId).toBe(ticketId);
  expect((await d.ticket(ticketId)).status).toBe('open');

  await resolve(null);
  d.pass(4 * 24 * 60 + 1);
  const late = await again('Broken again.');
  expect([late.ticketId === ticketId, late.entry.notice]).toEqual([false, `follows:${(await d.ticket(ticketId)).number}`]);
  expect(await d.links(late.ticketId)).toMatchObject([{ reason: 'follows', ticket: { id: ticketId } }]);
  expect((await d.ticket(ticketId)).status).toBe('resolved');
});

test('one mail for several mailboxes is one ticket, of the first that it names', async () => {
  const d = await provenDesk();
  for (const address of ['sales@desk.test', 'info@desk.test']) await d.owner.request('POST', '/mailboxes', { address });
  const three = ['support@desk.test', 'sales@desk.test', 'info@desk.test'];
  await d.mail({ from: ANA, to: 'Sales <sales@desk.test>, support@desk.test', cc: 'x@y.example', envelopeTo: three });
  const [ticket, ...more] = await d.tickets();
  expect(more).toEqual([]);
  expect(await d.ticket(ticket!.id)).toMatchObject({ mailboxId: await d.mailbox('sales@desk.test') });
  const ledger = (await d.owner.request('GET', '/email/ledger')).body.items as { state: string; reason: string | null; ticketId: string | null }[];
  expect(ledger.map(({ state }) => state).sort()).toEqual(['duplicate', 'duplicate', 'filed']);

  // An answer to all of them finds its ticket by the token of one.
  const token = (await d.answered(ticket!.id)).messageId!;
  await d.mail({ from: ANA, to: 'info@desk.test, sales@desk.test', headers: [`In-Reply-To: ${token}`], envelopeTo: ['info@desk.test', 'sales@desk.test'] });
  expect(await d.tickets()).toHaveLength(1);
});

test('where a mailbox wants it, answers go to an address with a token, and find their ticket by it alone', async () => {
  const d = await provenDesk();
  await d.owner.request('PATCH', `/mailboxes/${await d.mailbox('support@desk.test')}`, { tokenInAddress: true });
  const { ticketId } = await d.mail({ from: ANA });
  const { replyTo } = await d.answered(ticketId);
  const address = replyTo?.[0]?.address ?? '';
  expect(address).toMatch(/^support\+r[a-z2-7]{47}@desk\.test$/);
  expect((await d.mail({ from: ANA, to: address, envelopeTo: [address], subject: 'Something else' })).ticketId).toBe(ticketId);
});
