import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

const FOLDER = join(import.meta.dirname, '../../db/migrations');
/** Any number will do, as long as every Rapport process uses the same. */
const LOCK = 7_304_112_019n;

/**
 * Brings the database to this version: graphile-worker's schema, then every new file of `db/migrations`, each in a
 * transaction of its own. Several processes may call it at once; one works, the others wait.
 * A file that was applied must not change afterwards; that is refused before anything is touched.
 */
export async function migrate({ ownerUrl, appLogin }: { ownerUrl: string; appLogin: string }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK.toString()]);
    await client.query(`create table if not exists schema_migrations
      (name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
    const pending = await pendingFiles(client);
    if (pending.length > 0) await runMigrations({ connectionString: ownerUrl });
    for (const file of pending) await apply(client, file);
    await grantMembership(client, appLogin);
  } finally {
    await client.end();
  }
}

type MigrationFile = { name: string; sql: string; sha256: string };

async function pendingFiles(client: pg.Client): Promise<MigrationFile[]> {
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations');
  const applied = new Map(rows.map((row) => [row.name, row.sha256]));
  const pending: MigrationFile[] = [];
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  const unknown = [...applied.keys()].find((name) => !names.includes(name));
  if (unknown) {
    throw new Error(`The database was migrated by a newer Rapport (it has "${unknown}"): start that version, or restore a backup.`);
  }
  for (const name of names) {
    const sql = await readFile(join(FOLDER, name), 'utf8');
    const sha256 = createHash('sha256').update(sql).digest('hex');
    if (!applied.has(name)) pending.push({ name, sql, sha256 });
    else if (applied.get(name) !== sha256) throw new Error(`Migration ${name} was changed after it had been applied: add a new file instead.`);
  }
  return pending;
}

async function apply(client: pg.Client, { name, sql, sha256 }: MigrationFile): Promise<void> {
  await client.query('begin');
  try {
    await client.query(`set local lock_timeout = '5s'`);
    await client.query(sql);
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function grantMembership(client: pg.Client, appLogin: string): Promise<void> {
  const { rows } = await client.query<{ member: boolean; login: string }>(
    `select pg_has_role($1, 'rapport_app', 'member') as member, quote_ident($1) as login`, [appLogin]);
  if (rows[0] && !rows[0].member) await client.query(`grant rapport_app to ${rows[0].login}`);
}
