import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { columns, type CustomerRow } from './store.ts';

/** Tables whose rows hang on a customer and go along when records are merged: `customer_id` is whose they are, `home_id` whose they would be. */
export type Carrier = {
  readonly table: 'tickets' | 'identities' | 'customer_notes' | 'customer_flags' | 'commitments' | 'chat_visitors' | 'company_members';
  /** One row of a customer for each of these: what the other has already stays with its own record until that one leaves. */
  readonly oneEach?: 'company_id';
  /** Its rows are locked before their customer everywhere. */
  readonly lockFirst?: boolean;
};

const here = sql`nullif(current_setting('rapport.workspace', true), '')::uuid`;

/** Merges of a workspace happen one after another: their trees are read and written as a whole. */
export const lockMerges = async (tx: Tx, workspaceId: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('customer merges ' || ${workspaceId}, 0))`.execute(tx);
};

export async function lockRows(tx: Tx, { table }: Carrier, customerIds: readonly string[]): Promise<void> {
  await sql`select id from ${sql.table(table)} where workspace_id = ${here} and customer_id = any(${[...customerIds]}::uuid[]) order by id for update`.execute(tx);
}

/** All that is of one becomes the other's. */
export async function moveAlong(tx: Tx, { table, oneEach }: Carrier, { from, to }: { from: string; to: string }): Promise<void> {
  const free = oneEach === undefined ? sql`true` : sql`not exists (select from ${sql.table(table)} o where o.workspace_id = t.workspace_id and o.customer_id = ${to} and ${sql.ref(`o.${oneEach}`)} = ${sql.ref(`t.${oneEach}`)})`;
  await sql`update ${sql.table(table)} t set customer_id = ${to}, home_id = nullif(coalesce(t.home_id, t.customer_id), ${to}::uuid) where t.workspace_id = ${here} and t.customer_id = ${from} and ${free}`.execute(tx);
}

/** What is at home with one of `homes` goes from those who held it to the one among them that stands by itself again. */
export async function moveBack(tx: Tx, { table }: Carrier, { holders, homes, to }: { holders: readonly string[]; homes: readonly string[]; to: string }): Promise<void> {
  await sql`update ${sql.table(table)} set customer_id = ${to}, home_id = nullif(home_id, ${to}::uuid)
    where workspace_id = ${here} and customer_id = any(${[...holders]}::uuid[]) and home_id = any(${[...homes]}::uuid[])`.execute(tx);
}

/** The records that go on in this one, directly or by way of another, the earliest merged first. */
export async function mergedInto(tx: Tx, id: string): Promise<CustomerRow[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive tree as (
      select c.id from customers c where c.workspace_id = ${here} and c.merged_into = ${id}
      union all select c.id from tree t join customers c on c.workspace_id = ${here} and c.merged_into = t.id)
    select m.source_id as id from tree t join customer_merges m on m.workspace_id = ${here} and m.source_id = t.id and m.undone_at is null
    order by m.merged_at, m.id`.execute(tx);
  if (rows.length === 0) return [];
  const found = await tx.selectFrom('customers').select(columns).where('id', 'in', rows.map((row) => row.id)).$castTo<CustomerRow>().execute();
  return rows.flatMap((row) => found.find((one) => one.id === row.id) ?? []);
}

/** Where a record goes on, step by step; the last stands by itself. Itself not among them. */
export async function wayOn(tx: Tx, id: string): Promise<CustomerRow[]> {
  const { rows } = await sql<{ id: string; step: number }>`
    with recursive way as (
      select c.merged_into as id, 1 as step from customers c where c.workspace_id = ${here} and c.id = ${id} and c.merged_into is not null
      union all select c.merged_into, w.step + 1 from way w join customers c on c.workspace_id = ${here} and c.id = w.id where c.merged_into is not null)
    select id, step from way order by step`.execute(tx);
  if (rows.length === 0) return [];
  const found = await tx.selectFrom('customers').select(columns).where('id', 'in', rows.map((row) => row.id)).$castTo<CustomerRow>().execute();
  return rows.flatMap((row) => found.find((one) => one.id === row.id) ?? []);
}

export async function insertMerge(tx: Tx, workspaceId: string, merge: { id: string; sourceId: string; targetId: string; by: string; at: Date }): Promise<void> {
  await tx.insertInto('customer_merges').values({ workspace_id: workspaceId, id: merge.id, source_id: merge.sourceId, target_id: merge.targetId, merged_by: merge.by, merged_at: merge.at }).execute();
}

export const findMerge = (tx: Tx, id: string): Promise<{ id: string; sourceId: string; targetId: string } | undefined> =>
  tx.selectFrom('customer_merges').select(['id', 'source_id as sourceId', 'target_id as targetId']).where('id', '=', id).where('undone_at', 'is', null).executeTakeFirst();

export const endMerge = async (tx: Tx, id: string, { by, at }: { by: string; at: Date }): Promise<void> => {
  await tx.updateTable('customer_merges').set({ undone_at: at, undone_by: by }).where('id', '=', id).execute();
};

/** The standing merge of each of these that was merged away, with the name of where it went on. */
export const standingMerges = (tx: Tx, sourceIds: readonly string[]) =>
  sourceIds.length === 0 ? Promise.resolve([]) : tx.selectFrom('customer_merges as m')
    .innerJoin('customers as c', (join) => join.onRef('c.workspace_id', '=', 'm.workspace_id').onRef('c.id', '=', 'm.target_id'))
    .select(['m.id', 'm.source_id as sourceId', 'c.id as targetId', 'c.name']).where('m.source_id', 'in', sourceIds).where('m.undone_at', 'is', null).execute();

/** The standing merges into one, the latest first. */
export function mergesInto(tx: Tx, targetId: string, limit: number, before: readonly [string, string] | null) {
  let query = tx.selectFrom('customer_merges as m')
    .innerJoin('customers as c', (join) => join.onRef('c.workspace_id', '=', 'm.workspace_id').onRef('c.id', '=', 'm.source_id'))
    .innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'm.workspace_id').onRef('p.id', '=', 'm.merged_by'))
    .select(['m.id', 'c.id as customerId', 'c.name', 'c.email', 'p.id as byId', 'p.name as byName', 'm.merged_at as mergedAt'])
    .where('m.target_id', '=', targetId).where('m.undone_at', 'is', null).orderBy('m.merged_at', 'desc').orderBy('m.id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(m.merged_at, m.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
}
