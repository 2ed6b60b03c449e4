import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createFiles } from '../files/files.ts';
import { removeRubbish } from './housekeeping.ts';

const at = new Date('2027-03-20T09:00:00Z');
const daysAgo = (days: number) => new Date(at.getTime() - days * 86_400_000);

test('what nobody needs is removed, and nothing that is still good', async () => {
  const db = createDatabase(await copyOfTemplate());
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-rubbish-'));
  onTestFinished(async () => {
    await db.destroy();
    await rm(dataDir, { recursive: true, force: true });
  });
  const complaints: object[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: (facts: object) => { complaints.push(facts); } };
  const files = createFiles({ dataDir });
  const [here, person] = [newId(), newId()];
  const run = (statement: ReturnType<typeof sql>) => statement.execute(db.owner);
  await run(sql`select workspace_create(${here}, 'Shop', 'en', now())`);
  await run(sql`insert into people (workspace_id, id, email, email_key, name, role, created_at) values (${here}, ${person}, 'a@x', 'a@x', 'Ana', 'agent', now())`);
  for (const [age, key] of [['40 days', 'old'], ['-1 days', 'good']] as const) {
    await run(sql`insert into sessions (workspace_id, id, person_id, token_hash, created_at, last_seen_at, expires_at)
      values (${here}, ${newId()}, ${person}, ${Buffer.from(key)}, now(), now(), now() - ${age}::interval)`);
    await run(sql`insert into one_time_links (workspace_id, id, purpose, person_id, token_hash, created_at, expires_at)
      values (${here}, ${newId()}, 'reset', ${person}, ${Buffer.from(key)}, now(), now() - ${age}::interval)`);
    await run(sql`insert into setup_links (token_hash, expires_at) values (${Buffer.from(key)}, now() - ${age}::interval)`);
    await run(sql`insert into socket_tickets (hash, expires_at) values (${Buffer.from(key)}, now() - ${age}::interval)`);
    await run(sql`insert into rate_windows (key, count, ends_at) values (${key}, 1, now() - ${age}::interval)`);
    await run(sql`insert into idempotency_keys (workspace_id, actor_id, key, fingerprint, created_at)
      values (${here}, ${person}, ${key}, 'f', now() - case when ${key} = 'old' then interval '49 hours' else interval '47 hours' end)`);
  }
  const [loose, draft, unused, mail] = await db.work(here, (tx) => files.putMany(tx, here, ['loose', 'draft', 'unused', 'mail'].map((text) => Buffer.from(text))));
  for (const [file, age] of [[loose!, 8], [draft!, 6]] as const) {
    await run(sql`insert into attachments (workspace_id, id, name, content_type, size, sha256, created_at)
      values (${here}, ${newId()}, 'f', 'text/plain', 5, ${file.sha256}, ${daysAgo(age)})`);
  }
  await run(sql`insert into outbox (workspace_id, id, purpose, message_id, envelope_from, envelope_to, content, attachments, state, not_before, next_attempt_at, created_at)
    values (${here}, ${newId()}, 'reply', '<1@x>', 'a@x', '{b@x}', '{}', ${JSON.stringify([{ sha256: mail!.sha256, name: 'f' }])}, 'queued', now(), now(), now())`);
  // Of visitors of a chat: a file that was never sent must hold up nothing.
  const widget = newId();
  await run(sql`insert into chat_widgets (workspace_id, id, name, created_at, updated_at) values (${here}, ${widget}, 'Shop', now(), now())`);
  const [forgotten] = await db.work(here, (tx) => files.putMany(tx, here, [Buffer.from('forgotten')]));
  for (const age of [40, 20]) {
    const visitor = newId();
    await run(sql`insert into chat_visitors (workspace_id, id, widget_id, created_at) values (${here}, ${visitor}, ${widget}, ${daysAgo(age)})`);
    if (age === 40) continue;
    await run(sql`insert into chat_sessions (workspace_id, secret_hash, visitor_id, expires_at, used_at) values (${here}, ${Buffer.from('old')}, ${visitor}, now() - interval '2 days', now()), (${here}, ${Buffer.from('new')}, ${visitor}, null, now())`);
    await run(sql`insert into chat_uploads (workspace_id, id, visitor_id, sha256, size, name, content_type, created_at) values (${here}, ${newId()}, ${visitor}, ${forgotten!.sha256}, 9, 'f', 'text/plain', now() - interval '8 days')`);
  }
  await run(sql`update blobs set created_at = now() - interval '8 days'`);
  const fresh = await db.work(here, (tx) => files.put(tx, here, Buffer.from('fresh')));

  expect(await removeRubbish(db.owner, at, log)).toEqual({
    sessions: 1, one_time_links: 1, setup_links: 1, rate_windows: 1, idempotency_keys: 1, socket_tickets: 1, attachments: 1, blobs: 3, chat_sessions: 1, chat_uploads: 1, chat_visitors: 1,
  });
  const left = await db.owner.selectFrom('blobs').select('sha256').execute();
  expect(left.map((row) => row.sha256).sort()).toEqual([draft!, mail!, fresh].map((file) => file.sha256).sort());
  expect(unused).toBeDefined();
  expect(await removeRubbish(db.owner, at, log)).toEqual({});
  expect(complaints).toEqual([]);

  // A table that refuses keeps nobody from the others.
  await run(sql`alter table sessions rename to elsewhere`);
  await run(sql`insert into setup_links (token_hash, expires_at) values (${Buffer.from('older')}, now() - interval '40 days')`);
  expect(await removeRubbish(db.owner, at, log)).toEqual({ setup_links: 1 });
  expect(complaints).toMatchObject([{ table: 'sessions', err: { code: '42P01' } }]);
});
