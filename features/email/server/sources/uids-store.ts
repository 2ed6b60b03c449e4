import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';

export type FolderKey = { readonly workspaceId: string; readonly sourceId: string; readonly folder: string };
export type Cursor = {
  readonly uidValidity: number;
  /** Every UID up to here has been dealt with. */
  readonly lastUid: number;
  /** Below it lies what was there when the folder was first opened, or its UIDs changed. */
  readonly firstUid: number;
  readonly comparedAt: Date | null;
};

const folderRow = (tx: Tx, { workspaceId, sourceId, folder }: FolderKey) =>
  tx.selectFrom('mail_folders').select(['uid_validity as uidValidity', 'last_uid as lastUid', 'first_uid as firstUid', 'compared_at as comparedAt'])
    .where('workspace_id', '=', workspaceId).where('source_id', '=', sourceId).where('name', '=', folder);

/** Where to go on. When the UIDs mean something else than they did, that is the beginning. Null: the folder was taken off the list. */
export async function openFolder(tx: Tx, key: FolderKey, { uidValidity, uidNext }: { uidValidity: number; uidNext: number }): Promise<Cursor | null> {
  const row = await folderRow(tx, key).forUpdate().executeTakeFirst();
  if (!row) return null;
  if (row.uidValidity === uidValidity) return { ...row, uidValidity };
  await tx.deleteFrom('mail_uids').where('workspace_id', '=', key.workspaceId).where('source_id', '=', key.sourceId).where('folder', '=', key.folder).execute();
  await tx.updateTable('mail_folders').set({ uid_validity: uidValidity, last_uid: 0, first_uid: uidNext, compared_at: null })
    .where('workspace_id', '=', key.workspaceId).where('source_id', '=', key.sourceId).where('name', '=', key.folder).execute();
  return { uidValidity, lastUid: 0, firstUid: uidNext, comparedAt: null };
}

/** Goes forward only, and only while the UIDs still mean the same. */
export async function advance(tx: Tx, key: FolderKey, { uidValidity, through }: { uidValidity: number; through: number }): Promise<void> {
  await tx.updateTable('mail_folders').set({ last_uid: sql<number>`greatest(last_uid, ${through}::bigint)` })
    .where('workspace_id', '=', key.workspaceId).where('source_id', '=', key.sourceId).where('name', '=', key.folder)
    .where('uid_validity', '=', uidValidity).execute();
}

export type UidRow = { readonly uid: number; readonly state: 'stored' | 'skipped' | 'trying' | 'aside'; readonly attempts: number; readonly ledgerId: string | null };

const uidRows = (tx: Tx, { workspaceId, sourceId, folder }: FolderKey, uidValidity: number) =>
  tx.selectFrom('mail_uids').select(['uid', 'state', 'attempts', 'ledger_id as ledgerId'])
    .where('workspace_id', '=', workspaceId).where('source_id', '=', sourceId).where('folder', '=', folder).where('uid_validity', '=', uidValidity);

export const knownUids = (tx: Tx, key: FolderKey, uidValidity: number, uids: readonly number[]): Promise<UidRow[]> =>
  uidRows(tx, key, uidValidity).where('uid', '=', sql<number>`any(${[...uids]}::bigint[])`).execute();

/** Says what became of a UID; false when somebody else has stored it already. */
export async function noteUid(tx: Tx, key: FolderKey, { uidValidity, uid, state, ledgerId = null, attempts = 0, settledAt = null }: {
  uidValidity: number; uid: number; state: UidRow['state']; ledgerId?: string | null; attempts?: number; settledAt?: Date | null;
}): Promise<boolean> {
  const values = { state, ledger_id: ledgerId, attempts, settled_at: settledAt };
  const noted = await tx.insertInto('mail_uids')
    .values({ workspace_id: key.workspaceId, source_id: key.sourceId, folder: key.folder, uid_validity: uidValidity, uid, ...values })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'source_id', 'folder', 'uid_validity', 'uid']).doUpdateSet(values)
      .where('mail_uids.state', '<>', 'stored'))
    .returning('uid').executeTakeFirst();
  return noted !== undefined;
}

export async function noteSkipped(tx: Tx, key: FolderKey, uidValidity: number, uids: readonly number[]): Promise<void> {
  await tx.insertInto('mail_uids').values(uids.map((uid) => ({
    workspace_id: key.workspaceId, source_id: key.sourceId, folder: key.folder, uid_validity: uidValidity, uid, state: 'skipped' as const,
  }))).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Of what is in the ledger, that which has not been marked or moved on the server yet. */
export const unsettledUids = async (tx: Tx, key: FolderKey, uidValidity: number, limit: number): Promise<number[]> =>
  (await uidRows(tx, key, uidValidity).where('state', '=', 'stored').where('settled_at', 'is', null).orderBy('uid').limit(limit).execute()).map(({ uid }) => uid);

export async function settleUids(tx: Tx, key: FolderKey, uidValidity: number, uids: readonly number[], at: Date): Promise<void> {
  await tx.updateTable('mail_uids').set({ settled_at: at })
    .where('workspace_id', '=', key.workspaceId).where('source_id', '=', key.sourceId).where('folder', '=', key.folder)
    .where('uid_validity', '=', uidValidity).where('uid', '=', sql<number>`any(${[...uids]}::bigint[])`).execute();
}

/**
 * Which of the server's UIDs up to the cursor we have no row for, or one that was given up with fewer than
 * `retryBelow` attempts. What is no longer on the server is forgotten.
 */
export async function compareUids(tx: Tx, key: FolderKey, { uidValidity, onServer, retryBelow, at }: {
  uidValidity: number; onServer: readonly number[]; retryBelow: number; at: Date;
}): Promise<number[]> {
  const mine = sql`m.workspace_id = ${key.workspaceId} and m.source_id = ${key.sourceId} and m.folder = ${key.folder} and m.uid_validity = ${uidValidity}`;
  const { rows } = await sql<{ uid: number }>`
    select u.uid from unnest(${[...onServer]}::bigint[]) as u (uid)
    where u.uid <= (${folderRow(tx, key).clearSelect().select('last_uid')}) and not exists (select from mail_uids m where ${mine} and m.uid = u.uid
      and (m.state in ('stored', 'skipped') or m.attempts >= ${retryBelow}))
    order by u.uid`.execute(tx);
  await sql`delete from mail_uids m where ${mine} and not m.uid = any(${[...onServer]}::bigint[])`.execute(tx);
  await tx.updateTable('mail_folders').set({ compared_at: at })
    .where('workspace_id', '=', key.workspaceId).where('source_id', '=', key.sourceId).where('name', '=', key.folder).execute();
  return rows.map(({ uid }) => uid);
}
