import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('what one has to know of a person is said with a reason, seen on their tickets, asked for by conditions, and taken away by those who may', async () => {
  const app = await testApp();
  const { owner } = app;
  const [agent, colleague, lead] = [await app.person('agent', { of: owner }), await app.person('colleague', { of: owner }), await app.person('lead', { of: owner })];
  const ticket = (await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567', name: 'Maria' }, text: 'cracked' })).body;
  await owner.request('POST', '/tickets', { subject: 'Other', channel: 'phone', customer: { phone: '+359881234568', name: 'Ivan' }, text: 'fine' });
  const flags = `/customers/${ticket.customer.id}/flags`;

  expect(await agent.request('PUT', `${flags}/vulnerable`, {})).toMatchObject({ status: 400, body: { code: 'customer.flag_reason' } });
  expect(await agent.request('PUT', `${flags}/represented`, { reason: 'Guardian' })).toMatchObject({ status: 400, body: { code: 'customer.flag_contact' } });
  expect(await agent.request('PUT', `${flags}/abusive`, { reason: 'Shouted' })).toMatchObject({ status: 403 });
  expect(await agent.request('PUT', `${flags}/vulnerable`, { reason: 'In hospital', reviewOn: '2026-03-02' })).toMatchObject({ status: 200, body: { flag: 'vulnerable', by: { id: agent.id }, at: '2026-03-02T09:00:00.000Z' } });
  expect((await agent.request('PUT', `${flags}/vip`, {})).status).toBe(200);
  expect((await colleague.request('PUT', `${flags}/vip`, {})).status).toBe(403);

  expect((await colleague.request('GET', flags)).body.items).toMatchObject([{ flag: 'vulnerable', reason: '' }, { flag: 'vip' }]);
  expect((await agent.request('GET', flags)).body.items[0].reason).toBe('In hospital');
  expect((await agent.request('GET', `/tickets/${ticket.id}`)).body.customer.flags).toEqual(['vulnerable', 'vip']);
  const view = (await owner.request('POST', '/views', { name: 'VIP', conditions: { version: 1, all: [{ field: 'customer.vip', operator: 'is', value: true }] } })).body;
  expect(view).toMatchObject({ name: 'VIP' });
  expect((await owner.request('GET', `/views/${view.id}/tickets`)).body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['Kettle']);
  expect((await lead.request('GET', '/customers/flag-reviews')).body.items).toMatchObject([{ flag: 'vulnerable', customer: { id: ticket.customer.id } }]);
  expect((await agent.request('GET', '/customers/flag-reviews')).status).toBe(403);

  expect((await agent.request('DELETE', `${flags}/vulnerable`)).status).toBe(403);
  expect((await lead.request('DELETE', `${flags}/vulnerable`)).status).toBe(204);
  expect((await agent.request('GET', `/tickets/${ticket.id}`)).body.customer.flags).toEqual(['vip']);

  const note = (await agent.request('POST', `/customers/${ticket.customer.id}/notes`, { text: 'Speak slowly', popsUp: true })).body;
  expect((await agent.request('GET', `/customers/${ticket.customer.id}/notes?popsUp=1`)).body.items).toMatchObject([{ text: 'Speak slowly', popsUp: true }]);
  await agent.request('PATCH', `/customers/${ticket.customer.id}/notes/${note.id}`, { popsUp: false });
  expect((await agent.request('GET', `/customers/${ticket.customer.id}/notes?popsUp=1`)).body.items).toEqual([]);
});
