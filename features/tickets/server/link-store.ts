import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { LinkReason } from '../core/contract.ts';

export type LinkRow = {
  ticketId: string; otherId: string; otherNumber: number; otherSubject: string; otherStatus: string; customerId: string; customerName: string;
  customerEmail: string | null; side: 'earlier' | 'later'; reason: LinkReason; address: string; outcome: 'joined' | 'apart' | null; mergeId: string | null;
  createdAt: Date; otherLives: boolean;
};

export async function insertLink(tx: Tx, workspaceId: string, link: { ticketId: string; toId: string; reason: LinkReason; address: string; at: Date }): Promise<void> {
  await tx.insertInto('ticket_links').values({
    workspace_id: workspaceId, ticket_id: link.ticketId, to_id: link.toId, reason: link.reason, address: link.address.slice(0, 320), created_at: link.at,
  }).onConflict((conflict) => conflict.doNothing()).execute();
}

/** Both what the ticket points at (`earlier`) and what points at it (`later`), newest first; each side by its index. */
export async function linksOf(tx: Tx, ticketId: string, limit: number, before: readonly [at: string, id: string] | null): Promise<LinkRow[]> {
  const older = before ? sql`and (l.created_at, other_id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``;
  const side = (own: 'ticket_id' | 'to_id', other: 'ticket_id' | 'to_id', name: 'earlier' | 'later') => sql`
    (select l.*, other_id, ${sql.lit(name)} as side from ticket_links l cross join lateral (select l.${sql.ref(other)} as other_id) o
     where l.${sql.ref(own)} = ${ticketId} ${older} order by l.created_at desc, other_id desc limit ${limit})`;
  const { rows } = await sql<LinkRow>`
    select ${ticketId}::uuid as "ticketId", l.other_id as "otherId", t.number as "otherNumber", t.subject as "otherSubject", t.status as "otherStatus",
      c.id as "customerId", c.name as "customerName", c.email as "customerEmail", l.side, l.reason, l.address, l.outcome, l.merge_id as "mergeId",
      l.created_at as "createdAt", t.merged_into is null and t.deleted_at is null as "otherLives"
    from (${side('ticket_id', 'to_id', 'earlier')} union all ${side('to_id', 'ticket_id', 'later')}) l
      join tickets t on t.workspace_id = l.workspace_id and t.id = l.other_id
      join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    order by l.created_at desc, l.other_id desc limit ${limit}`.execute(tx);
  return rows;
}

/** Null takes the decision back. False when there is no such link, or it was settled by a merge. */
export async function settleLink(tx: Tx, ticketId: string, toId: string, settled: { by: string; at: Date } | null): Promise<boolean> {
  const row = await tx.updateTable('ticket_links')
    .set({ outcome: settled ? 'apart' : null, settled_at: settled?.at ?? null, settled_by: settled?.by ?? null })
    .where('ticket_id', '=', ticketId).where('to_id', '=', toId).where('merge_id', 'is', null).returning('ticket_id').executeTakeFirst();
  return row !== undefined;
}

/** A merge answers the question of the link between the two, whichever way round. */
export async function joinLink(tx: Tx, oneId: string, otherId: string, { mergeId, by, at }: { mergeId: string; by: string | null; at: Date }): Promise<void> {
  await tx.updateTable('ticket_links').set({ outcome: 'joined', merge_id: mergeId, settled_at: at, settled_by: by })
    .where((e) => e.or([
      e.and([e('ticket_id', '=', oneId), e('to_id', '=', otherId)]), e.and([e('ticket_id', '=', otherId), e('to_id', '=', oneId)]),
    ])).execute();
}

export async function unjoinLink(tx: Tx, mergeId: string): Promise<void> {
  await tx.updateTable('ticket_links').set({ outcome: null, merge_id: null, settled_at: null, settled_by: null }).where('merge_id', '=', mergeId).execute();
}
