import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database } from '../../../platform/db/db.ts';
import type { DueWork } from '../../../platform/jobs/due.ts';
import { createHeldBack } from '../../../platform/jobs/held-back.ts';
import { ALWAYS } from '../../conditions/core/condition.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Keeping } from './keeping.ts';
import type { RuleBook } from './rules.ts';
import { lockRulesRow, saveSweep, staleWorkspaces } from './store.ts';

/** Open tickets that follow a change of what is promised in one step; each step is a transaction. */
const PAGE = 100;
const WORKSPACES = 20;

/** Policies and calendars change at once; the open tickets follow step by step, and those that something happens to follow then. */
export function createSweeping({ db, now, machineNow, tickets, keeping, ruleBook, log }: {
  db: Database; now: Now; machineNow: Now; log: Log; tickets: Pick<Tickets, 'matching' | 'lockFree'>; keeping: Keeping; ruleBook: RuleBook;
}): DueWork {
  const step = (workspaceId: string): Promise<number> => db.work(workspaceId, async (tx) => {
    const row = await lockRulesRow(tx, workspaceId);
    if (!row || row.swept >= row.version) return 0;
    const rules = await ruleBook.fresh(tx, workspaceId);
    const after = row.sweeping === row.version ? row.sweepAfter : null;
    const page = await tickets.matching(tx, ALWAYS, { now: now() }, { shelf: 'active', limit: PAGE, cursor: after ?? undefined });
    const ids = page.items.map(({ id }) => id);
    const free = await tickets.lockFree(tx, ids);
    await keeping.take(tx, workspaceId, free.map(({ id }) => id), rules);
    // Somebody works on one of them at this moment: the same step once more, a little later.
    if (free.length < ids.length) return 0;
    await saveSweep(tx, workspaceId, { version: row.version, after: page.nextCursor });
    return ids.length;
  });

  const heldBack = createHeldBack(machineNow);

  /** One workspace that cannot follow must not hold up the others. */
  async function sweep(workspaceId: string, limit: number): Promise<number> {
    let followed = 0;
    try {
      for (let count = await step(workspaceId); count > 0; count = followed < limit ? await step(workspaceId) : 0) followed += count;
      heldBack.done(workspaceId);
    } catch (error) {
      const failures = heldBack.failed(workspaceId);
      log.error({ err: error, workspaceId, failures }, 'open tickets could not follow what is promised; it is tried again');
    }
    return followed;
  }

  return {
    name: 'promises that changed',
    async handle(_now, limit) {
      let followed = 0;
      for (const workspaceId of heldBack.ready(await staleWorkspaces(db.lookup, WORKSPACES + heldBack.count()), (id) => id)) {
        if (followed >= limit) break;
        followed += await sweep(workspaceId, limit - followed);
      }
      return followed;
    },
  };
}
