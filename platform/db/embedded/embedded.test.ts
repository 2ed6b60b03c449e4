import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startEmbedded, type Embedded } from './embedded.ts';
import { runningPid } from './postmaster.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const HOLDER = `
  const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))});
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  try {
    const { ownerUrl } = await startEmbedded({ dataDir: process.argv[1], log });
    console.log(JSON.stringify({ ownerUrl }));
    setInterval(() => undefined, 60_000);
  } catch (error) {
    console.log(JSON.stringify({ refused: error.code }));
  }
`;

/** A cluster that was made once; most tests begin with a copy, which is quicker than making one. */
let pristine: string;
let dataDir: string;
const running: Embedded[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  pristine = join(await mkdtemp(join(tmpdir(), 'rapport-pristine-')), 'data');
  await chmod(join(pristine, '..'), 0o755);
  await (await startEmbedded({ dataDir: pristine, log })).stop();
});
afterAll(() => rm(join(pristine, '..'), { recursive: true, force: true }));

beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'rapport-embedded-')), 'data');
  await chmod(join(dataDir, '..'), 0o755);
  execFileSync('cp', ['-a', pristine, dataDir]);
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const embedded of running.splice(0)) await embedded.stop();
  if (postmaster() !== null) await (await startEmbedded({ dataDir, log })).stop();
  await rm(join(dataDir, '..'), { recursive: true, force: true });
});

const postmaster = (): number | null => runningPid(join(dataDir, 'postgres/cluster'));

/** As before the first start ever. */
const nothing = (): void => { rmSync(dataDir, { recursive: true, force: true }); };

async function start(): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, log });
  running.push(embedded);
  return embedded;
}

/** A process of its own that starts PostgreSQL and then waits to be killed. */
async function startHolder(): Promise<{ child: ChildProcess; said: { ownerUrl?: string; refused?: string } }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', HOLDER, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) return { child, said: JSON.parse(line) };
  throw new Error('the holder ended without a word');
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

test('a fresh cluster guards its data and gives nobody more rights than needed', async () => {
  nothing();
  const { ownerUrl, appUrl, superuserUrl } = await start();

  expect(await ask(superuserUrl, `select current_setting('fsync') as fsync, current_setting('data_checksums') as checksums,
    current_setting('full_page_writes') as pages, current_setting('listen_addresses') as listens`))
    .toEqual([{ fsync: 'on', checksums: 'on', pages: 'on', listens: '' }]);
  expect(await ask(ownerUrl, 'select current_user as me, current_database() as db, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user'))
    .toEqual([{ me: 'rapport_owner', db: 'rapport', super: false, bypass: false }]);
  await expect(ask(appUrl, 'create table anything (id int)')).rejects.toThrow('permission denied');
  await expect(ask(ownerUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password authentication failed');
});

test('letters outside ASCII fold and have trigrams, whatever locale the machine has', async () => {
  const { ownerUrl } = await start();
  await ask(ownerUrl, 'create extension pg_trgm');
  expect(await ask(ownerUrl, "select lower('ЁЖ Ł') as folded, similarity('Мария', 'Марии') > 0.3 as alike")).toEqual([{ folded: 'ёж ł', alike: true }]);
});

test('data survives a clean stop and start', async () => {
  const first = await start();
  await ask(first.ownerUrl, 'create table kept (word text); insert into kept values (\'safe\')');
  await first.stop();
  expect(postmaster()).toBeNull();

  const second = await start();
  expect(await ask(second.ownerUrl, 'select word from kept')).toEqual([{ word: 'safe' }]);
});

test('after kill -9 the next start takes over the server that was left behind, data and all', async () => {
  const { child, said } = await startHolder();
  await ask(said.ownerUrl!, 'create table kept (word text); insert into kept values (\'safe\')');
  const left = postmaster();
  child.kill('SIGKILL');

  const next = await start();
  expect(postmaster()).toBe(left);
  expect(await ask(next.ownerUrl, 'select word from kept')).toEqual([{ word: 'safe' }]);
  await next.stop();
  expect(postmaster()).toBeNull();
});

test('after kill -9 of both, the next start recovers', async () => {
  const { child, said } = await startHolder();
  await ask(said.ownerUrl!, 'create table kept (word text); insert into kept values (\'safe\')');
  child.kill('SIGKILL');
  process.kill(postmaster()!, 'SIGKILL');

  const next = await start();
  expect(await ask(next.ownerUrl, 'select word from kept')).toEqual([{ word: 'safe' }]);
});

test('a second copy on the same data is refused and does no harm', async () => {
  const { ownerUrl } = await start();
  const server = postmaster();

  expect((await startHolder()).said).toEqual({ refused: 'data.in_use' });
  expect(postmaster()).toBe(server);
  expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('of two copies that start at once, one wins', async () => {
  nothing();
  const said = (await Promise.all([startHolder(), startHolder()])).map((holder) => holder.said);
  expect(said.map(({ refused }) => refused ?? 'runs').sort()).toEqual(['data.in_use', 'runs']);
});

test('a PostgreSQL that dies is brought back', async () => {
  const { ownerUrl } = await start();
  const before = postmaster()!;
  process.kill(before, 'SIGKILL');

  await expect.poll(() => { const now = postmaster(); return now !== null && now !== before; }, { timeout: 20_000 }).toBe(true);
  await expect.poll(() => ask(ownerUrl, 'select 1 as one').catch(() => null), { timeout: 20_000 }).toEqual([{ one: 1 }]);
  // The right to the data came back too.
  await expect.poll(async () => (await startHolder()).said, { timeout: 20_000 }).toEqual({ refused: 'data.in_use' });
});

test('a process id that belongs to a stranger by now does not keep PostgreSQL from starting', async () => {
  await (await start()).stop();
  const path = join(dataDir, 'postgres/cluster/postmaster.pid');
  writeFileSync(path, `${process.pid}\n${join(dataDir, 'postgres/cluster')}\n1\n5432\n\n\n\n`);

  const { ownerUrl } = await start();
  expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('data of another major version is refused in words', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres/cluster/PG_VERSION'), '17\n');
  await expect(startEmbedded({ dataDir, log })).rejects.toMatchObject({ code: 'database.other_major', detail: expect.stringContaining('PostgreSQL 17') });
});

test('a data directory that is a file is refused in words', async () => {
  nothing();
  writeFileSync(dataDir, 'not a folder');
  await expect(startEmbedded({ dataDir, log })).rejects.toMatchObject({ code: 'data.unusable', detail: expect.stringContaining(dataDir) });
});

test('a data directory under a very long path works all the same', async () => {
  nothing();
  dataDir = join(dataDir, 'a-rather-long-name-for-a-folder-'.repeat(3), 'data');
  const { ownerUrl } = await start();
  expect(await ask(ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test.runIf(process.getuid?.() === 0)('as root, a path that PostgreSQL cannot pass is named', async () => {
  const closed = join(dataDir, '..', 'closed');
  await mkdir(closed, { mode: 0o700 });
  await expect(startEmbedded({ dataDir: join(closed, 'data'), log }))
    .rejects.toMatchObject({ code: 'data.closed_to_postgres', detail: expect.stringContaining(closed) });
});

test('the password is readable by its owner alone and stays the same', async () => {
  await (await start()).stop();
  const path = join(dataDir, 'database-password');
  const before = readFileSync(path, 'utf8');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await (await start()).stop();
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test.skipIf(process.platform !== 'linux')('a data folder in a place where nothing can be made is refused in words, and at once', async () => {
  await expect(startEmbedded({ dataDir: '/proc/nope', log })).rejects.toMatchObject({ code: 'data.unusable', detail: expect.stringContaining('/proc/nope') });
});
