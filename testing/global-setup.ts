import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { TestProject } from 'vitest/node';
import { blockedAt, postgresAccount, type Account } from '../platform/db/embedded/account.ts';
import { prepareBinaries } from '../platform/db/embedded/binaries.ts';
import { prepareCluster, preparePlaces, writeSettings } from '../platform/db/embedded/cluster.ts';
import { ensureRoles } from '../platform/db/embedded/database.ts';
import { ensureRunning, stopServer, type Connected, type Postmaster } from '../platform/db/embedded/postmaster.ts';
import { migrate } from '../platform/db/migrate.ts';
import { keepClusterOf, memoryFolder, temporaryInMemory } from './memory-folder.ts';
import { databaseUrls, onServer, TEST_PASSWORD } from './server.ts';

const ROOT = join(import.meta.dirname, '..');
const TEMPLATES_KEPT = 3;
/** Held, shared, by every run that uses the server; the one that gets it alone is the last and turns off the light. */
const IN_USE = 7_304_112_002;
const BUILDING = 7_304_112_003;

/** A PostgreSQL for the run (`TEST_POSTGRES`, or one of our own shared by runs at the same time) and its template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The module runner's way to draw stacks throws on this module, also in the middle of a socket's own error handling.
  Reflect.deleteProperty(Error, 'prepareStackTrace');
  try {
    return await prepare(project);
  } catch (error) {
    // Vitest fails at printing the stack of what is thrown here, and hides the reason with it.
    const message = `The tests have no PostgreSQL: ${error instanceof Error ? error.message : String(error)}`;
    console.error(message);
    throw Object.defineProperty(new Error(message), 'stack', { value: message });
  }
}

async function prepare(project: TestProject): Promise<() => Promise<void>> {
  const temporary = temporaryInMemory();
  const external = process.env['TEST_POSTGRES'];
  const server = external ? { superuserUrl: external, leave: async () => undefined } : await joinCluster();
  const prefix = `test_${randomBytes(4).toString('hex')}_`;
  const template = await prepareTemplate(server.superuserUrl);
  project.provide('postgres', { superuserUrl: server.superuserUrl, template, prefix });
  return async () => {
    await dropCopies(server.superuserUrl, prefix);
    // Servers that are kept from file to file end with their process, and leave their folders.
    for (const name of await readdir(tmpdir())) if (name.startsWith(`rapport-${prefix}`)) await rm(join(tmpdir(), name), { recursive: true, force: true });
    await server.leave();
    temporary.leave();
  };
}

export async function joinCluster(): Promise<{ superuserUrl: string; leave(): Promise<void> }> {
  const account = postgresAccount();
  const folder = testFolder(account);
  const places = await preparePlaces(folder, account);
  keepClusterOf(ROOT, folder);
  const binaries = await prepareBinaries(places.home, account);
  await prepareCluster(places, { binaries, account, superuserPassword: TEST_PASSWORD, durable: false });
  const postmaster: Postmaster = {
    places, binaries, account, superuserPassword: TEST_PASSWORD,
    writeSettings: () => writeSettings(places, { durable: false, maxConnections: 400 }, account),
  };
  const { client, pid } = await joined(postmaster);
  return {
    superuserUrl: `postgres://postgres:${TEST_PASSWORD}@localhost:5432/postgres?host=${encodeURIComponent(places.sockets)}`,
    async leave() {
      await client.query('select pg_advisory_unlock_shared($1)', [IN_USE]);
      const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [IN_USE]);
      if (rows[0]?.alone) {
        await dropMatching(client, 'test_%');
        await stopServer(postmaster, pid);
      }
      await client.end().catch(() => undefined);
    },
  };
}

async function joined(postmaster: Postmaster): Promise<Connected> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const running = await ensureRunning(postmaster);
    const held = await running.client.query<{ held: boolean }>('select pg_try_advisory_lock_shared($1) as held', [IN_USE])
      .then(({ rows }) => rows[0]?.held === true, () => false);
    if (held) return running;
    // The last run before this one is turning off the light.
    await running.client.end().catch(() => undefined);
    await pause(50);
  }
  throw new Error('the PostgreSQL of the tests is being stopped again and again');
}

/** In memory, else beside the code, unless PostgreSQL's own account cannot get there (as root, in a home of mode 700). */
function testFolder(account: Account | null): string {
  const hash = createHash('sha256').update(ROOT).digest('hex').slice(0, 12);
  const memory = memoryFolder();
  if (memory !== null) return join(memory, `rapport-test-${hash}`);
  return account && blockedAt(ROOT, account) !== null ? join(tmpdir(), `rapport-test-${hash}`) : join(ROOT, '.cache/test-pg');
}

/** Also on a server of somebody else's, whose roles may have other passwords. */
export async function makeRoles(admin: pg.Client): Promise<void> {
  // What it takes to guess a password is taken at every connection, too.
  await admin.query(`select set_config('scram_iterations', '1', false) from pg_settings where name = 'scram_iterations'`);
  await ensureRoles(admin, { owner: TEST_PASSWORD, login: TEST_PASSWORD });
  await admin.query(`alter role rapport_owner password '${TEST_PASSWORD}'`);
  await admin.query(`alter role rapport_login password '${TEST_PASSWORD}'`);
}

async function prepareTemplate(superuserUrl: string): Promise<string> {
  const template = `template_${await migrationsHash()}`;
  await onServer(superuserUrl, async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [BUILDING]);
    const { rowCount } = await admin.query('select from pg_database where datname = $1 and datistemplate', [template]);
    if (rowCount !== 0) return;
    await makeRoles(admin);
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.query(`create database ${template} owner rapport_owner`);
    await migrate({ ownerUrl: databaseUrls(superuserUrl, template).ownerUrl, appLogin: 'rapport_login' });
    await admin.query(`alter database ${template} with is_template true allow_connections false`);
    await dropOldTemplates(admin);
  });
  return template;
}

async function migrationsHash(): Promise<string> {
  const folder = join(ROOT, 'db/migrations');
  const hash = createHash('sha256');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort().map((name) => join(folder, name));
  for (const file of [...files, join(ROOT, 'platform/db/migrate.ts'), join(ROOT, 'node_modules/graphile-worker/package.json')]) {
    hash.update(await readFile(file));
  }
  return hash.digest('hex').slice(0, 16);
}

async function dropOldTemplates(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    `select datname from pg_database where datname like 'template\\_%' and datistemplate order by oid desc offset $1`, [TEMPLATES_KEPT]);
  for (const { datname } of rows) {
    await admin.query(`alter database ${datname} with is_template false`);
    await admin.query(`drop database if exists ${datname} with (force)`);
  }
}

/** Several at once: each waits for a checkpoint, which they can share. */
async function dropCopies(superuserUrl: string, prefix: string): Promise<void> {
  const left = await onServer(superuserUrl, (admin) => namesLike(admin, `${prefix}%`));
  await Promise.all(Array.from({ length: 6 }, () => onServer(superuserUrl, async (admin) => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) await admin.query(`drop database if exists ${name} with (force)`);
  })));
}

async function dropMatching(admin: pg.Client, pattern: string): Promise<void> {
  for (const name of await namesLike(admin, pattern)) await admin.query(`drop database if exists ${name} with (force)`);
}

async function namesLike(admin: pg.Client, pattern: string): Promise<string[]> {
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where datname like $1 and not datistemplate', [pattern.replaceAll('_', String.raw`\_`)]);
  return rows.map(({ datname }) => datname);
}
