import { expect, test } from 'vitest';
import { following } from '../../../testing/following.ts';
import { testApp, type Member } from '../../../testing/test-app.ts';
import { claimDue } from './delivery-store.ts';

const contact = { channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'It is cracked' };

test('an event that is too large for a message does not stop the webhooks of everybody', async () => {
  const app = await testApp();
  const heard = await following(app, 'webhooks');
  const { body: hook } = await app.owner.request('POST', '/webhooks', { name: 'ERP', url: 'https://erp.example.org/hook', events: ['ticket.updated'] });
  await heard();
  const { body: ticket } = await app.owner.request('POST', '/tickets', { subject: 'Kettle', ...contact });
  await app.db.work(app.owner.workspaceId, (tx) => app.events.emit(tx, app.owner.workspaceId, {
    type: 'ticket.changed', ticketId: ticket.id as string, actor: { kind: 'person', id: app.owner.id }, data: { priority: ['normal', '"'.repeat(12_000)] }, at: app.now(),
  }));
  await app.owner.request('PATCH', `/tickets/${ticket.id as string}`, { priority: 'urgent' });
  await heard();
  const { items } = (await app.owner.request('GET', `/webhooks/${hook.id as string}/deliveries`)).body as { items: { body: string }[] };
  expect(items.map(({ body }) => (JSON.parse(body) as { data: object }).data)).toMatchObject([
    { changes: { priority: { to: 'urgent' } } }, { shortened: true, ticket: { id: ticket.id, number: ticket.number } },
  ]);
});

test('what a stranger nests or repeats without end is cut and not built up in memory', async () => {
  const app = await testApp();
  const { body: hook } = await app.owner.request('POST', '/incoming-webhooks', {
    name: 'Form', makes: 'ticket', mapping: { subject: 'Form', text: '{/all}'.repeat(600), email: 'ana@example.org' },
  });
  const hand = (payload: string) => app.request('POST', new URL(hook.address as string).pathname, Buffer.from(payload), { 'content-type': 'application/json' });
  const deep = 120_000;
  expect((await hand(`{"all":${'['.repeat(deep)}${']'.repeat(deep)}}`)).status).toBeLessThan(500);
  const { status, body } = await hand(`{"all":[${'"word",'.repeat(30_000)}""]}`);
  expect(status).toBe(202);
  const { items } = (await app.owner.request('GET', `/tickets/${body.ticketId as string}/entries`)).body as { items: { text: string }[] };
  expect(items[0]!.text).toHaveLength(100_000);
});

test('many slow webhooks of one workspace leave places for those of others', async () => {
  const app = await testApp();
  const other = await app.otherWorkspace();
  const waiting = async (of: Member, hooks: number) => {
    for (let i = 0; i < hooks; i++) {
      const { body } = await of.request('POST', '/webhooks', { name: `Hook ${i}`, url: 'https://slow.example.org/', events: [] });
      for (let n = 0; n < 3; n++) expect((await of.request('POST', `/webhooks/${body.id as string}/tests`)).status).toBe(202);
    }
  };
  await waiting(app.owner, 4);
  await waiting(other, 1);
  const claim = async (perWorkspace: number, limit: number) => {
    const now = app.machineNow();
    const claimed = await claimDue(app.db.owner, { now, leaseUntil: new Date(now.getTime() + 60_000), limit, perWebhook: 4, perWorkspace });
    return claimed.map(({ workspaceId }) => (workspaceId === other.workspaceId ? 'theirs' : 'ours')).sort();
  };
  expect(await claim(5, 3)).toEqual(['ours', 'ours', 'theirs']);
  expect(await claim(5, 4)).toEqual(['ours', 'ours', 'theirs', 'theirs']);
  expect(await claim(5, 48)).toEqual(['ours']);
});
