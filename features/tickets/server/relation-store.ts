import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { RelationView } from '../core/relations.ts';

export type Relation = { readonly fromId: string; readonly toId: string; readonly kind: RelationView['kind']; readonly by: string; readonly at: Date };
type Row = { readonly id: string; readonly number: number; readonly subject: string; readonly status: RelationView['ticket']['status']; readonly kind: RelationView['kind']; readonly side: RelationView['side']; readonly at: Date };

/** False when there is one between the two, either way round. A kind of its own from the same side is changed. */
export async function putRelation(tx: Tx, workspaceId: string, { fromId, toId, kind, by, at }: Relation): Promise<boolean> {
  const reverse = await tx.selectFrom('ticket_relations').select('kind').where('from_id', '=', toId).where('to_id', '=', fromId).executeTakeFirst();
  if (reverse) return false;
  await tx.insertInto('ticket_relations').values({ workspace_id: workspaceId, from_id: fromId, to_id: toId, kind, related_by: by, related_at: at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'from_id', 'to_id']).doUpdateSet({ kind, related_by: by, related_at: at })).execute();
  return true;
}

export const dropRelation = async (tx: Tx, oneId: string, otherId: string): Promise<boolean> =>
  (await tx.deleteFrom('ticket_relations').where((e) => e.or([e.and([e('from_id', '=', oneId), e('to_id', '=', otherId)]), e.and([e('from_id', '=', otherId), e('to_id', '=', oneId)])])).returning('kind').execute()).length > 0;

export const relationsFrom = async (tx: Tx, ticketId: string): Promise<number> =>
  Number((await tx.selectFrom('ticket_relations').select(sql<number>`count(*)`.as('count')).where('from_id', '=', ticketId).executeTakeFirstOrThrow()).count);

/** Both sides, the latest first, each along its index. */
export async function relationsOf(tx: Tx, ticketId: string, limit: number, before: readonly [at: string, id: string] | null): Promise<Row[]> {
  const older = before ? sql`and (r.related_at, o.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)` : sql``;
  const side = (own: 'from_id' | 'to_id', other: 'from_id' | 'to_id', name: 'from' | 'to') => sql`
    (select o.id, o.number, o.subject, o.status, r.kind, ${sql.lit(name)} as side, r.related_at as at from ticket_relations r
      join tickets o on o.workspace_id = r.workspace_id and o.id = r.${sql.ref(other)}
      where r.${sql.ref(own)} = ${ticketId} and o.phase in ('active', 'done') ${older} order by r.related_at desc, o.id desc limit ${limit})`;
  return (await sql<Row>`${side('from_id', 'to_id', 'from')} union all ${side('to_id', 'from_id', 'to')} order by at desc, id desc limit ${limit}`.execute(tx)).rows;
}

/** Unresolved tickets that are incidents of this one, the first that were. */
export const incidentsOf = async (tx: Tx, ticketId: string, limit: number): Promise<string[]> =>
  (await tx.selectFrom('ticket_relations as r').innerJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'r.workspace_id').onRef('t.id', '=', 'r.from_id')).select('t.id')
    .where('r.to_id', '=', ticketId).where('r.kind', '=', 'incident_of').where('t.phase', '=', 'active').orderBy('r.related_at').orderBy('t.id').limit(limit).execute()).map(({ id }) => id);
