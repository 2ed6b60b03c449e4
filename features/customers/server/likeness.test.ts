import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

type Proposal = { customers: { id: string }[]; reasons: string[] };

test('records that may be of one person are proposed with reasons, joined or kept apart, and kept apart for good', async () => {
  const app = await testApp();
  const { owner } = app;
  const colleague = await app.person('colleague', { of: owner });
  const known = async (body: object): Promise<string> => (await owner.request('POST', '/customers', body)).body.id;
  const proposed = async (query = '') => {
    await app.due.round();
    const { body } = await owner.request('GET', `/customers/likenesses${query}`);
    return (body.items as Proposal[]).map(({ customers, reasons }) => ({ ids: customers.map(({ id }) => id).toSorted(), reasons }));
  };
  const maria = await known({ name: 'Мария Петрова', phone: '+359 88 123 4567' });
  const called = await known({ name: 'Maria', phone: '088 123 4567' });
  const written = await known({ name: 'Petrova Maria', email: 'maria.petrova@gmail.com' });
  await known({ name: 'Ivan Georgiev', phone: '+359 88 123 4568' });

  expect(await proposed()).toEqual([
    { ids: [maria, called].toSorted(), reasons: ['number'] },
    { ids: [maria, written].toSorted(), reasons: ['name_spelling'] },
  ]);
  expect(await proposed(`?customer=${called}`)).toHaveLength(1);
  const first = (await owner.request('GET', '/customers/likenesses?limit=1')).body;
  expect((await owner.request('GET', `/customers/likenesses?limit=1&cursor=${first.nextCursor}`)).body).toMatchObject({ items: [{ reasons: ['name_spelling'] }], nextCursor: null });

  // One company makes more of the same name, an address with a note to oneself is the same address.
  const company = (await owner.request('POST', '/companies', { name: 'Acme' })).body;
  for (const id of [maria, written]) await owner.request('PUT', `/companies/${company.id}/people/${id}`, {});
  const again = await known({ name: '', email: 'mariapetrova+kettle@gmail.com' });
  expect(await proposed()).toEqual(expect.arrayContaining([{ ids: [maria, written].toSorted(), reasons: ['name_company'] }, { ids: [written, again].toSorted(), reasons: ['address'] }]));

  const apart = `/customers/${written}/likenesses/${maria}/separation`;
  expect((await colleague.request('PUT', apart)).status).toBe(403);
  expect((await (await app.otherWorkspace()).request('PUT', apart)).status).toBe(404);
  expect((await owner.request('PUT', apart)).status).toBe(204);
  await owner.request('PATCH', `/customers/${maria}`, { name: 'Maria Petrova' });
  expect((await proposed(`?customer=${maria}`)).map(({ ids }) => ids)).toEqual([[maria, called].toSorted()]);

  // What was said holds for whoever goes on in either, and merged records are proposed no more.
  const merge = (await owner.request('POST', `/customers/${written}/merges`, { into: again })).body.id;
  await owner.request('PATCH', `/customers/${again}`, { name: 'Maria Petrova' });
  expect((await proposed()).map(({ ids }) => ids)).toEqual([[maria, called].toSorted()]);
  await owner.request('DELETE', `/merges/${merge}`);
  await owner.request('DELETE', apart);
  expect((await proposed(`?customer=${written}`)).map(({ ids }) => ids)).toContainEqual([maria, written].toSorted());
});

test('a name that many have is no reason by itself', async () => {
  const app = await testApp();
  for (let i = 0; i < 6; i++) await app.owner.request('POST', '/customers', { name: 'Ivan Ivanov', phone: `+35988100000${i}` });
  await app.due.round();
  expect((await app.owner.request('GET', '/customers/likenesses')).body.items).toEqual([]);
});
