import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { CustomerMergeView } from '../core/contract.ts';
import { factsOf, joined, MOST_MERGED } from '../core/merging.ts';
import { byPerson, notFound, type Context } from './context.ts';
import { flagsOf } from './flag-store.ts';
import { endMerge, findMerge, insertMerge, lockMerges, lockRows, mergedInto, mergesInto, moveAlong, moveBack, wayOn, type Carrier } from './merge-store.ts';
import { findCustomer, lockCustomers, saveCustomer, type CustomerRow } from './store.ts';

/** The room's own. */
const OURS: readonly Carrier[] = [{ table: 'identities' }, { table: 'customer_notes' }, { table: 'customer_flags' }];

/**
 * Two records of one person become one, and two again. Every row that hangs on a customer keeps whose it would be without any
 * merge (`home_id`), so an undo is exact at any time and in any order: what is at home with the record that leaves, or with one
 * merged into it, goes with it, also what came since by its addresses; what was said since about both stays.
 */
export function createMerging(context: Context) {
  const carriers: Carrier[] = [...OURS];

  async function settle(tx: Tx, workspaceId: string, customer: CustomerRow, at: Date): Promise<void> {
    const saved = await context.refresh(tx, workspaceId, { ...customer, flags: await flagsOf(tx, customer.id) }, at);
    await context.search.hide(tx, workspaceId, saved.id, saved.mergedInto !== null);
  }

  async function demandRoom(tx: Tx, both: readonly string[]): Promise<void> {
    const trees = await Promise.all(both.map((id) => mergedInto(tx, id)));
    if (trees.flat().length + both.length > MOST_MERGED) throw new AppError('conflict', 'customer.too_many_merged', `${MOST_MERGED} records can go on in one; these two would be more.`);
  }

  /** What the ones on the way say, now that one of those below them is gone: their own word, filled from who is left. */
  async function refill(tx: Tx, way: readonly CustomerRow[]): Promise<CustomerRow[]> {
    const after: CustomerRow[] = [];
    for (const one of way) {
      const below = (await mergedInto(tx, one.id)).filter((child) => child.mergedInto === one.id);
      const own = one.own ?? factsOf(one);
      after.push({ ...one, ...joined(own, below), own: below.length === 0 ? null : own });
      await saveCustomer(tx, after.at(-1)!);
    }
    return after;
  }

  async function takeApart(tx: Tx, actor: Actor, { id, sourceId }: { id: string; sourceId: string }, at: Date): Promise<void> {
    const { workspaceId } = actor;
    const held = await wayOn(tx, sourceId);
    for (const carrier of carriers) if (carrier.lockFirst) await lockRows(tx, carrier, held.map((one) => one.id));
    await lockCustomers(tx, [sourceId, ...held.map((one) => one.id)]);
    await endMerge(tx, id, { by: actor.id, at });
    const source = { ...(await findCustomer(tx, sourceId))!, mergedInto: null, updatedAt: at };
    await saveCustomer(tx, source);
    const way = await refill(tx, await Promise.all(held.map(async (one) => (await findCustomer(tx, one.id))!)));

    const below = await mergedInto(tx, sourceId);
    const root = way.at(-1)!;
    const left = await mergedInto(tx, root.id);
    for (const carrier of carriers) {
      await moveBack(tx, carrier, { holders: held.map((one) => one.id), homes: [sourceId, ...below.map((one) => one.id)], to: sourceId });
      if (carrier.oneEach === undefined) continue;
      for (const one of below) await moveAlong(tx, carrier, { from: one.id, to: sourceId });
      for (const one of left) await moveAlong(tx, carrier, { from: one.id, to: root.id });
    }
    await settle(tx, workspaceId, source, at);
    await settle(tx, workspaceId, root, at);
    await context.emit(tx, workspaceId, { type: 'customer.unmerged', subjectId: id, actor: byPerson(actor), data: { sourceId, targetId: root.id }, at });
  }

  return {
    /** Rooms above say which of their tables hang on customers: their rows go along with a merge, and back. */
    carries(...more: readonly Carrier[]): void { carriers.push(...more); },
    carriers: (): readonly Carrier[] => carriers,

    /** Everything of `sourceId` goes on in `targetId`. Returns the merge. */
    merge: (actor: Actor, sourceId: string, targetId: string): Promise<string> =>
      context.work(actor, 'customers.change', async (tx) => {
        const { workspaceId } = actor;
        if (sourceId === targetId) throw new AppError('invalid', 'customer.merge_with_itself', 'A record cannot be merged into itself.');
        await lockMerges(tx, workspaceId);
        for (const carrier of carriers) if (carrier.lockFirst) await lockRows(tx, carrier, [sourceId]);
        const both = await lockCustomers(tx, [sourceId, targetId]);
        const [source, target] = [both.find(({ id }) => id === sourceId), both.find(({ id }) => id === targetId)];
        if (!source || !target) throw notFound();
        for (const one of both) {
          if (one.mergedInto !== null) throw new AppError('conflict', 'customer.merged', `${one.name || 'One of the two'} was merged into another already; take that one.`, { customerId: one.mergedInto });
        }
        await demandRoom(tx, [sourceId, targetId]);
        const [id, at] = [newId(), context.now()];
        await insertMerge(tx, workspaceId, { id, sourceId, targetId, by: actor.id, at });
        for (const carrier of carriers) await moveAlong(tx, carrier, { from: sourceId, to: targetId });
        await settle(tx, workspaceId, { ...source, mergedInto: targetId }, at);
        await settle(tx, workspaceId, { ...target, ...joined(factsOf(target), [source]), own: target.own ?? factsOf(target) }, at);
        await context.emit(tx, workspaceId, { type: 'customer.merged', subjectId: id, actor: byPerson(actor), data: { sourceId, targetId }, at });
        return id;
      }),

    /** Both are what they were, and have what came since. Possible at any time, also when the other was merged on. */
    unmerge: (actor: Actor, mergeId: string): Promise<void> =>
      context.work(actor, 'customers.change', async (tx) => {
        await lockMerges(tx, actor.workspaceId);
        const merge = await findMerge(tx, mergeId);
        if (!merge) throw new AppError('not_found', 'merge.not_found', 'There is no such merge, or it was undone.');
        await takeApart(tx, actor, merge, context.now());
      }),

    /** What was merged into a record, the latest first. */
    merges: (actor: Actor, id: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<CustomerMergeView>> =>
      context.work(actor, 'customers.read', async (tx) => {
        await context.exists(tx, id);
        const rows = await mergesInto(tx, id, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.mergedAt.toISOString(), row.id], (row) => ({
          id: row.id, customer: { id: row.customerId, name: row.name, email: row.email }, by: { id: row.byId, name: row.byName }, mergedAt: row.mergedAt.toISOString(),
        }));
      }),

    /** A record and all that go on in it: under whose name one person may have written. */
    idsOf: async (tx: Tx, id: string): Promise<string[]> => [id, ...(await mergedInto(tx, id)).map((one) => one.id)],
  };
}
