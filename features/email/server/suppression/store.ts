import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';

export type SuppressionReason = 'unknown_address' | 'unknown_host' | 'disabled' | 'complaint' | 'often_failing';
export type Suppression = { id: string; address: string; reason: SuppressionReason; words: string; since: Date };

const columns = ['id', 'address', 'reason', 'words', 'since'] as const;

const standing = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('mail_suppressions').select(columns).where('workspace_id', '=', workspaceId).where('lifted_at', 'is', null).$castTo<Suppression>();

/** Newest first. */
export async function suppressionPage(tx: Tx, workspaceId: string, limit: number, before: readonly [since: string, id: string] | null): Promise<Suppression[]> {
  let query = standing(tx, workspaceId);
  if (before) query = query.where(sql<boolean>`(since, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('since', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

export const suppressionsOf = (tx: Tx, workspaceId: string, keys: readonly string[]): Promise<Suppression[]> =>
  keys.length === 0 ? Promise.resolve([]) : standing(tx, workspaceId).where('address_key', 'in', [...new Set(keys)]).execute();

export const lockSuppression = (tx: Tx, workspaceId: string, id: string): Promise<Suppression | undefined> =>
  standing(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

/** False when the address is suppressed already; the first reason stands. */
export async function insertSuppression(tx: Tx, workspaceId: string, row: Suppression & { addressKey: string; ledgerId: string }): Promise<boolean> {
  const inserted = await tx.insertInto('mail_suppressions').values({
    workspace_id: workspaceId, id: row.id, address: row.address, address_key: row.addressKey, reason: row.reason, words: row.words, ledger_id: row.ledgerId, since: row.since,
  }).onConflict((conflict) => conflict.columns(['workspace_id', 'address_key']).where('lifted_at', 'is', null).doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

export async function liftSuppression(tx: Tx, workspaceId: string, id: string, { at, by }: { at: Date; by: string }): Promise<void> {
  await tx.updateTable('mail_suppressions').set({ lifted_at: at, lifted_by: by }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Counts one more failure of that day, and says on how many days there were failures since `since`. */
export async function countSoftFailure(tx: Tx, workspaceId: string, addressKey: string, { at, since }: { at: Date; since: Date }): Promise<number> {
  const day = at.toISOString().slice(0, 10);
  await sql`insert into mail_soft_failures (workspace_id, address_key, day, count) values (${workspaceId}, ${addressKey}, ${day}::date, 1)
    on conflict (workspace_id, address_key, day) do update set count = mail_soft_failures.count + 1`.execute(tx);
  await sql`delete from mail_soft_failures where workspace_id = ${workspaceId} and address_key = ${addressKey} and day < ${since.toISOString().slice(0, 10)}::date`.execute(tx);
  const { rows } = await sql<{ days: number }>`select count(*) as days from mail_soft_failures where workspace_id = ${workspaceId} and address_key = ${addressKey}`.execute(tx);
  return Number(rows[0]!.days);
}

export async function forgetSoftFailures(tx: Tx, workspaceId: string, addressKey: string): Promise<void> {
  await sql`delete from mail_soft_failures where workspace_id = ${workspaceId} and address_key = ${addressKey}`.execute(tx);
}
