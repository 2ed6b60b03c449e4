import { expect, test } from 'vitest';
import { oneAppForAll, ownApp, testApp, type Member } from '../../../testing/test-app.ts';

oneAppForAll();

async function desk() {
  const app = await testApp();
  const { owner } = app;
  const ticket = (await owner.request('POST', '/tickets', { subject: 's', channel: 'phone', customer: { email: 'maria@example.org' }, text: 'x' })).body;
  const token = async (scopes: string[], of: Member = owner) => {
    const { body } = await of.request('POST', '/tokens', { name: scopes.join(), scopes });
    return (...[method, path, body_]: Parameters<Member['request']>) => app.request(method, path, body_, { authorization: `Bearer ${body.token}` });
  };
  return { app, owner, ticket, token };
}

test('a token that may not read cannot write and be told what it did: nothing is written', async () => {
  const { owner, ticket, token } = await desk();
  const blind = await token(['write']);
  for (const [method, path, body] of [
    ['POST', `/tickets/${ticket.id}/replies`, { text: 'sneaky' }], ['POST', `/tickets/${ticket.id}/notes`, { text: 'sneaky' }],
    ['PATCH', `/tickets/${ticket.id}`, { subject: 'sneaky' }], ['POST', '/tickets', { subject: 'sneaky', channel: 'phone', customer: { phone: '+48221234567' }, text: 'sneaky' }],
  ] as const) expect((await blind(method, path, body)).status, path).toBe(403);
  expect(JSON.stringify([(await owner.request('GET', `/tickets/${ticket.id}/entries`)).body, (await owner.request('GET', '/tickets?status=all')).body])).not.toContain('sneaky');
});

test('a token that may only read leaves no mark', async () => {
  ownApp();
  const { owner, ticket, token } = await desk();
  const reader = await token(['read']);
  expect((await reader('PUT', `/tickets/${ticket.id}/read`)).status).toBe(403);
  await owner.request('POST', `/tickets/${ticket.id}/replies`, { text: 'hello' });
  const [mail] = (await owner.request('GET', '/outbox')).body.items;
  expect((await reader('POST', `/outbox/${mail.id}/retries`)).status).toBe(403);
});

test('no token sees from where its owner signs in, or what other tokens there are', async () => {
  const { token } = await desk();
  const all = await token(['read', 'write', 'mail', 'admin']);
  for (const path of ['/sessions', '/tokens']) expect((await all('GET', path)).body.code, path).toBe('session.needed');
});

test('a colleague takes back their own notes on a customer, never those of others', async () => {
  const { app, owner, ticket } = await desk();
  const notes = `/customers/${ticket.customer.id}/notes`;
  const colleague = await app.person('colleague', { of: owner });
  const agent = await app.person('agent', { of: owner });
  const theirs = (await owner.request('POST', notes, { text: 'of the owner' })).body;
  const own = (await colleague.request('POST', notes, { text: 'of the colleague' })).body;
  expect((await colleague.request('DELETE', `${notes}/${theirs.id}`)).status).toBe(404);
  expect((await colleague.request('DELETE', `${notes}/${own.id}`)).status).toBe(204);
  expect((await agent.request('DELETE', `${notes}/${theirs.id}`)).status).toBe(204);
});

test('a token sees whose it is, and of the workspace what its scopes let it', async () => {
  const { owner, token } = await desk();
  const mail = await token(['mail']);
  expect((await mail('GET', '/me'))).toMatchObject({ status: 200, body: { id: owner.id, permissions: ['mail.deliver'], mailLeaves: false } });
  expect((await mail('GET', '/workspace')).status).toBe(403);
  expect((await (await token(['read']))('GET', '/workspace'))).toMatchObject({ status: 200, body: { id: owner.workspaceId } });
});
