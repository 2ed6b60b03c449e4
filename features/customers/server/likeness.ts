import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import type { LikenessView } from '../core/contract.ts';
import { likenessOf, RARE_NAME, tracesOf, weightOf, type Likened } from './alike.ts';
import { notFound, type Context } from './context.ts';
import { alone, askAgain, compared, holdersOf, likenesses, separate, separatedAmong, setLikenesses, setTraces, takeDue, workspacesDue, type LikenessRow, type Pair } from './likeness-store.ts';
import { customersByIds, findCustomer, identitiesOf } from './store.ts';

/** How many records of one workspace are compared in one go. */
const AT_ONCE = 100;
/** A trace that more than these have left belongs to no one person. */
const MOST_ALIKE = 10;

const pairOf = (x: string, y: string): Pair => (x < y ? [x, y] : [y, x]);

/** Records that may be of one person: found by what they have in common, proposed, and never joined by themselves. */
export function createLikeness(context: Context) {
  const { db, now, work } = context;

  /** What is compared of these; those merged away are not among them. */
  async function likened(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Map<string, Likened>> {
    if (ids.length === 0) return new Map();
    const [rows, identities, companies] = [await customersByIds(tx, ids), await identitiesOf(tx, ids), await context.companiesOf?.(tx, workspaceId, ids)];
    const own = Map.groupBy(identities, ({ customerId }) => customerId);
    return new Map(rows.filter(({ mergedInto }) => mergedInto === null).map(({ id, name }) => [id, {
      name, identities: (own.get(id) ?? []) as unknown as Likened['identities'], companyIds: (companies?.get(id) ?? []).map((company) => company.id),
    }]));
  }

  /** Some who changed since are compared with those who left the same traces: a handful of queries for all of them together. */
  async function compare(tx: Tx, workspaceId: string): Promise<void> {
    const ids = await alone(tx, workspaceId) ? await takeDue(tx, AT_ONCE) : [];
    if (ids.length === 0) return;
    const records = await likened(tx, workspaceId, ids);
    const traces = [...records].flatMap(([id, record]) => tracesOf(record).map((key) => ({ id, key })));
    await setTraces(tx, ids, traces);
    const holders = Map.groupBy(await holdersOf(tx, [...new Set(traces.map(({ key }) => key))], MOST_ALIKE + 1), ({ key }) => key);
    const others = [...new Set([...holders.values()].flat().map(({ id }) => id))].filter((id) => !records.has(id));
    const all = new Map([...records, ...await likened(tx, workspaceId, others)]);

    const found = new Map<string, { pair: Pair; reasons: ReturnType<typeof likenessOf>; weight: number }>();
    for (const { id, key } of traces) {
      const alike = (holders.get(key) ?? []).map((one) => one.id).filter((other) => other !== id && all.has(other));
      if (alike.length >= MOST_ALIKE) continue;
      for (const other of alike) {
        const pair = pairOf(id, other);
        const reasons = likenessOf(all.get(id)!, all.get(other)!, !key.startsWith('name ') || alike.length < RARE_NAME);
        const before = found.get(pair.join());
        if (reasons.length > (before?.reasons.length ?? 0)) found.set(pair.join(), { pair, reasons, weight: weightOf(reasons) });
      }
    }
    const apart = new Set((await separatedAmong(tx, [...found.values()].map(({ pair }) => pair))).map((pair) => pair.join()));
    await setLikenesses(tx, ids, [...found].filter(([key]) => !apart.has(key)).map(([, one]) => one), { workspaceId, at: now() });
    await compared(tx, ids);
  }

  async function shown(tx: Tx, rows: readonly LikenessRow[]): Promise<LikenessView[]> {
    const records = await customersByIds(tx, [...new Set(rows.flatMap(({ aId, bId }) => [aId, bId]))]);
    const views = new Map((await context.views(tx, records)).map((view) => [view.id, view]));
    return rows.map(({ aId, bId, reasons, foundAt }) => ({ customers: [views.get(aId)!, views.get(bId)!], reasons, foundAt: foundAt.toISOString() }));
  }

  const decide = (actor: Actor, id: string, otherId: string, act: (tx: Tx, pair: Pair) => Promise<void>): Promise<void> =>
    work(actor, 'customers.change', async (tx) => {
      if (!await findCustomer(tx, id) || !await findCustomer(tx, otherId)) throw notFound();
      if (id === otherId) throw new AppError('invalid', 'customer.same_record', 'Name two records.');
      await act(tx, pairOf(id, otherId));
    });

  const due: DueWork = {
    name: 'likenesses',
    /** Never in one go with the next: what waits may be everybody, and somebody writes meanwhile. */
    async handle(_now, limit) {
      const changed = await workspacesDue(db.owner, limit - 1);
      for (const workspaceId of changed) await db.work(workspaceId, (tx) => compare(tx, workspaceId));
      return changed.length;
    },
  };

  return {
    likenessWork: due,

    likenesses: (actor: Actor, { customer = null, limit, cursor }: { customer?: string | null | undefined; limit: number; cursor?: string | undefined }): Promise<Page<LikenessView>> =>
      work(actor, 'customers.read', async (tx) => {
        if (customer !== null && !await findCustomer(tx, customer)) throw notFound();
        const rows = await likenesses(tx, customer, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['number', 'id', 'id']));
        const page = pageOfRows(rows, limit, ({ weight, aId, bId }) => [weight, aId, bId], (row) => row);
        return { items: page.items.length === 0 ? [] : await shown(tx, page.items), nextCursor: page.nextCursor };
      }),

    /** They are two people. */
    keepApart: (actor: Actor, id: string, otherId: string): Promise<void> => decide(actor, id, otherId, (tx, pair) => separate(tx, actor.workspaceId, pair, { by: actor.id, at: now() })),

    /** Nobody has said so. */
    askAgain: (actor: Actor, id: string, otherId: string): Promise<void> => decide(actor, id, otherId, askAgain),
  };
}
