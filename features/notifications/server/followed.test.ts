import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { mailDesk } from '../../../testing/mail-desk.ts';
import type { Member } from '../../../testing/test-app.ts';

test('followers hear of each thing once: what concerns them more nearly, and nothing of their own doing', async () => {
  const app = await mailDesk();
  const heard = await following(app, 'notifications');
  const [ana, boris] = [await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('colleague', { of: app.owner, name: 'Boris' })];
  const write = (text: string) => app.send({ from: 'maria@example.org', to: 'support@shop.test', subject: 'Kettle', text });
  const kinds = async (of: Member) => {
    await heard();
    const items = (await of.request('GET', '/me/notices')).body.items as { id: string; kind: string; by: string | null }[];
    await of.request('PUT', '/me/notices/read', { until: app.now().toISOString() });
    app.pass(1);
    return items.map(({ kind }) => kind);
  };
  const fresh = async (of: Member, before: number) => { const all = await kinds(of); return all.slice(0, all.length - before); };

  await write('It is cracked.');
  const ticket = (await app.tickets())[0]!;
  await ana.request('PUT', `/tickets/${ticket.id}/followers/me`);
  await ana.request('PUT', `/tickets/${ticket.id}/followers/${boris.id}`);
  expect(await kinds(ana), 'her own doing').toEqual([]);
  expect(await kinds(boris)).toEqual(['followed']);

  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { assigneeId: ana.id });
  app.pass(1);
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { tags: ['glass'] });
  expect(await kinds(ana)).toEqual(['assigned']);
  expect(await fresh(boris, 1)).toEqual(['followed_changed']);

  await app.owner.request('POST', `/tickets/${ticket.id}/notes`, { text: '@Boris look', mentions: [{ personId: boris.id }] });
  app.pass(1);
  const { body: reply } = await app.owner.request('POST', `/tickets/${ticket.id}/replies`, { text: 'A new one is on its way.', status: 'waiting_customer' });
  expect(await fresh(boris, 2)).toEqual(['followed_written', 'followed_changed', 'mentioned']);
  expect(await fresh(ana, 1), 'a note concerns whoever has it').toEqual(['followed_written', 'followed_changed', 'noted']);
  expect(reply.type).toBe('message');

  await ana.request('DELETE', `/tickets/${ticket.id}/followers/me`);
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { status: 'open' });
  expect(await fresh(ana, 4)).toEqual([]);
  expect(await fresh(boris, 5)).toEqual(['followed_changed']);
  await boris.request('PUT', '/me/notices/preferences', { kinds: { followed_changed: { bell: false } } });
  await app.owner.request('PATCH', `/tickets/${ticket.id}`, { status: 'resolved' });
  expect(await fresh(boris, 6)).toEqual([]);
});
