import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { blockedAt, postgresAccount } from '../platform/db/embedded/account.ts';
import { startEmbedded, type Embedded } from '../platform/db/embedded/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';
import { generate, type Desk } from './generate.ts';

/** Raise it when `generate` makes other data; what is kept from before is then thrown away. */
const VERSION = 2;
const ROOT = join(import.meta.dirname, '..');

export type Prepared = { readonly server: Embedded; readonly dataDir: string; readonly desk: Desk; readonly superuserUrl: string };

/**
 * A PostgreSQL with `size` tickets, durable as in production. The data is made once (without durability, which is for data
 * that cannot be made again) and kept in `.cache/bench`; one set for each purpose, since some change it.
 */
export async function prepare(size: number, say: (line: string) => void, purpose = 'desk'): Promise<Prepared> {
  const dataDir = join(await benchFolder(), `${purpose}-${VERSION}-${size}`);
  const kept = existsSync(dataDir) ? await openKept(dataDir) : null;
  if (kept?.desk) return { ...kept, desk: kept.desk };
  await kept?.server.stop();
  // Whoever made these was interrupted.
  await rm(dataDir, { recursive: true, force: true });
  say(`making ${size.toLocaleString('en')} tickets, once`);
  const draft = await open(dataDir, false);
  try {
    await onServer(draft.superuserUrl, async (client) => {
      const desk = await generate(client, { size, anchor: new Date(), bulk: true, say });
      await client.query('create schema bench; create table bench.desk (desk json)');
      await client.query('insert into bench.desk values ($1)', [JSON.stringify(desk)]);
    });
  } finally {
    await draft.server.stop();
  }
  const made = await open(dataDir, true);
  return { ...made, desk: made.desk! };
}

/** What took an hour to make is not thrown away for a server that was slow to start, or a migration that was changed on its way to a release. */
async function openKept(dataDir: string): Promise<Awaited<ReturnType<typeof open>>> {
  try {
    return await open(dataDir, true);
  } catch (error) {
    throw new Error(`the data kept in ${dataDir} cannot be opened (delete the folder to have them made again)`, { cause: error });
  }
}

async function open(dataDir: string, durable: boolean): Promise<Omit<Prepared, 'desk'> & { desk: Desk | null }> {
  const server = await startEmbedded({ dataDir, durable, log: { info: () => undefined, warn: () => undefined, error: console.error } });
  try {
    await migrate({ ownerUrl: server.ownerUrl, appLogin: new URL(server.appUrl).username });
    const superuserUrl = Object.assign(new URL(server.superuserUrl), { pathname: new URL(server.ownerUrl).pathname }).href;
    return { server, dataDir, superuserUrl, desk: await onServer(superuserUrl, deskIn) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function deskIn(client: pg.Client): Promise<Desk | null> {
  const { rows: [made] } = await client.query<{ made: boolean }>(`select to_regclass('bench.desk') is not null as made`);
  if (!made?.made) return null;
  const { rows: [row] } = await client.query<{ desk: Desk & { anchor: string } }>('select desk from bench.desk');
  return row ? { ...row.desk, anchor: new Date(row.desk.anchor) } : null;
}

async function onServer<T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** Beside the code, unless PostgreSQL's own account cannot get there (as root, in a home of mode 700). */
async function benchFolder(): Promise<string> {
  const account = postgresAccount();
  const folder = account && blockedAt(ROOT, account) !== null ? join(tmpdir(), 'rapport-bench') : join(ROOT, '.cache/bench');
  await mkdir(folder, { recursive: true });
  return folder;
}
