import { sql } from 'kysely';
import type { Database, Tx } from '../db/db.ts';
import { SECRET_PURPOSES, type OutboxRow } from './outbox-store.ts';

export type Claimed = Pick<OutboxRow, 'id' | 'entryId' | 'ticketId' | 'messageId' | 'envelopeFrom' | 'envelopeTo' | 'content' | 'attachments' | 'notBefore' | 'attempts' | 'purpose'>
  & { workspaceId: string };

/**
 * Takes up to `limit` due mails of any workspace, the longest due first, of each domain as many as `allowances` says or
 * else `perDomain`, so that a stuck receiver holds up nobody else. A mail whose lease ran out (its worker died) is due again.
 * `onlyWithRelay`: of workspaces that have a relay of their own. The lease is also the next attempt, so that one index finds both.
 */
export async function claimDue(owner: Database['owner'], { now, leaseUntil, limit, perDomain, allowances, onlyWithRelay = false }: {
  now: Date; leaseUntil: Date; limit: number; perDomain: number; allowances: ReadonlyMap<string, number>; onlyWithRelay?: boolean;
}): Promise<Claimed[]> {
  const closed = [...allowances].filter(([, count]) => count <= 0).map(([domain]) => domain);
  const open = [...allowances].filter(([, count]) => count > 0);
  const { rows } = await sql<Claimed>`
    with allowed as (select * from unnest(${open.map(([domain]) => domain)}::text[], ${open.map(([, count]) => count)}::int[]) as a (domain, count)),
    due as (
      select workspace_id, id, domain, next_attempt_at, row_number() over (partition by domain order by next_attempt_at) as place
      from (
        select workspace_id, id, next_attempt_at, lower(split_part(envelope_to[1], '@', 2)) as domain from outbox
        where state in ('queued', 'sending') and next_attempt_at <= ${now} and not_before <= ${now}
          and lower(split_part(envelope_to[1], '@', 2)) <> all (${closed}::text[])
          ${onlyWithRelay ? sql`and workspace_id in (select r.workspace_id from mail_relays r)` : sql``}
        order by next_attempt_at limit 200) as candidates),
    taken as (
      select o.workspace_id, o.id from outbox o join due d using (workspace_id, id)
      where d.place <= coalesce((select a.count from allowed a where a.domain = d.domain), ${perDomain}) and o.state in ('queued', 'sending') and o.next_attempt_at <= ${now}
      order by d.next_attempt_at limit ${limit}
      for update of o skip locked)
    update outbox o set state = 'sending', lease_until = ${leaseUntil}, next_attempt_at = ${leaseUntil}, attempts = o.attempts + 1
    from taken t where o.workspace_id = t.workspace_id and o.id = t.id
    returning o.workspace_id as "workspaceId", o.id, o.entry_id as "entryId", o.ticket_id as "ticketId", o.message_id as "messageId",
      o.envelope_from as "envelopeFrom", o.envelope_to as "envelopeTo", o.content, o.attachments, o.not_before as "notBefore",
      o.attempts, o.purpose`.execute(owner);
  return rows;
}

/** How an attempt ended. */
export type Outcome =
  | { state: 'accepted'; response: string; at: Date }
  | ({ state: 'failed'; response: string } | { state: 'queued'; response: string; nextAttemptAt: Date }) & {
    /** For whom the mail was not taken, when it was for others. */
    envelopeTo?: string[];
  };

/** False when another worker has taken the mail over meanwhile. What let somebody in is not kept once it has left. */
export async function settle(tx: Tx, { workspaceId, id, attempts, purpose }: Claimed, outcome: Outcome): Promise<boolean> {
  const secret = outcome.state === 'accepted' && SECRET_PURPOSES.includes(purpose);
  const { numUpdatedRows } = await tx.updateTable('outbox').set({
    state: outcome.state, response: outcome.response, lease_until: null,
    ...(outcome.state === 'queued' ? { next_attempt_at: outcome.nextAttemptAt } : {}),
    ...(outcome.state !== 'accepted' && outcome.envelopeTo ? { envelope_to: outcome.envelopeTo } : {}),
    ...(outcome.state === 'accepted' ? { accepted_at: outcome.at } : {}),
    ...(secret ? { content: sql<string>`content || '{"text": "", "html": null}'::jsonb` } : {}),
  }).where('workspace_id', '=', workspaceId).where('id', '=', id).where('state', '=', 'sending').where('attempts', '=', attempts)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
