import { expect, test } from 'vitest';
import { testApp } from '../../../testing/test-app.ts';
import { textKeys } from './text-keys.ts';

test('a session is given what opens its own unsent words, and nobody else is: no token, no colleague, nobody who is signed out', async () => {
  const app = await testApp();
  const ana = await app.person('agent', { of: app.owner });
  const keysOf = async (token: string): Promise<string[] | undefined> => (await app.request('GET', '/me', undefined, { authorization: `Bearer ${token}` })).body.textKeys;
  const [own, others] = [await keysOf(ana.token), await keysOf(app.owner.token)];
  expect([own?.length, own?.[0]?.length, own?.[0] === others?.[0]]).toEqual([1, 44, false]);
  expect(await keysOf(ana.token), 'the same at every device').toEqual(own);
  const { token } = (await ana.request('POST', '/tokens', { name: 'program', scopes: ['read'] })).body as { token: string };
  expect((await app.request('GET', '/me', undefined, { authorization: `Bearer ${token}` })).body).not.toHaveProperty('textKeys');
  await ana.request('DELETE', '/session');
  expect((await app.request('GET', '/me', undefined, { authorization: `Bearer ${ana.token}` })).status).toBe(401);
});

test('after the secret was changed what was sealed before still opens', () => {
  const ana = { workspaceId: 'w', id: 'ana' };
  const [before, after] = [textKeys(['old'])(ana), textKeys(['new', 'old'])(ana)];
  expect([after[1], after[0] === before[0]]).toEqual([before[0], false]);
});
