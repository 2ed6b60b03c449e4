import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';

test('a letter that waited in a browser leaves in the name of who signed in there meanwhile', async () => {
  const app = await testApp();
  const [ana, boris] = [await app.person('agent', { of: app.owner, name: 'Ana' }), await app.person('agent', { of: app.owner, name: 'Boris' })];
  const { id } = (await app.owner.request('POST', '/tickets', { subject: 'Lamp', channel: 'phone', customer: { email: 'maria@example.org' }, text: 'It flickers' })).body;
  const send = (by: typeof ana, as: string) => by.request('POST', `/tickets/${id as string}/notes`, { text: `of ${as}` }, { 'idempotency-key': 'one', 'rapport-person': as });
  const notes = async () => ((await app.owner.request('GET', `/tickets/${id as string}/entries`)).body.items as { type: string; author: { id: string } }[]).filter(({ type }) => type === 'note').map(({ author }) => author.id);
  expect(await send(boris, ana.id)).toMatchObject({ status: 401, body: { code: 'session.somebody_else' } });
  expect(await notes()).toEqual([]);
  // She signs in again, and it goes under the key that it had.
  expect((await send(ana, ana.id)).status).toBe(201);
  expect(await notes()).toEqual([ana.id]);
});
