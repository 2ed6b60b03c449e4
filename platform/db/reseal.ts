import { sql } from 'kysely';
import { AppError } from '../../kernel/errors.ts';
import type { SealedColumn } from '../config/sealed.ts';
import type { Vault } from '../config/vault.ts';
import { LISTENER, type Connection } from './db.ts';

const BATCH = 200;

/** A secret that none of the known secrets of the installation can open. */
export type Unreadable = { readonly table: string; readonly column: string; readonly workspaceId: string; readonly key: string };
export type Resealed = { readonly resealed: number; /** Sealed under the present secret already. */ readonly current: number; readonly unreadable: readonly Unreadable[] };

/**
 * Seals everything anew that an earlier secret has sealed, while others work; what somebody else
 * changes at the same time is looked at again. May be broken off and begun again at any time.
 */
export async function reseal(owner: Connection, vault: Vault, columns: readonly SealedColumn[]): Promise<Resealed> {
  await demandColumns(owner, columns);
  await demandKnown(owner, vault.keys[0]);
  let [resealed, current] = [0, 0];
  const unreadable: Unreadable[] = [];
  for (const column of columns) {
    for (let rows = await batch(owner, column, null); rows.length > 0; rows = await batch(owner, column, rows.at(-1)!)) {
      for (const row of rows) {
        const became = await resealRow(owner, vault, column, row);
        if (became === 'current') current += 1;
        else if (became === 'resealed') resealed += 1;
        else unreadable.push({ table: column.table, column: column.column, workspaceId: row.workspaceId, key: row.key });
      }
    }
  }
  return { resealed, current, unreadable };
}

type Row = { readonly workspaceId: string; readonly key: string; readonly sealed: string };

/** In the order of the table's key, so that nothing is read twice. */
async function batch(owner: Connection, { table, column, key }: SealedColumn, after: Row | null): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select workspace_id::text as "workspaceId", ${sql.ref(key)}::text as key, ${sql.ref(column)} as sealed from ${sql.table(table)}
    where ${sql.ref(column)} is not null and ${after ? sql`(workspace_id, ${sql.ref(key)}) > (${after.workspaceId}, ${after.key})` : sql`true`}
    order by workspace_id, ${sql.ref(table)}.${sql.ref(key)} limit ${BATCH}`.execute(owner);
  return rows;
}

async function resealRow(owner: Connection, vault: Vault, column: SealedColumn, row: Row): Promise<'resealed' | 'current' | 'unreadable'> {
  // Bytes are shown by PostgreSQL as \x and digits.
  const place = column.place(row.workspaceId, row.key.replace(/^\\x/, ''));
  const name = sql.ref(column.column);
  const here = sql`workspace_id = ${row.workspaceId} and ${sql.ref(column.key)} = ${row.key}`;
  // Somebody may have changed it meanwhile, under either secret.
  for (let sealed: string | null = row.sealed; sealed !== null && vault.isOld(sealed); ) {
    const anew = sealedAnew(vault, place, sealed);
    if (anew === null) return 'unreadable';
    const { numAffectedRows } = await sql`update ${sql.table(column.table)} set ${name} = ${anew} where ${here} and ${name} = ${sealed}`.execute(owner);
    if (numAffectedRows === 1n) return 'resealed';
    const { rows } = await sql<Pick<Row, 'sealed'>>`select ${name} as sealed from ${sql.table(column.table)} where ${here} and ${name} is not null`.execute(owner);
    sealed = rows[0]?.sealed ?? null;
  }
  return 'current';
}

function sealedAnew(vault: Vault, place: ReturnType<SealedColumn['place']>, sealed: string): string | null {
  try {
    return vault.seal(place, vault.open(place, sealed));
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault.unreadable') return null;
    throw error;
  }
}

async function demandColumns(owner: Connection, columns: readonly SealedColumn[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where a.atttypid = to_regtype('public.sealed') and not a.attisdropped and c.relkind = 'r'`.execute(owner);
  const there = new Set(rows.map(({ name }) => name));
  if (columns.some(({ table, column }) => !there.has(`${table}.${column}`))) {
    throw new AppError('conflict', 'reseal.not_migrated', 'The database belongs to an earlier version; start this version of Rapport once, then come back.');
  }
}

/** What is sealed anew must be readable to every process that runs at this moment. */
async function demandKnown(owner: Connection, key: string | undefined): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select application_name as name from pg_stat_activity where datname = current_database() and application_name like ${`${LISTENER} %`}`.execute(owner);
  const blind = rows.filter(({ name }) => key === undefined || !name.split(' ').includes(key)).length;
  if (blind > 0) {
    throw new AppError('conflict', 'reseal.secret_unknown', `${blind} running server process${blind === 1 ? ' does' : 'es do'} not know this secret and could not read what it seals; start every process with it first, and with the old one in RAPPORT_SECRET_PREVIOUS.`);
  }
}
