import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { ImportKind, ImportOptions, ImportState } from '../core/contract.ts';
import type { RowFault } from '../core/mapping.ts';

export type ImportRecord = {
  id: string; kind: ImportKind; state: ImportState; fileName: string; sha256: string; size: number; options: ImportOptions; place: number; length: number;
  rows: number; created: number; updated: number; same: number; failed: number; undone: number; kept: number; error: string | null; createdBy: string; createdAt: Date; endedAt: Date | null;
  /** The file is there no more; or goes then. */
  fileDropped: boolean; dropAt: Date | null;
};
export type Outcome = 'created' | 'updated' | 'same' | 'failed';
export type RowRecord = { readonly number: number; readonly outcome: Outcome; readonly reason: RowFault | null; readonly subjectId: string | null; readonly change: unknown };

const columns = [
  'id', 'kind', 'state', 'file_name as fileName', 'sha256', 'size', sql<ImportOptions>`options`.as('options'), 'place', 'length', 'rows', 'created', 'updated', 'same', 'failed', 'undone', 'kept', 'error',
  'created_by as createdBy', 'created_at as createdAt', 'ended_at as endedAt', 'file_dropped as fileDropped', 'drop_at as dropAt',
] as const;

export const findImport = (tx: Tx, workspaceId: string, id: string): Promise<ImportRecord | undefined> =>
  tx.selectFrom('imports').select(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();
export const lockImport = (tx: Tx, workspaceId: string, id: string): Promise<ImportRecord | undefined> =>
  tx.selectFrom('imports').select(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();
/** Undefined when another process has it in hand. */
export const claimImport = (tx: Tx, workspaceId: string, id: string): Promise<ImportRecord | undefined> =>
  tx.selectFrom('imports').select(columns).where('workspace_id', '=', workspaceId).where('id', '=', id).forUpdate().skipLocked().executeTakeFirst();

/** The latest first. */
export function importPage(tx: Tx, workspaceId: string, limit: number, after: readonly [string, string] | null): Promise<ImportRecord[]> {
  let query = tx.selectFrom('imports').select(columns).where('workspace_id', '=', workspaceId).orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (after) query = query.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.execute();
}

export async function insertImport(tx: Tx, workspaceId: string, one: Pick<ImportRecord, 'id' | 'kind' | 'fileName' | 'sha256' | 'size' | 'options' | 'length' | 'createdBy' | 'createdAt'>): Promise<void> {
  await tx.insertInto('imports').values({
    workspace_id: workspaceId, id: one.id, kind: one.kind, state: 'ready', file_name: one.fileName, sha256: one.sha256, size: one.size, options: JSON.stringify(one.options), length: one.length,
    created_by: one.createdBy, created_at: one.createdAt,
  }).execute();
}

export async function saveImport(tx: Tx, workspaceId: string, one: ImportRecord): Promise<void> {
  const { state, options, place, length, rows, created, updated, same, failed, undone, kept, error, endedAt, fileDropped, dropAt } = one;
  await tx.updateTable('imports').set({ state, options: JSON.stringify(options), place, length, rows, created, updated, same, failed, undone, kept, error, ended_at: endedAt, file_dropped: fileDropped, drop_at: dropAt })
    .where('workspace_id', '=', workspaceId).where('id', '=', one.id).execute();
}

/** In every workspace, the oldest first. */
export const workingImports = (owner: Connection, limit: number): Promise<{ workspaceId: string; id: string }[]> =>
  owner.selectFrom('imports').select(['workspace_id as workspaceId', 'id']).where('state', 'in', ['checking', 'running', 'undoing']).orderBy('created_at').limit(limit).execute();

/** In every workspace, whose files go now. */
export const importsToDrop = (owner: Connection, now: Date, limit: number): Promise<{ workspaceId: string; id: string }[]> =>
  owner.selectFrom('imports').select(['workspace_id as workspaceId', 'id']).where('drop_at', '<=', now).where('file_dropped', '=', false).orderBy('drop_at').limit(limit).execute();

/** Sooner than it would; what is there no more stays so. */
export async function dropBy(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('imports').set({ drop_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('drop_at', '>', at).where('file_dropped', '=', false).execute();
}

// Rows -------------------------------------------------------------------------------------------------------------

export async function insertRows(tx: Tx, workspaceId: string, importId: string, rows: readonly RowRecord[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.insertInto('import_rows').values(rows.map(({ number, outcome, reason, subjectId, change }) => ({
    workspace_id: workspaceId, import_id: importId, number, outcome, reason: reason && JSON.stringify(reason), subject_id: subjectId, change: change === null || change === undefined ? null : JSON.stringify(change),
  }))).execute();
}

export async function deleteRows(tx: Tx, workspaceId: string, importId: string): Promise<void> {
  await tx.deleteFrom('import_rows').where('workspace_id', '=', workspaceId).where('import_id', '=', importId).execute();
}

export const failedRows = (tx: Tx, workspaceId: string, importId: string, after: number, limit: number) =>
  tx.selectFrom('import_rows').select(['number', sql<RowFault>`reason`.as('reason')]).where('workspace_id', '=', workspaceId).where('import_id', '=', importId)
    .where('outcome', '=', 'failed').where('number', '>', after).orderBy('number').limit(limit).execute();

/** The last first, so that what built on something else goes before it. */
export const rowsToUndo = (tx: Tx, workspaceId: string, importId: string, limit: number) =>
  tx.selectFrom('import_rows').select(['number', 'outcome', 'subject_id as subjectId', sql<unknown>`change`.as('change')]).where('workspace_id', '=', workspaceId).where('import_id', '=', importId)
    .where('outcome', 'in', ['created', 'updated']).where('settled', 'is', null).orderBy('number', 'desc').limit(limit).execute();

export async function settleRow(tx: Tx, workspaceId: string, importId: string, number: number, settled: 'undone' | 'kept'): Promise<void> {
  await tx.updateTable('import_rows').set({ settled }).where('workspace_id', '=', workspaceId).where('import_id', '=', importId).where('number', '=', number).execute();
}

// What others called it --------------------------------------------------------------------------------------------

export const subjectOf = async (tx: Tx, workspaceId: string, kind: ImportKind, key: string): Promise<string | null> =>
  (await tx.selectFrom('import_keys').select('subject_id').where('workspace_id', '=', workspaceId).where('kind', '=', kind).where('key', '=', key).executeTakeFirst())?.subject_id ?? null;

export async function keepKey(tx: Tx, workspaceId: string, kind: ImportKind, key: string, subjectId: string, importId: string): Promise<void> {
  await tx.insertInto('import_keys').values({ workspace_id: workspaceId, kind, key, subject_id: subjectId, import_id: importId })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'kind', 'key']).doUpdateSet({ subject_id: subjectId, import_id: importId })).execute();
}

export async function forgetKeys(tx: Tx, workspaceId: string, subjectId: string): Promise<void> {
  await tx.deleteFrom('import_keys').where('workspace_id', '=', workspaceId).where('subject_id', '=', subjectId).execute();
}

/** Half-done imports of mail that brought some of these tickets in cannot go on. Their files, by their hashes. */
export async function endStopped(tx: Tx, workspaceId: string, ticketIds: readonly string[], { error, at }: { error: string; at: Date }): Promise<string[]> {
  const rows = await tx.updateTable('imports').set({ state: 'failed', error, ended_at: at, file_dropped: true })
    .where('workspace_id', '=', workspaceId).where('kind', '=', 'mail').where('state', '=', 'stopped')
    .where('id', 'in', (e) => e.selectFrom('import_keys').select('import_id').where('workspace_id', '=', workspaceId).where('subject_id', 'in', ticketIds))
    .returning('sha256').execute();
  return rows.map(({ sha256 }) => sha256);
}
