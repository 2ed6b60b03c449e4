import { expect, test } from 'vitest';
import { oneAppForAll, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

/** So often that what is shown was shown before, on every connection. */
const AGAIN = 40;

test('a list and a ticket that everybody has seen many times show what has changed since, to each their own', async () => {
  const { owner, person } = await testApp();
  const ben = await person('agent', { of: owner });
  const { body: { id, customer } } = await owner.request('POST', '/tickets', { subject: 'Kettle', channel: 'phone', direction: 'in', customer: { name: 'Maria', email: 'maria@example.org' }, text: 'It is cracked.' });
  const seenBy = async (who: Member) => {
    const [{ body: list }, { body: alone }] = await Promise.all([who.request('GET', '/tickets'), who.request('GET', `/tickets/${id}`)]);
    const listed = list.items.find((one: { id: string }) => one.id === id);
    expect(listed).toEqual(alone);
    return alone;
  };
  for (let i = 0; i < AGAIN; i += 1) await Promise.all([seenBy(owner), seenBy(ben)]);
  const before = await seenBy(owner);

  await owner.request('PATCH', `/customers/${customer.id}`, { name: 'Maria Petrova' });
  expect((await seenBy(ben)).customer.name).toBe('Maria Petrova');
  await owner.request('PATCH', `/tickets/${id}`, { tags: ['urgent'], assigneeId: ben.id });
  expect(await seenBy(owner)).toMatchObject({ tags: ['urgent'], assignee: { id: ben.id }, customer: { name: 'Maria Petrova' } });
  await ben.request('PUT', `/tickets/${id}/read`);
  expect([(await seenBy(ben)).unread, (await seenBy(owner)).readAt]).toEqual([false, before.readAt]);
  await owner.request('PUT', `/tickets/${id}/followers/${ben.id}`);
  expect((await seenBy(owner)).followerIds).toContain(ben.id);
  // As it was before is not as it is.
  await owner.request('PATCH', `/tickets/${id}`, { tags: [], assigneeId: null });
  expect(await seenBy(owner)).toMatchObject({ tags: [], assignee: null });
  expect((await seenBy(owner)).version).toBeGreaterThan(before.version);
});
