import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { DeliveryView } from '../core/contract.ts';

/** What is sent stays below this, as the standard asks, and the table. */
export const MAX_BODY = 20_000;

export type StoredDelivery = {
  readonly id: string; readonly webhookId: string; readonly cause: string; readonly type: string; readonly ticketId: string | null; readonly entryId: string | null; readonly body: string;
  readonly happenedAt: Date; readonly state: DeliveryView['state']; readonly attempts: number; readonly nextAttemptAt: Date; readonly triedAt: Date | null;
  readonly tookMs: number | null; readonly responseStatus: number | null; readonly errorCode: string | null; readonly createdAt: Date;
  readonly tried: DeliveryView['tried'];
};
export type NewDelivery = Pick<StoredDelivery, 'id' | 'webhookId' | 'cause' | 'type' | 'ticketId' | 'entryId' | 'body' | 'happenedAt' | 'createdAt'>;
export type ClaimedDelivery = Pick<StoredDelivery, 'id' | 'webhookId' | 'ticketId' | 'entryId' | 'body' | 'attempts' | 'createdAt'> & { readonly workspaceId: string };

const columns = [
  'id', 'webhook_id as webhookId', 'cause', 'type', 'ticket_id as ticketId', 'entry_id as entryId', 'body', 'happened_at as happenedAt', 'state', 'attempts',
  'next_attempt_at as nextAttemptAt', 'tried_at as triedAt', 'took_ms as tookMs', 'response_status as responseStatus', 'error_code as errorCode', 'created_at as createdAt', 'tried',
] as const;
const selected = (tx: Tx) => tx.selectFrom('webhook_deliveries').select(columns).$castTo<StoredDelivery>();

/** Once for each cause: what was written already is left as it is. Answers how many were new. */
export async function insertDeliveries(tx: Tx, workspaceId: string, deliveries: readonly NewDelivery[]): Promise<number> {
  if (deliveries.length === 0) return 0;
  const rows = await tx.insertInto('webhook_deliveries').values(deliveries.map((one) => ({
    workspace_id: workspaceId, id: one.id, webhook_id: one.webhookId, cause: one.cause, type: one.type, ticket_id: one.ticketId, entry_id: one.entryId, body: one.body,
    happened_at: one.happenedAt, state: 'waiting' as const, next_attempt_at: one.createdAt, created_at: one.createdAt,
  }))).onConflict((conflict) => conflict.columns(['workspace_id', 'webhook_id', 'cause']).doNothing()).returning('id').execute();
  return rows.length;
}

export async function wereQueued(tx: Tx, workspaceId: string, webhookId: string, cause: string): Promise<boolean> {
  return await tx.selectFrom('webhook_deliveries').select('id').where('workspace_id', '=', workspaceId).where('webhook_id', '=', webhookId).where('cause', '=', cause).executeTakeFirst() !== undefined;
}

/** Whether as many wait as may: reads no more than that many entries of an index. */
export async function isFull(tx: Tx, workspaceId: string, webhookId: string, most: number): Promise<boolean> {
  const { rows } = await sql`select 1 from webhook_deliveries where workspace_id = ${workspaceId} and webhook_id = ${webhookId} and state in ('waiting', 'sending')
    order by next_attempt_at offset ${most - 1} limit 1`.execute(tx);
  return rows.length > 0;
}

export const findDelivery = (tx: Tx, workspaceId: string, webhookId: string, id: string): Promise<StoredDelivery | undefined> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('id', '=', id).where('webhook_id', '=', webhookId).executeTakeFirst();

export const deliveryPage = (tx: Tx, workspaceId: string, webhookId: string, { state, limit, after }: {
  state: DeliveryView['state'] | undefined; limit: number; after: readonly [string, string] | null;
}): Promise<StoredDelivery[]> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('webhook_id', '=', webhookId)
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(after !== null, (query) => query.where(sql<boolean>`(created_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`))
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

/** To be sent anew, under the same id. False while it is on its way. */
export async function sendAgain(tx: Tx, workspaceId: string, id: string, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx.updateTable('webhook_deliveries').set({ state: 'waiting', attempts: 0, next_attempt_at: at })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).where('state', '<>', 'sending').executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** The oldest `limit` of those that failed since then. */
export async function failedAgain(tx: Tx, workspaceId: string, webhookId: string, { since, limit, at }: { since: Date; limit: number; at: Date }): Promise<number> {
  const { numAffectedRows } = await sql`update webhook_deliveries d set state = 'waiting', attempts = 0, next_attempt_at = ${at}
    from (select id from webhook_deliveries where workspace_id = ${workspaceId} and webhook_id = ${webhookId} and state = 'failed' and created_at >= ${since}
      order by created_at, id limit ${limit}) as failed
    where d.workspace_id = ${workspaceId} and d.id = failed.id`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/**
 * Takes what is due: of each webhook, and of each workspace, only as many as may be on the way at once, of a webhook that fails
 * only one, so that slow ones hold up nobody else; the workspace with the fewest on the way comes first. What was left behind
 * by a process that died is due again when its lease ends.
 */
export async function claimDue(owner: Connection, { now, leaseUntil, limit, perWebhook, perWorkspace }: { now: Date; leaseUntil: Date; limit: number; perWebhook: number; perWorkspace: number }): Promise<ClaimedDelivery[]> {
  const { rows } = await sql<ClaimedDelivery>`
    with open as (
      select w.workspace_id, w.id, case when w.failing_since is null then ${perWebhook}::bigint else 1 end - s.sending as places, sum(s.sending) over (partition by w.workspace_id) as busy
      from webhooks w cross join lateral (
        select count(*) as sending from webhook_deliveries b where b.workspace_id = w.workspace_id and b.webhook_id = w.id and b.state = 'sending' and b.next_attempt_at > ${now}) s
      where w.disabled_at is null),
    due as (
      select d.workspace_id, d.id, d.next_attempt_at, o.busy, row_number() over (partition by d.webhook_id order by d.next_attempt_at) as turn
      from open o cross join lateral (
        select * from webhook_deliveries x where x.workspace_id = o.workspace_id and x.webhook_id = o.id and x.state in ('waiting', 'sending') and x.next_attempt_at <= ${now}
        order by x.next_attempt_at limit greatest(o.places, 0)) d),
    shared as (select *, busy + row_number() over (partition by workspace_id order by turn, next_attempt_at) as place from due),
    taken as (
      select t.workspace_id, t.id from webhook_deliveries t join shared using (workspace_id, id)
      where t.state in ('waiting', 'sending') and t.next_attempt_at <= ${now} and shared.place <= ${perWorkspace}
      order by shared.place, shared.next_attempt_at limit ${limit} for update of t skip locked)
    update webhook_deliveries d set state = 'sending', attempts = d.attempts + 1, next_attempt_at = ${leaseUntil}, tried_at = ${now}
    from taken where d.workspace_id = taken.workspace_id and d.id = taken.id
    returning d.workspace_id as "workspaceId", d.id, d.webhook_id as "webhookId", d.ticket_id as "ticketId", d.entry_id as "entryId", d.body, d.attempts, d.created_at as "createdAt"`.execute(owner);
  return rows;
}

export type Outcome = {
  readonly state: 'delivered' | 'failed' | 'waiting'; readonly nextAttemptAt?: Date; readonly tookMs: number; readonly responseStatus: number | null; readonly errorCode: string | null;
};

/** So many attempts stay in the log. */
const MOST_TRIED = 30;

/** False when another process has taken it over meanwhile. */
export async function settle(tx: Tx, { workspaceId, id, attempts }: ClaimedDelivery, outcome: Outcome, at: Date): Promise<boolean> {
  const attempt = { at: at.toISOString(), tookMs: outcome.tookMs, responseStatus: outcome.responseStatus, errorCode: outcome.errorCode };
  const { numUpdatedRows } = await tx.updateTable('webhook_deliveries').set({
    state: outcome.state, took_ms: outcome.tookMs, response_status: outcome.responseStatus, error_code: outcome.errorCode,
    tried: sql`(case when jsonb_array_length(tried) >= ${MOST_TRIED} then tried - 0 else tried end) || ${JSON.stringify([attempt])}::jsonb`,
    ...(outcome.nextAttemptAt && { next_attempt_at: outcome.nextAttemptAt }),
  }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('state', '=', 'sending').where('attempts', '=', attempts).executeTakeFirst();
  return numUpdatedRows > 0n;
}
