import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { BulkAction, BulkFailure, BulkRunView } from '../core/contract.ts';
import type { Trace } from '../core/undo.ts';

export type Run = {
  readonly id: string; readonly personId: string; readonly scopes: readonly string[] | null; readonly actions: readonly BulkAction[]; readonly total: number;
  readonly begunAt: Date; readonly stoppedAt: Date | null; readonly undoneAt: Date | null;
};
export type ItemState = 'waiting' | 'done' | 'unchanged' | 'failed' | 'stopped' | 'undoing' | 'undone' | 'kept';
export type Item = { readonly runId: string; readonly ticketId: string; readonly state: ItemState; readonly undo: Trace | null };
export type Queued = { readonly workspaceId: string; readonly runId: string; readonly ticketId: string };
export type Outcome = { readonly state: ItemState; readonly undo?: Trace; readonly code?: string; readonly detail?: string };

const runColumns = ['id', 'person_id as personId', 'scopes', 'actions', 'total', 'begun_at as begunAt', 'stopped_at as stoppedAt', 'undone_at as undoneAt'] as const;
const runs = (tx: Tx) => tx.selectFrom('bulk_runs').select(runColumns).$castTo<Run>();

export async function insertRun(tx: Tx, workspaceId: string, run: Run, ticketIds: readonly string[]): Promise<void> {
  await tx.insertInto('bulk_runs').values({
    workspace_id: workspaceId, id: run.id, person_id: run.personId, scopes: run.scopes && [...run.scopes], actions: JSON.stringify(run.actions), total: run.total, begun_at: run.begunAt,
  }).execute();
  await sql`insert into bulk_items (workspace_id, run_id, ticket_id, place, state, queued_at)
    select ${workspaceId}::uuid, ${run.id}::uuid, t.id, t.place, 'waiting', ${run.begunAt.toISOString()}::timestamptz from unnest(${[...ticketIds]}::uuid[]) with ordinality as t (id, place)`.execute(tx);
}

/** One's own; what others did is not there. */
export const findRun = (tx: Tx, personId: string, id: string): Promise<Run | undefined> => runs(tx).where('id', '=', id).where('person_id', '=', personId).executeTakeFirst();
export const runById = (tx: Tx, id: string): Promise<Run | undefined> => runs(tx).where('id', '=', id).executeTakeFirst();

export function runsOf(tx: Tx, personId: string, limit: number, before: readonly [at: string, id: string] | null): Promise<Run[]> {
  let query = runs(tx).where('person_id', '=', personId).orderBy('begun_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(begun_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
}

/** How many of somebody's latest runs go on. */
export async function goingOn(tx: Tx, personId: string, latest: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select workspace_id, id from bulk_runs where person_id = ${personId} order by begun_at desc, id desc limit ${latest}) r
    where exists (select from bulk_items i where i.workspace_id = r.workspace_id and i.run_id = r.id and i.state in ('waiting', 'undoing'))`.execute(tx);
  return Number(rows[0]!.count);
}

type Counts = Readonly<Record<ItemState, number>>;
const NONE: Counts = { waiting: 0, done: 0, unchanged: 0, failed: 0, stopped: 0, undoing: 0, undone: 0, kept: 0 };

export async function countsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Counts>> {
  const found = new Map<string, Counts>(ids.map((id) => [id, NONE]));
  if (ids.length === 0) return found;
  const rows = await tx.selectFrom('bulk_items').select(['run_id as runId', 'state', sql<number>`count(*)`.as('count')]).where('run_id', 'in', ids).groupBy(['run_id', 'state']).execute();
  for (const { runId, state, count } of rows) found.set(runId, { ...found.get(runId)!, [state]: Number(count) });
  return found;
}

/** Those that wait, the oldest run first, of every workspace. */
export const queued = async (owner: Database['owner'], limit: number): Promise<Queued[]> =>
  (await sql<Queued>`select workspace_id as "workspaceId", run_id as "runId", ticket_id as "ticketId" from bulk_items where queued_at is not null order by queued_at, run_id, place limit ${limit}`.execute(owner)).rows;

/** Locked; undefined when another process has it, or it waits no longer. */
export const takeItem = (tx: Tx, { runId, ticketId }: Queued): Promise<Item | undefined> =>
  tx.selectFrom('bulk_items').select(['run_id as runId', 'ticket_id as ticketId', 'state', 'undo']).where('run_id', '=', runId).where('ticket_id', '=', ticketId)
    .where('queued_at', 'is not', null).forUpdate().skipLocked().$castTo<Item>().executeTakeFirst();

export async function settleItem(tx: Tx, { runId, ticketId }: Queued, { state, undo, code, detail }: Outcome): Promise<void> {
  await tx.updateTable('bulk_items').set({ state, queued_at: null, code: code ?? null, detail: detail?.slice(0, 1_000) ?? null, ...(undo && { undo: JSON.stringify(undo) }) })
    .where('run_id', '=', runId).where('ticket_id', '=', ticketId).execute();
}

/** What has not begun is left alone. */
export async function stopRun(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('bulk_items').set({ state: 'stopped', queued_at: null }).where('run_id', '=', id).where('state', '=', 'waiting').execute();
  await tx.updateTable('bulk_runs').set({ stopped_at: at }).where('id', '=', id).execute();
}

export async function undoRun(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('bulk_items').set({ state: 'undoing', queued_at: at }).where('run_id', '=', id).where('state', '=', 'done').execute();
  await tx.updateTable('bulk_runs').set({ undone_at: at }).where('id', '=', id).execute();
}

type Failed = { readonly id: string; readonly number: number; readonly subject: string; readonly state: BulkFailure['state']; readonly code: string | null; readonly detail: string | null; readonly place: number };

export function failuresOf(tx: Tx, runId: string, limit: number, after: number): Promise<Failed[]> {
  return tx.selectFrom('bulk_items as i').innerJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'i.workspace_id').onRef('t.id', '=', 'i.ticket_id'))
    .select(['t.id', 't.number', 't.subject', 'i.state', 'i.code', 'i.detail', 'i.place']).where('i.run_id', '=', runId).where('i.state', 'in', ['failed', 'kept']).where('i.place', '>', after)
    .orderBy('i.place').limit(limit).$castTo<Failed>().execute();
}

/** What nobody can take back any more goes some weeks later, a few with each new one. */
export async function forgetOld(tx: Tx, before: Date): Promise<void> {
  await sql`delete from bulk_runs r using (select workspace_id, id from bulk_runs where begun_at < ${before.toISOString()}::timestamptz order by begun_at limit 5) o
    where r.workspace_id = o.workspace_id and r.id = o.id`.execute(tx);
}

export const stateOf = ({ stoppedAt, undoneAt }: Run, waits: boolean): BulkRunView['state'] => {
  if (undoneAt) return waits ? 'undoing' : 'undone';
  if (waits) return 'running';
  return stoppedAt ? 'stopped' : 'done';
};
