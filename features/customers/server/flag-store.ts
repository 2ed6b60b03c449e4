import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { inOrder, type Flag } from '../core/flags.ts';

export type FlagRow = { readonly flag: Flag; readonly reason: string; readonly contact: string; readonly reviewOn: string | null; readonly setById: string; readonly setByName: string; readonly setAt: Date };

const selected = (tx: Tx) => tx.selectFrom('customer_flags as f')
  .innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'f.workspace_id').onRef('p.id', '=', 'f.set_by'))
  .select(['f.flag', 'f.reason', 'f.contact', sql<string | null>`f.review_on::text`.as('reviewOn'), 'p.id as setById', 'p.name as setByName', 'f.set_at as setAt']);

/** What is known of a person, in the order of `FLAGS`; two that were merged may both have said it, of which the later counts. */
export async function flagRows(tx: Tx, customerId: string): Promise<FlagRow[]> {
  const rows = await selected(tx).where('f.customer_id', '=', customerId).orderBy('f.set_at', 'desc').orderBy('f.id', 'desc').execute() as FlagRow[];
  return inOrder(rows.map(({ flag }) => flag)).map((flag) => rows.find((row) => row.flag === flag)!);
}

export const flagsOf = async (tx: Tx, customerId: string): Promise<Flag[]> =>
  inOrder((await tx.selectFrom('customer_flags').select('flag').where('customer_id', '=', customerId).execute()).map(({ flag }) => flag));

/** Said of the record itself; what came with a merged one stays beside it until that one leaves. */
export async function putFlag(tx: Tx, workspaceId: string, given: { id: string; customerId: string; flag: Flag; reason: string; contact: string; reviewOn: string | null; by: string; at: Date }): Promise<void> {
  await sql`insert into customer_flags (workspace_id, id, customer_id, flag, reason, contact, review_on, set_by, set_at)
    values (${workspaceId}, ${given.id}, ${given.customerId}, ${given.flag}, ${given.reason}, ${given.contact}, ${given.reviewOn}::date, ${given.by}, ${given.at})
    on conflict (workspace_id, customer_id, flag, coalesce(home_id, customer_id))
    do update set reason = excluded.reason, contact = excluded.contact, review_on = excluded.review_on, set_by = excluded.set_by, set_at = excluded.set_at`.execute(tx);
}

export const removeFlag = async (tx: Tx, customerId: string, flag: Flag): Promise<boolean> =>
  (await tx.deleteFrom('customer_flags').where('customer_id', '=', customerId).where('flag', '=', flag).returning('id').execute()).length > 0;

/** Those whose review is due by a day, the longest due first. */
export function dueReviews(tx: Tx, day: string, limit: number, after: readonly [string, string] | null) {
  let query = selected(tx).innerJoin('customers as c', (join) => join.onRef('c.workspace_id', '=', 'f.workspace_id').onRef('c.id', '=', 'f.customer_id'))
    .select(['f.id', 'c.id as customerId', 'c.name', 'c.email']).where(sql<boolean>`f.review_on <= ${day}::date`).orderBy('f.review_on').orderBy('f.id').limit(limit);
  if (after) query = query.where(sql<boolean>`(f.review_on, f.id) > (${after[0]}::date, ${after[1]}::uuid)`);
  return query.execute();
}
