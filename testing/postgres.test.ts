import pg from 'pg';
import { expect, test } from 'vitest';
import { copyOfTemplate } from './postgres.ts';

test('a copy is migrated, private, and belongs to the owner', async () => {
  const [one, other] = await Promise.all([copyOfTemplate(), copyOfTemplate()]);
  expect(one.ownerUrl).not.toBe(other.ownerUrl);

  const owner = new pg.Client(one.ownerUrl);
  const app = new pg.Client(one.appUrl);
  await Promise.all([owner.connect(), app.connect()]);
  try {
    const { rows } = await owner.query('select current_user as me, count(*)::int > 0 as migrated from schema_migrations');
    expect(rows).toEqual([{ me: 'rapport_owner', migrated: true }]);
    await expect(app.query('select from schema_migrations')).rejects.toThrow('permission denied');
  } finally {
    await Promise.all([owner.end(), app.end()]);
  }
});
