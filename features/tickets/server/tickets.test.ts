import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

const call = { subject: 'Broken kettle', channel: 'phone', direction: 'in', customer: { name: 'Мария Петрова', phone: '+359 88 123 4567' }, text: 'The kettle arrived cracked.' };

test('a logged call is a ticket with its customer, its entry and a number', async () => {
  const { owner } = await testApp();

  const created = await owner.request('POST', '/tickets', call);

  expect(created).toMatchObject({ status: 201, body: { subject: 'Broken kettle', status: 'open', channel: 'phone', number: 1001, customer: { name: 'Мария Петрова' }, assignee: { id: owner.id } } });
  const { body } = await owner.request('GET', `/tickets/${created.body.id}/entries`);
  expect(body.items).toMatchObject([{ type: 'call', direction: 'in', text: 'The kettle arrived cracked.', author: { kind: 'person', id: owner.id } }]);
});
