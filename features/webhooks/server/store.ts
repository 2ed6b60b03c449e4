import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { EventName } from '../core/events.ts';

export type StoredWebhook = {
  readonly id: string; readonly name: string; readonly url: string; readonly events: readonly EventName[]; readonly condition: Condition | null; readonly content: boolean;
  readonly secret: string; readonly earlierSecret: string | null; readonly earlierUntil: Date | null;
  readonly disabledAt: Date | null; readonly disabledFor: 'person' | 'gone' | 'failing' | null; readonly failingSince: Date | null; readonly lastOkAt: Date | null;
  /** What it is not told while it is off: from this event of the log on, between these moments of the business clock. */
  readonly offSeq: number | null; readonly offSince: Date | null; readonly offUntil: Date | null;
  readonly skipped: number; readonly version: number; readonly createdAt: Date; readonly updatedAt: Date;
};

const columns = [
  'id', 'name', 'url', 'events', 'condition', 'content', 'secret', 'earlier_secret as earlierSecret', 'earlier_until as earlierUntil', 'disabled_at as disabledAt',
  'disabled_for as disabledFor', 'failing_since as failingSince', 'last_ok_at as lastOkAt', 'off_seq as offSeq', 'off_since as offSince', 'off_until as offUntil', 'skipped', 'version', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;
const selected = (tx: Tx) => tx.selectFrom('webhooks').select(columns).$castTo<StoredWebhook>();

/** One writer at a time in a workspace: how many there may be is a matter of all of them. */
export async function lockWebhooks(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks ${workspaceId}`}, 0))`.execute(tx);
}

export const findWebhook = (tx: Tx, workspaceId: string, id: string): Promise<StoredWebhook | undefined> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();

export const webhookPage = (tx: Tx, workspaceId: string, limit: number, after: readonly [string, string] | null): Promise<(StoredWebhook & { nameKey: string })[]> =>
  selected(tx).select(sql<string>`lower(name)`.as('nameKey')).where('workspace_id', '=', workspaceId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`))
    .orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();

/** Those that are told of events now. A workspace has few. */
export const enabledWebhooks = (tx: Tx, workspaceId: string): Promise<StoredWebhook[]> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('disabled_at', 'is', null).execute();

export const countWebhooks = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('webhooks').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count;

const contentOf = (hook: StoredWebhook) => ({
  name: hook.name, url: hook.url, events: [...hook.events], condition: hook.condition === null ? null : JSON.stringify(hook.condition), content: hook.content, secret: hook.secret,
  earlier_secret: hook.earlierSecret, earlier_until: hook.earlierUntil, disabled_at: hook.disabledAt, disabled_for: hook.disabledFor, failing_since: hook.failingSince,
  last_ok_at: hook.lastOkAt, off_seq: hook.offSeq, off_since: hook.offSince, off_until: hook.offUntil, version: hook.version, updated_at: hook.updatedAt,
});

export async function insertWebhook(tx: Tx, workspaceId: string, hook: StoredWebhook): Promise<void> {
  await tx.insertInto('webhooks').values({ workspace_id: workspaceId, id: hook.id, created_at: hook.createdAt, ...contentOf(hook) }).execute();
}

export async function saveWebhook(tx: Tx, workspaceId: string, hook: StoredWebhook): Promise<void> {
  await tx.updateTable('webhooks').set(contentOf(hook)).where('workspace_id', '=', workspaceId).where('id', '=', hook.id).execute();
}

export async function deleteWebhook(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('webhooks').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function countSkipped(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.updateTable('webhooks').set({ skipped: sql<number>`skipped + 1` }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Something arrived. Written only when it says something new, so that a busy webhook does not write its row for each. */
export async function markWorking(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('webhooks').set({ failing_since: null, last_ok_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id)
    .where((e) => e.or([e('failing_since', 'is not', null), e('last_ok_at', 'is', null), e('last_ok_at', '<', new Date(at.getTime() - 60_000))])).execute();
}

export async function markFailing(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('webhooks').set({ failing_since: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('failing_since', 'is', null).execute();
}

/** False when it was switched off already. `unlessSince`: not if anything arrived since then. */
export async function disable(tx: Tx, workspaceId: string, id: string, { reason, at, now, unlessSince = null }: { reason: 'gone' | 'failing'; at: Date; now: Date; unlessSince?: Date | null }): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('webhooks').set({
    disabled_at: at, disabled_for: reason, version: sql<number>`version + 1`, off_until: null,
    off_seq: sql<number>`coalesce(off_seq, ${await seqNow(tx, workspaceId)})`, off_since: sql<Date>`coalesce(off_since, ${now})`,
  })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).where('disabled_at', 'is', null)
    .$if(unlessSince !== null, (query) => query.where((e) => e.or([e('last_ok_at', 'is', null), e('last_ok_at', '<', unlessSince)]))).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How far the log of events goes. */
export const latestSeq = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('events').select('seq').where('workspace_id', '=', workspaceId).orderBy('seq', 'desc').limit(1).executeTakeFirst())?.seq ?? 0;

/** Some events before the end of the log: what is on its way through it may not have been heard. */
const ON_THE_WAY = 200;
export const seqNow = async (tx: Tx, workspaceId: string): Promise<number> => Math.max(0, await latestSeq(tx, workspaceId) - ON_THE_WAY);

/** How far a catch-up has come; null when it is at its end. */
export async function saveCatchUp(tx: Tx, workspaceId: string, id: string, seq: number | null): Promise<void> {
  await tx.updateTable('webhooks').set(seq === null ? { off_seq: null, off_since: null, off_until: null } : { off_seq: seq }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
