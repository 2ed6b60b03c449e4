import { expect, test } from 'vitest';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { sql } from 'kysely';
import { createEvents } from './events.ts';

test('of those who hear of something at once, one that fails outright leaves none of the others alone, and nothing of it stays', async () => {
  const db = createDatabase(await copyOfTemplate());
  const lost: unknown[] = [];
  const hear = (reason: unknown): void => { lost.push(reason); };
  process.on('unhandledRejection', hear);
  try {
    const workspaceId = newId();
    await sql`select workspace_create(${workspaceId}, 'Shop', 'en', now())`.execute(db.owner);
    const events = createEvents({ onCommitted: () => undefined });
    let ended = 0;
    events.within({ 'entry.added': async (tx) => { await sql`select 1`.execute(tx); ended += 1; throw new Error('later'); } });
    events.within({ 'entry.added': () => { throw new Error('at once'); } });
    const told = db.work(workspaceId, (tx) => events.emit(tx, workspaceId, { type: 'entry.added', actor: { kind: 'system', id: null }, at: new Date(0) }));
    await expect(told).rejects.toThrow(/at once|later/);
    await new Promise((resolve) => { setImmediate(resolve); });
    expect([ended, lost, (await sql`select from events where workspace_id = ${workspaceId} and type = 'entry.added'`.execute(db.owner)).rows.length]).toEqual([1, [], 0]);
  } finally {
    process.off('unhandledRejection', hear);
    await db.destroy();
  }
});
