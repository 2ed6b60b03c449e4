import { sql, type SqlBool } from 'kysely';
import type { Database, Tx } from '../../../../platform/db/db.ts';
import type { Verdict } from '../../../../platform/mail/authentication.ts';
import type { QuarantineReason } from '../../core/quarantine.ts';

export type HeldRow = {
  readonly id: string; readonly mailboxId: string; readonly reason: QuarantineReason; readonly words: string;
  readonly sender: string; readonly senderName: string; readonly subject: string; readonly heldAt: Date; readonly vector: string;
};

/** What was let out and is held back again begins anew. */
export async function insertHeld(tx: Tx, workspaceId: string, { id, mailboxId, sender, senderName, subject, ...row }: HeldRow): Promise<void> {
  const judged = { reason: row.reason, words: row.words, held_at: row.heldAt, state: 'held' as const, vector: sql<string>`${row.vector}::tsvector` };
  await tx.insertInto('quarantine')
    .values({ workspace_id: workspaceId, id, mailbox_id: mailboxId, sender, sender_name: senderName, subject, ...judged })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet({ ...judged, decided_by: null, decided_at: null, decision_id: null, release_at: null }))
    .execute();
}

export type QuarantineRow = {
  id: string; mailboxId: string; reason: QuarantineReason; words: string; sender: string; senderName: string; subject: string; heldAt: Date;
  state: 'held' | 'releasing' | 'released' | 'discarded' | 'purged'; decidedById: string | null; decidedByName: string | null; decidedAt: Date | null;
  releaseAt: Date | null; announcedAt: Date | null;
};

const rows = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('quarantine as q')
    .leftJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'q.workspace_id').onRef('p.id', '=', 'q.decided_by'))
    .select([
      'q.id', 'q.mailbox_id as mailboxId', 'q.reason', 'q.words', 'q.sender', 'q.sender_name as senderName', 'q.subject', 'q.held_at as heldAt', 'q.state',
      'q.decided_by as decidedById', 'p.name as decidedByName', 'q.decided_at as decidedAt', 'q.release_at as releaseAt', 'q.announced_at as announcedAt',
    ]).where('q.workspace_id', '=', workspaceId).$castTo<QuarantineRow>();

export type Wanted = {
  readonly state: 'held' | 'discarded'; readonly reason?: QuarantineReason | undefined;
  /** A tsquery; null: everything. */
  readonly query: string | null;
  /** Null: all of them. */
  readonly mailboxIds: readonly string[] | null;
  /** Sign-in codes of others are seen by administrators only. */
  readonly withCodes: boolean;
  readonly until?: Date | undefined;
};
/** So many of the newest matches of a search are looked at. */
const MAX_MATCHES = 10_000;

function matches(workspaceId: string, { state, reason, query, mailboxIds, withCodes, until }: Wanted) {
  const conditions = [sql<SqlBool>`q.state = ${state}`];
  if (reason) conditions.push(sql`q.reason = ${reason}`);
  if (!withCodes) conditions.push(sql`q.reason <> 'verification_code'`);
  if (mailboxIds) conditions.push(sql`q.mailbox_id = any(${[...mailboxIds]}::uuid[])`);
  if (until) conditions.push(sql`q.held_at <= ${until}`);
  if (query !== null) conditions.push(sql`q.id in (select quarantine_search(${workspaceId}::uuid, ${state}, ${query}::tsquery, ${MAX_MATCHES}))`);
  return sql<SqlBool>`(${sql.join(conditions, sql` and `)})`;
}

/** Newest first. */
export function quarantinePage(tx: Tx, workspaceId: string, wanted: Wanted, limit: number, before: readonly [heldAt: string, id: string] | null): Promise<QuarantineRow[]> {
  let query = rows(tx, workspaceId).where(matches(workspaceId, wanted));
  if (before) query = query.where(sql<SqlBool>`(q.held_at, q.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('q.held_at', 'desc').orderBy('q.id', 'desc').limit(limit).execute();
}

export type QuarantinedMessage = QuarantineRow & { sha256: string; size: number; to: string[]; receivedAt: Date; verdict: Verdict | null; ticketId: string | null };

export const quarantinedMessage = (tx: Tx, workspaceId: string, id: string): Promise<QuarantinedMessage | undefined> =>
  rows(tx, workspaceId).innerJoin('inbound_messages as i', (join) => join.onRef('i.workspace_id', '=', 'q.workspace_id').onRef('i.id', '=', 'q.id'))
    .select(['i.sha256', 'i.size', 'i.to_addresses as to', 'i.received_at as receivedAt', 'i.ticket_id as ticketId'])
    .select(sql<Verdict | null>`i.authentication ->> 'verdict'`.as('verdict'))
    .where('q.id', '=', id).$castTo<QuarantinedMessage>().executeTakeFirst();

/** How many are held, up to `max`. */
export async function countHeld(tx: Tx, workspaceId: string, { withCodes, max }: { withCodes: boolean; max: number }): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select count(*) as count from (select from quarantine q
    where q.workspace_id = ${workspaceId} and q.state = 'held' and (${withCodes} or q.reason <> 'verification_code') limit ${max}) as counted`.execute(tx);
  return row?.count ?? 0;
}

/** Those of the ids that there are, for somebody who may see codes or not. */
export async function knownAmong(tx: Tx, workspaceId: string, ids: readonly string[], withCodes: boolean): Promise<number> {
  const found = await tx.selectFrom('quarantine').select('id').where('workspace_id', '=', workspaceId).where('id', 'in', ids)
    .$if(!withCodes, (query) => query.where('reason', '!=', 'verification_code')).execute();
  return found.length;
}

export type Decided = { readonly decisionId: string; readonly by: string; readonly at: Date; /** Null: discarded. */ readonly releaseAt: Date | null };

/** A message that was decided about. */
export type Touched = { readonly id: string; readonly reason: QuarantineReason };

/** Decides about at most `limit` of them; returns those. Who decides about the same at once waits, and finds them decided. */
export async function decide(tx: Tx, workspaceId: string, what: readonly string[] | Wanted, { decisionId, by, at, releaseAt }: Decided, limit: number): Promise<Touched[]> {
  const open = releaseAt === null ? sql`q.state = 'held'` : sql`q.state in ('held', 'discarded')`;
  const which = 'state' in what ? matches(workspaceId, what) : sql<SqlBool>`q.id = any(${[...what]}::uuid[])`;
  const { rows: touched } = await sql<Touched>`
    with chosen as (select q.id from quarantine q where q.workspace_id = ${workspaceId} and ${open} and ${which} order by q.id limit ${limit} for update)
    update quarantine q set state = ${releaseAt === null ? 'discarded' : 'releasing'}, decision_id = ${decisionId}, decided_by = ${by}, decided_at = ${at}, release_at = ${releaseAt}
    from chosen where q.workspace_id = ${workspaceId} and q.id = chosen.id and ${open} returning q.id, q.reason`.execute(tx);
  return touched;
}

export const decisionExists = async (tx: Tx, workspaceId: string, decisionId: string, withCodes: boolean): Promise<boolean> =>
  await tx.selectFrom('quarantine').select('id').where('workspace_id', '=', workspaceId).where('decision_id', '=', decisionId)
    .$if(!withCodes, (query) => query.where('reason', '!=', 'verification_code')).limit(1).executeTakeFirst() !== undefined;

/** What is not filed and not removed yet waits again. */
export async function takeBack(tx: Tx, workspaceId: string, decisionId: string, withCodes: boolean, limit: number): Promise<Touched[]> {
  const { rows: touched } = await sql<Touched>`
    with chosen as (select q.id from quarantine q where q.workspace_id = ${workspaceId} and q.decision_id = ${decisionId}
      and q.state in ('releasing', 'discarded') and (${withCodes} or q.reason <> 'verification_code') order by q.id limit ${limit} for update)
    update quarantine q set state = 'held', decision_id = null, decided_by = null, decided_at = null, release_at = null
    from chosen where q.workspace_id = ${workspaceId} and q.id = chosen.id and q.state in ('releasing', 'discarded') returning q.id, q.reason`.execute(tx);
  return touched;
}

/** Released messages of every workspace for which the time to take that back is over. */
export const dueReleases = (owner: Database['owner'], due: Date, limit: number) =>
  owner.selectFrom('quarantine').select(['workspace_id as workspaceId', 'id']).where('state', '=', 'releasing').where('release_at', '<=', due)
    .orderBy('release_at').limit(limit).execute();

/** Back into the queue of what is to be filed; once, whoever else does the same. */
export async function letGo(tx: Tx, workspaceId: string, ids: readonly string[], { due, now, machineNow }: { due: Date; now: Date; machineNow: Date }): Promise<string[]> {
  const gone = await tx.updateTable('quarantine').set({ state: 'released' }).where('workspace_id', '=', workspaceId).where('id', 'in', ids)
    .where('state', '=', 'releasing').where('release_at', '<=', due).returning('id').execute();
  if (gone.length === 0) return [];
  const freed = gone.map(({ id }) => id);
  await tx.updateTable('inbound_messages').set({ state: 'received', reason: null, attempts: 0, done_at: null, released_at: now, next_attempt_at: machineNow })
    .where('workspace_id', '=', workspaceId).where('id', 'in', freed).where('state', '=', 'quarantined').execute();
  return freed;
}
