import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('nobody without the right to restore brings a deleted ticket back by way of spam', async () => {
  const app = await testApp();
  const agent = await app.person('agent', { of: app.owner });
  const { id } = (await app.owner.request('POST', '/tickets', { subject: 'Gone', channel: 'phone', customer: { phone: '+359881234567' }, text: 'x' })).body;
  expect((await app.owner.request('PUT', `/tickets/${id}/deletion`)).status).toBeLessThan(300);
  expect((await agent.request('PUT', `/tickets/${id}/spam`)).body).toMatchObject({ code: 'ticket.deleted' });
  expect((await agent.request('POST', '/tickets/spam', { ids: [id], spam: true })).body.ids).toEqual([]);
  await agent.request('POST', '/tickets/spam', { ids: [id], spam: false });
  const { body } = await app.owner.request('GET', `/tickets/${id}`);
  expect([body.deletedAt === null, body.spam]).toEqual([false, false]);
});
