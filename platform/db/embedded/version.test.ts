import { expect, test } from 'vitest';
import { copyOfTemplate } from '../../../testing/postgres.ts';
import { assertServerVersion } from './version.ts';

test('a server that is new enough passes', async () => {
  await assertServerVersion((await copyOfTemplate()).ownerUrl);
});

test('a server that does not answer is named without its password', async () => {
  const attempt = assertServerVersion('postgres://app:hunter22@127.0.0.1:1/rapport');
  await expect(attempt).rejects.toMatchObject({ code: 'database.unreachable', detail: expect.stringContaining('127.0.0.1:1/rapport') });
  await expect(attempt).rejects.not.toThrow(/hunter22/);
});

test('a wrong password is told as such', async () => {
  const url = new URL((await copyOfTemplate()).ownerUrl);
  url.password = 'hunter22';
  await expect(assertServerVersion(url.href)).rejects.toMatchObject({ detail: expect.stringContaining('password authentication failed') });
});
