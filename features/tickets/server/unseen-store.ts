import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { UnseenEntry } from '../core/unseen.ts';

/** As many are shown; a writer who missed more reads the timeline. */
const MOST = 20;
const MOST_TEXT = 2_000;

type Row = Omit<UnseenEntry, 'createdAt'> & { readonly createdAt: Date };

/**
 * What the customer, and other people here, said on a ticket after one of its entries was written, in the order of the log: mail may carry
 * an earlier time than an answer that was written before it was filed. Robots' words are not waited for. Null: there is no such entry.
 * The caller has locked the ticket.
 */
export async function unseenSince(tx: Tx, ticketId: string, entryId: string, personId: string): Promise<UnseenEntry[] | null> {
  const here = sql`with recursive here (id) as (
    select ${ticketId}::uuid union
      select m.source_id from here h cross join lateral (
        select source_id from ticket_merges where target_id = h.id and undone_at is null union all select source_id from ticket_splits where target_id = h.id and undone_at is null) m)`;
  const { rows: [seen] } = await sql<{ seq: number | null }>`${here}
    select max(v.seq) as seq from events v where v.ticket_id in (select id from here) and v.subject_id = ${entryId} and v.type in ('entry.added', 'entry.forwarded')`.execute(tx);
  if (!seen || seen.seq === null) return null;
  const { rows } = await sql<Row>`${here}
    select e.id, e.direction, e.channel, e.author_name as author, left(e.text, ${MOST_TEXT}) as text, e.created_at as "createdAt"
    from events v join entries e on e.workspace_id = v.workspace_id and e.id = v.subject_id
    where v.ticket_id in (select id from here) and v.type = 'entry.added' and v.seq > ${seen.seq}::bigint and e.ticket_id = ${ticketId} and e.type = 'message' and e.withdrawn_at is null
      and coalesce(v.data ->> 'automatic', '') <> 'true'
      and (e.direction = 'in' and e.author_kind = 'customer' or e.direction = 'out' and e.author_kind = 'person' and e.author_id is distinct from ${personId}::uuid)
    order by v.seq limit ${MOST}`.execute(tx);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}
