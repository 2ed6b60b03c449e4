import { sql } from 'kysely';
import type { Connection, Tx } from '../../../../platform/db/db.ts';
import type { Makes, Mapping } from '../../core/mapping.ts';

export type StoredIncoming = {
  readonly id: string; readonly name: string; readonly makes: Makes; readonly mapping: Mapping; readonly teamId: string | null; readonly tokenHash: Buffer; readonly secret: string | null;
  readonly disabledAt: Date | null; readonly lastCallAt: Date | null; readonly version: number; readonly createdAt: Date; readonly updatedAt: Date;
};
export type StoredCall = { readonly id: string; readonly hookId: string; readonly givenId: string | null; readonly ticketId: string | null; readonly entryId: string | null; readonly errorCode: string | null; readonly createdAt: Date };

const columns = [
  'id', 'name', 'makes', 'mapping', 'team_id as teamId', 'token_hash as tokenHash', 'secret', 'disabled_at as disabledAt', 'last_call_at as lastCallAt', 'version',
  'created_at as createdAt', 'updated_at as updatedAt',
] as const;
const selected = (tx: Tx) => tx.selectFrom('incoming_webhooks').select(columns).$castTo<StoredIncoming>();

export async function lockIncoming(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`incoming webhooks ${workspaceId}`}, 0))`.execute(tx);
}

/** Of whatever workspace; a token that is unknown, or whose webhook is switched off, leads nowhere. */
export async function hookOfToken(lookup: Connection, tokenHash: Buffer): Promise<{ workspaceId: string; hookId: string } | undefined> {
  const { rows } = await sql<{ workspaceId: string; hookId: string }>`select workspace_id as "workspaceId", hook_id as "hookId" from incoming_webhook_lookup(${tokenHash})`.execute(lookup);
  return rows[0];
}

export const findIncoming = (tx: Tx, workspaceId: string, id: string): Promise<StoredIncoming | undefined> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();

export const incomingPage = (tx: Tx, workspaceId: string, limit: number, after: readonly [string, string] | null): Promise<(StoredIncoming & { nameKey: string })[]> =>
  selected(tx).select(sql<string>`lower(name)`.as('nameKey')).where('workspace_id', '=', workspaceId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`))
    .orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();

export const countIncoming = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('incoming_webhooks').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count;

const contentOf = (hook: StoredIncoming) => ({
  name: hook.name, makes: hook.makes, mapping: JSON.stringify(hook.mapping), team_id: hook.teamId, token_hash: hook.tokenHash, secret: hook.secret,
  disabled_at: hook.disabledAt, version: hook.version, updated_at: hook.updatedAt,
});

export async function insertIncoming(tx: Tx, workspaceId: string, hook: StoredIncoming): Promise<void> {
  await tx.insertInto('incoming_webhooks').values({ workspace_id: workspaceId, id: hook.id, created_at: hook.createdAt, ...contentOf(hook) }).execute();
}

export async function saveIncoming(tx: Tx, workspaceId: string, hook: StoredIncoming): Promise<void> {
  await tx.updateTable('incoming_webhooks').set(contentOf(hook)).where('workspace_id', '=', workspaceId).where('id', '=', hook.id).execute();
}

export async function deleteIncoming(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('incoming_webhooks').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

/** Written once a minute at most, so that a busy one does not wait for its row. */
export async function markCalled(tx: Tx, workspaceId: string, id: string, at: Date): Promise<void> {
  await tx.updateTable('incoming_webhooks').set({ last_call_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id)
    .where((e) => e.or([e('last_call_at', 'is', null), e('last_call_at', '<', new Date(at.getTime() - 60_000))])).execute();
}

/** The first with this id. One that comes while the first is being dealt with waits for it, and gets that one. */
export async function insertCall(tx: Tx, workspaceId: string, { id, hookId, givenId, createdAt }: Pick<StoredCall, 'id' | 'hookId' | 'givenId' | 'createdAt'>): Promise<StoredCall | null> {
  const inserted = await tx.insertInto('incoming_webhook_calls').values({ workspace_id: workspaceId, id, hook_id: hookId, given_id: givenId, created_at: createdAt })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'hook_id', 'given_id']).where('given_id', 'is not', null).where('error_code', 'is', null).doNothing()).returning('id').executeTakeFirst();
  if (inserted) return null;
  return await calls(tx).where('workspace_id', '=', workspaceId).where('hook_id', '=', hookId).where('given_id', '=', givenId).where('error_code', 'is', null).executeTakeFirstOrThrow();
}

export async function settleCall(tx: Tx, workspaceId: string, id: string, made: { ticketId: string; entryId: string }): Promise<void> {
  await tx.updateTable('incoming_webhook_calls').set({ ticket_id: made.ticketId, entry_id: made.entryId }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export async function insertRefusal(tx: Tx, workspaceId: string, { id, hookId, givenId, errorCode, createdAt }: Pick<StoredCall, 'id' | 'hookId' | 'givenId' | 'errorCode' | 'createdAt'>): Promise<void> {
  await tx.insertInto('incoming_webhook_calls').values({ workspace_id: workspaceId, id, hook_id: hookId, given_id: givenId, error_code: errorCode, created_at: createdAt }).execute();
}

const calls = (tx: Tx) => tx.selectFrom('incoming_webhook_calls')
  .select(['id', 'hook_id as hookId', 'given_id as givenId', 'ticket_id as ticketId', 'entry_id as entryId', 'error_code as errorCode', 'created_at as createdAt']);

export const callPage = (tx: Tx, workspaceId: string, hookId: string, limit: number, after: readonly [string, string] | null): Promise<StoredCall[]> =>
  calls(tx).where('workspace_id', '=', workspaceId).where('hook_id', '=', hookId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

/** What callers named their calls by may hold words of people. Whoever hands in such a one again makes something new. */
export async function forgetGivenIds(tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<void> {
  await tx.updateTable('incoming_webhook_calls').set({ given_id: null }).where('workspace_id', '=', workspaceId).where('ticket_id', 'in', ticketIds).execute();
}
