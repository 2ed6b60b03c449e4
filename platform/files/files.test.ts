import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createFiles, IN_ROW_BYTES } from './files.ts';

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const pathOf = (dataDir: string, sha256: string) => join(dataDir, 'files', sha256.slice(0, 2), sha256.slice(2));
const large = () => randomBytes(IN_ROW_BYTES + 1);

async function desk() {
  const db = createDatabase(await copyOfTemplate());
  const dataDir = await mkdtemp(join(tmpdir(), 'rapport-files-'));
  onTestFinished(async () => {
    await db.destroy();
    await rm(dataDir, { recursive: true, force: true });
  });
  const workspace = async () => {
    const id = newId();
    await sql`select workspace_create(${id}, 'Shop', 'en', now())`.execute(db.owner);
    return id;
  };
  return { db, dataDir, files: createFiles({ dataDir }), workspace, here: await workspace() };
}

test('what was put is read again, small and large, each kept once', async () => {
  const { db, dataDir, files, here } = await desk();
  const contents = [Buffer.from('small'), large(), Buffer.alloc(0), Buffer.from('small'), Buffer.alloc(IN_ROW_BYTES, 7)];

  const stored = await db.work(here, (tx) => files.putMany(tx, here, contents));

  expect(stored).toEqual(contents.map((bytes) => ({ sha256: hashOf(bytes), size: bytes.length })));
  for (const [i, bytes] of contents.entries()) {
    expect((await db.work(here, (tx) => files.read(tx, here, stored[i]!.sha256)))!.equals(bytes)).toBe(true);
    const streamed = await db.work(here, (tx) => files.stream(tx, here, stored[i]!.sha256));
    expect(streamed!.size).toBe(bytes.length);
    expect((await buffer(streamed!.stream)).equals(bytes)).toBe(true);
  }
  expect((await db.owner.selectFrom('blobs').select('sha256').execute()).length).toBe(4);
  expect(contents[1]!.equals(await readFile(pathOf(dataDir, stored[1]!.sha256)))).toBe(true);
  expect((await readdir(join(dataDir, 'files'), { recursive: true })).some((name) => name.endsWith('.draft'))).toBe(false);
});

test('another workspace does not see a file, even when it knows the hash', async () => {
  const { db, files, here, workspace } = await desk();
  const there = await workspace();
  for (const bytes of [Buffer.from('secret'), large()]) {
    const { sha256 } = await db.work(here, (tx) => files.put(tx, here, bytes));
    expect(await db.work(there, (tx) => files.read(tx, there, sha256))).toBeNull();
    expect(await db.work(there, (tx) => files.read(tx, here, sha256))).toBeNull();
    expect(await db.work(there, (tx) => files.stream(tx, there, sha256))).toBeNull();
  }
});

test('something that is not a hash is not a path either', async () => {
  const { db, files, here } = await desk();
  for (const name of ['../../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}\n`]) {
    expect(await db.work(here, (tx) => files.read(tx, here, name))).toBeNull();
  }
});

test('damage is noticed: bytes changed, bytes added, file gone', async () => {
  const { db, dataDir, files, here } = await desk();
  const read = (sha256: string) => db.work(here, (tx) => files.read(tx, here, sha256));
  const streamed = (sha256: string) => db.work(here, async (tx) => buffer((await files.stream(tx, here, sha256))!.stream));
  const bytes = large();
  const { sha256 } = await db.work(here, (tx) => files.put(tx, here, bytes));
  const path = pathOf(dataDir, sha256);

  const changed = Buffer.from(bytes);
  changed[5]! ^= 1;
  await writeFile(path, changed);
  await expect(read(sha256)).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(streamed(sha256)).rejects.toMatchObject({ code: 'file.damaged' });

  await writeFile(path, bytes);
  await appendFile(path, 'more');
  await expect(streamed(sha256)).rejects.toMatchObject({ code: 'file.damaged' });
  await rm(path);
  await expect(read(sha256)).rejects.toMatchObject({ code: 'file.damaged' });
  await expect(streamed(sha256)).rejects.toMatchObject({ code: 'file.damaged' });

  const small = await db.work(here, (tx) => files.put(tx, here, Buffer.from('small')));
  await db.owner.updateTable('blobs').set({ bytes: Buffer.from('smalL') }).where('sha256', '=', small.sha256).execute();
  await expect(read(small.sha256)).rejects.toMatchObject({ code: 'file.damaged' });
});

test('a unit of work that fails leaves an orphan on disk; the sweep removes it, and nothing else', async () => {
  const { db, dataDir, files, here } = await desk();
  const kept = await db.work(here, (tx) => files.put(tx, here, large()));
  const orphan = large();
  await expect(db.work(here, async (tx) => {
    await files.put(tx, here, orphan);
    throw new Error('changed my mind');
  })).rejects.toThrow('changed my mind');
  const draft = `${pathOf(dataDir, kept.sha256)}.abc.draft`;
  await writeFile(draft, 'half');
  const now = new Date('2027-03-01T12:00:00Z');
  await utimes(draft, now, new Date('2027-03-01T11:00:00Z'));

  expect(await files.sweep(db.owner, now)).toEqual({ removed: 1, missing: [] });
  await expect(readFile(pathOf(dataDir, hashOf(orphan)))).rejects.toThrow('ENOENT');
  expect(await readFile(draft, 'utf8')).toBe('half');
  expect(await db.work(here, (tx) => files.read(tx, here, kept.sha256))).not.toBeNull();

  await rm(pathOf(dataDir, kept.sha256));
  expect(await files.sweep(db.owner, new Date('2027-03-03T12:00:00Z'))).toEqual({ removed: 0, missing: [kept.sha256] });
  await expect(readFile(draft)).rejects.toThrow('ENOENT');
});

test('the sweep never takes a file that is being put again', async () => {
  const { db, dataDir, files, here } = await desk();
  const bytes = large();
  await db.work(here, (tx) => files.put(tx, here, bytes));
  await db.owner.deleteFrom('blobs').execute();

  let swept: Promise<{ removed: number }> | undefined;
  await db.work(here, async (tx) => {
    await files.put(tx, here, bytes);
    swept = files.sweep(db.owner, new Date('2027-03-01T12:00:00Z'));
    // The sweep stands at the lock of this file before we commit.
    await expect.poll(async () => (await sql`select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db.owner)).rows.length).toBe(1);
  });

  expect(await swept).toMatchObject({ removed: 0 });
  expect(hashOf(await readFile(pathOf(dataDir, hashOf(bytes))))).toBe(hashOf(bytes));
});

test('the same files put by many at once are no deadlock', async () => {
  const { db, files, here } = await desk();
  const contents = Array.from({ length: 20 }, (_, i) => Buffer.from(`file ${i}`));
  const puts = Array.from({ length: 8 }, (_, i) =>
    db.work(here, (tx) => files.putMany(tx, here, i % 2 ? contents : contents.toReversed())));
  expect((await Promise.all(puts)).length).toBe(8);
});
