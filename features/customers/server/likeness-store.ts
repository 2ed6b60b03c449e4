import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Likeness } from '../core/likeness.ts';

const here = sql`nullif(current_setting('rapport.workspace', true), '')::uuid`;
const idsOf = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;
export type Pair = readonly [aId: string, bId: string];
const pairRows = (pairs: readonly Pair[]) => sql`unnest(${idsOf(pairs.map(([a]) => a))}, ${idsOf(pairs.map(([, b]) => b))}) as pair (a_id, b_id)`;

/** Workspaces in which somebody has changed since they were compared. */
export async function workspacesDue(owner: Database['owner'], limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select w.id from workspaces w where exists (select from customers c where c.workspace_id = w.id and c.likeness_due) limit ${limit}`.execute(owner);
  return rows.map(({ id }) => id);
}

/** Two who compare at once would not see each other's traces. */
export async function alone(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(hashtextextended('customer likenesses ' || ${workspaceId}, 0)) as got`.execute(tx);
  return rows[0]!.got;
}

/** Some of those, held until they are compared; others who look take others. */
export async function takeDue(tx: Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from customers where workspace_id = ${here} and likeness_due order by id limit ${limit} for update skip locked`.execute(tx);
  return rows.map(({ id }) => id);
}

export const compared = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await sql`update customers set likeness_due = false where workspace_id = ${here} and id = any(${idsOf(ids)})`.execute(tx);
};

export const compareAnew = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  // Whoever holds one is changing it, and waits for nobody here.
  await sql`update customers set likeness_due = true where workspace_id = ${here} and id in (
    select id from customers where workspace_id = ${here} and id = any(${idsOf(ids)}) and not likeness_due order by id for update skip locked)`.execute(tx);
};

export async function setTraces(tx: Tx, ids: readonly string[], traces: readonly { readonly id: string; readonly key: string }[]): Promise<void> {
  await sql`delete from customer_traces where workspace_id = ${here} and customer_id = any(${idsOf(ids)})`.execute(tx);
  if (traces.length === 0) return;
  await sql`insert into customer_traces (workspace_id, key, customer_id) select ${here}, t.key, t.id from unnest(${traces.map(({ key }) => key)}::text[], ${idsOf(traces.map(({ id }) => id))}) as t (key, id)`.execute(tx);
}

/** Who else has left each of these traces, up to `most` of each. */
export async function holdersOf(tx: Tx, keys: readonly string[], most: number): Promise<{ readonly key: string; readonly id: string }[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ key: string; id: string }>`
    select k.key, t.customer_id as id from unnest(${[...keys]}::text[]) as k (key),
      lateral (select customer_id from customer_traces where workspace_id = ${here} and key = k.key order by customer_id limit ${most}) as t`.execute(tx);
  return rows;
}

/** Of these pairs, those of whom somebody has said that they are two people: the two, or any that went on in either. */
export async function separatedAmong(tx: Tx, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const { rows } = await sql<{ aId: string; bId: string }>`
    with recursive tree as (
      select distinct r.id as root, r.id from unnest(${idsOf([...new Set(pairs.flat())])}) as r (id)
      union all select t.root, c.id from tree t join customers c on c.workspace_id = ${here} and c.merged_into = t.id)
    select pair.a_id as "aId", pair.b_id as "bId" from ${pairRows(pairs)}
    where exists (select from tree x join customer_separations s on s.workspace_id = ${here} and s.a_id = x.id join tree y on y.id = s.b_id
      where (x.root = pair.a_id and y.root = pair.b_id) or (x.root = pair.b_id and y.root = pair.a_id))`.execute(tx);
  return rows.map(({ aId, bId }) => [aId, bId]);
}

/** What is proposed of these people is this and nothing else; what was proposed before keeps its moment. */
export async function setLikenesses(tx: Tx, ids: readonly string[], found: readonly { readonly pair: Pair; readonly reasons: readonly Likeness[]; readonly weight: number }[], { workspaceId, at }: { workspaceId: string; at: Date }): Promise<void> {
  const pairs = found.map(({ pair }) => pair);
  await sql`delete from customer_likenesses l where l.workspace_id = ${here} and (l.a_id = any(${idsOf(ids)}) or l.b_id = any(${idsOf(ids)}))
    and not exists (select from ${pairRows(pairs)} where pair.a_id = l.a_id and pair.b_id = l.b_id)`.execute(tx);
  if (found.length === 0) return;
  await tx.insertInto('customer_likenesses').values(found.map(({ pair: [a, b], reasons, weight }) => ({ workspace_id: workspaceId, a_id: a, b_id: b, reasons: [...reasons], weight, found_at: at })))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'a_id', 'b_id']).doUpdateSet((e) => ({ reasons: e.ref('excluded.reasons'), weight: e.ref('excluded.weight') }))).execute();
}

export type LikenessRow = { readonly aId: string; readonly bId: string; readonly reasons: Likeness[]; readonly weight: number; readonly foundAt: Date };

/** The strongest first; of one person, when one is named. Whoever was merged away meanwhile is in none. */
export async function likenesses(tx: Tx, customerId: string | null, limit: number, after: readonly [weight: number, aId: string, bId: string] | null): Promise<LikenessRow[]> {
  const { rows } = await sql<LikenessRow>`
    select l.a_id as "aId", l.b_id as "bId", l.reasons, l.weight, l.found_at as "foundAt" from customer_likenesses l
    join customers a on a.workspace_id = l.workspace_id and a.id = l.a_id and a.merged_into is null
    join customers b on b.workspace_id = l.workspace_id and b.id = l.b_id and b.merged_into is null
    where l.workspace_id = ${here} ${customerId === null ? sql`` : sql`and (l.a_id = ${customerId}::uuid or l.b_id = ${customerId}::uuid)`}
      ${after === null ? sql`` : sql`and (-l.weight, l.a_id, l.b_id) > (${-after[0]}::bigint, ${after[1]}::uuid, ${after[2]}::uuid)`}
    order by l.weight desc, l.a_id, l.b_id limit ${limit}`.execute(tx);
  return rows;
}

export async function separate(tx: Tx, workspaceId: string, [a, b]: Pair, { by, at }: { by: string; at: Date }): Promise<void> {
  await tx.insertInto('customer_separations').values({ workspace_id: workspaceId, a_id: a, b_id: b, separated_by: by, separated_at: at }).onConflict((conflict) => conflict.doNothing()).execute();
  await tx.deleteFrom('customer_likenesses').where('a_id', '=', a).where('b_id', '=', b).execute();
}

export async function askAgain(tx: Tx, [a, b]: Pair): Promise<void> {
  await tx.deleteFrom('customer_separations').where('a_id', '=', a).where('b_id', '=', b).execute();
  await compareAnew(tx, [a, b]);
}
