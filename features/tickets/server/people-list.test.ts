import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('lists of people show companies, the last contact and what is open; leads take them along', async () => {
  const app = await testApp();
  const { owner } = app;
  const [agent, lead, stranger] = [await app.person('agent', { of: owner }), await app.person('lead', { of: owner }), await app.otherWorkspace()];
  const called = async (subject: string, name: string, phone: string) => (await owner.request('POST', '/tickets', { subject, channel: 'phone', customer: { phone, name }, text: 'rang' })).body;
  const first = await called('Kettle', 'Maria', '+359881234567');
  const { customer: maria } = first;
  app.pass(120);
  const second = await called('Lid', 'Maria', '+359881234567');
  await owner.request('PATCH', `/tickets/${first.id}`, { status: 'resolved' });
  const { customer: ivan } = await called('Gone', '=Ivan', '+359881234568');
  await owner.request('PUT', `/tickets/${(await owner.request('GET', `/tickets?customer=${ivan.id}`)).body.items[0].id}/spam`);
  const company = (await owner.request('POST', '/companies', { name: 'Acme', isKeyAccount: true })).body;
  await owner.request('PUT', `/companies/${company.id}/people/${maria.id}`, {});
  await owner.request('POST', '/commitments', { ticketId: second.id, kind: 'callback', what: 'Ring back', dueAt: '2026-03-03T09:00:00Z' });

  const beside = `/customers/beside?ids=${ivan.id},${maria.id}`;
  const known = (await agent.request('GET', beside)).body.items.toSorted((a: { openTickets: number }, b: { openTickets: number }) => a.openTickets - b.openTickets);
  expect(known).toEqual([
    { id: ivan.id, companies: [], lastContactAt: null, openTickets: 0, openMore: false },
    { id: maria.id, companies: [{ id: company.id, name: 'Acme', isKeyAccount: true }], lastContactAt: '2026-03-02T11:00:00.000Z', openTickets: 1, openMore: false },
  ]);
  expect((await stranger.request('GET', beside)).body.items).toEqual([]);
  expect((await agent.request('GET', `/commitments?customer=${maria.id}`)).body.items).toMatchObject([{ what: 'Ring back' }]);
  expect((await agent.request('GET', `/commitments?customer=${ivan.id}`)).body.items).toEqual([]);

  expect(await agent.request('GET', '/customers.csv')).toMatchObject({ status: 403, body: { code: 'ticket.not_allowed' } });
  const csv: string = (await lead.request('GET', '/customers.csv')).body;
  expect(csv).toContain(`${maria.id},Maria,,'+359881234567,Acme,,,,1,2026-03-02T11:00:00.000Z,`);
  expect(csv).toContain(`'=Ivan`);
  expect((await lead.request('GET', '/customers.csv?q=Maria')).body).not.toContain('Ivan');
  expect((await stranger.request('GET', '/customers.csv')).body).not.toContain('Maria');
  expect(await agent.request('GET', '/companies.csv')).toMatchObject({ status: 403, body: { code: 'ticket.not_allowed' } });
  expect((await lead.request('GET', '/companies.csv?q=acm')).body).toContain(`${company.id},Acme,,,,,yes,`);
  expect((await lead.request('GET', '/companies.csv?q=other')).body).not.toContain('Acme');
  expect((await stranger.request('GET', '/companies.csv')).body).not.toContain('Acme');
});

test('who works here stands by name in the own fields of a list of tickets; a list that cannot be read is refused', async () => {
  const { owner } = await testApp();
  await owner.request('POST', '/fields', { subject: 'ticket', key: 'expert', type: 'person', names: { en: 'Expert' } });
  await owner.request('POST', '/fields', { subject: 'ticket', key: 'status', type: 'text', names: { en: 'Status' } });
  await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', customer: { phone: '+359881234567' }, text: 'rang', fields: { expert: owner.id, status: '=odd' } });
  const [heads, row] = (await owner.request('GET', '/tickets.csv')).body.split('\r\n').map((line: string) => line.split(',').slice(-2));
  expect([heads, row]).toEqual([['Expert', 'fields.status'], [(await owner.request('GET', '/me')).body.name, `'=odd`]]);
  expect((await owner.request('GET', `/tickets.csv?view=${owner.id}`)).status).toBe(404);
});
