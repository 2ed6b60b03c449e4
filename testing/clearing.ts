import pg from 'pg';
import { inject } from 'vitest';
import { copyOfTemplate, dropCopy } from './postgres.ts';

/** Belong to the database, not to what a test did in it. */
const KEPT = ['public.schema_migrations', 'public.event_sequencer', 'graphile_worker.migrations'];
/** Changes whenever a table, column, function, trigger or policy is made, changed or dropped; each workspace makes a sequence. */
const SHAPE = `select ${[`pg_class where relkind <> 'S'`, 'pg_attribute join pg_class c on c.oid = attrelid and c.relkind = \'r\'', 'pg_attrdef', 'pg_proc', 'pg_trigger', 'pg_constraint', 'pg_policy']
  .map((catalogue) => `(select count(*) || ' ' || max(${catalogue.split(' ')[0]}.xmin::text::bigint) from ${catalogue})`).join(` || ',' || `)} as name`;
const USED = `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace n on n.oid = relnamespace
  where relkind = 'r' and nspname in ('public', 'graphile_worker') and pg_relation_size(pg_class.oid) > 0`;
const BACK = 'update event_sequencer set position = 0, holder = null, lease_until = null';

/** Of every copy, when it has just been made. */
let usualShape: Promise<string> | undefined;

/**
 * Makes the database of a test what it was before: quicker than another copy of the template, and the connections, which
 * know its tables by now, stay. As the superuser, so that neither policies nor what guards the logs stand in the way.
 */
export function clearing(ownerUrl: string) {
  let client: Promise<pg.Client> | null = null;

  return {
    /** False: its shape was changed, which no deleting undoes. */
    async clear(): Promise<boolean> {
      client ??= connect(ownerUrl);
      const database = await client;
      usualShape ??= shapeOfCopy();
      if (await shapeOf(database) !== await usualShape) return false;
      const { rows } = await database.query<{ name: string }>(USED);
      const deletes = rows.filter(({ name }) => !KEPT.includes(name)).map(({ name }) => `delete from ${name}`);
      await database.query(['begin', ...deletes, BACK, 'commit'].join('; '));
      return true;
    },
    async close(): Promise<void> {
      await (await client)?.end();
    },
  };
}

async function connect(ownerUrl: string): Promise<pg.Client> {
  const url = new URL(inject('postgres').superuserUrl);
  url.pathname = new URL(ownerUrl).pathname;
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 10_000, application_name: 'rapport-test' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set session_replication_role = replica; set lock_timeout = '2s'`);
  return client;
}

const shapeOf = async (database: pg.Client): Promise<string> => (await database.query<{ name: string }>(SHAPE)).rows[0]!.name;

async function shapeOfCopy(): Promise<string> {
  const { ownerUrl } = await copyOfTemplate();
  const client = await connect(ownerUrl);
  const shape = await shapeOf(client);
  await client.end();
  await dropCopy(ownerUrl);
  return shape;
}
