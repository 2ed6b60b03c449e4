import { sql } from 'kysely';
import { dueRows, type DueWork } from '../../../platform/jobs/due.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Context } from './context.ts';
import type { createExpecting } from './expecting.ts';
import type { createGiving } from './giving.ts';
import type { createSeating } from './seating.ts';
import { lockSweep, saveSweep } from './store.ts';

const UNASSIGNED: Condition = { version: 1, all: [{ field: 'assignee', operator: 'empty' }, { field: 'status', operator: 'in', value: ['new', 'open'] }] };
const PAGE = 100;
/** Of one workspace, before the others have their turn. */
const MOST_PASSES = 20;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Works = { readonly giving: Pick<ReturnType<typeof createGiving>, 'pass'>; readonly seating: Pick<ReturnType<typeof createSeating>, 'follow'>; readonly expecting: Pick<ReturnType<typeof createExpecting>, 'expect'> };

/** What runs twice a second: queues that changed are followed, what waits is given out, how long it will wait is said. */
export function createDueWorks(context: Context, { giving, seating, expecting }: Works): { readonly works: DueWork[]; sweep(workspaceId: string, now: Date): Promise<boolean> } {
  const { db, tickets, machineNow, log } = context;
  let last = BEFORE_ALL;

  /** One page of the open tickets that nobody has follows the queues as they are now. False: nothing is left to do at this moment. */
  const sweep = (workspaceId: string, now: Date): Promise<boolean> => db.work(workspaceId, async (tx) => {
    const at = await lockSweep(tx);
    if (!at || at.swept >= at.version) return false;
    const cursor = at.sweeping === at.version && at.after !== null ? at.after : undefined;
    const page = await tickets.matching(tx, UNASSIGNED, { now }, { shelf: 'active', limit: PAGE, cursor });
    const free = await tickets.lockFree(tx, page.items.map(({ id }) => id));
    for (const { id } of free) await seating.follow(tx, workspaceId, id, now);
    // Somebody works on one of them at this moment: the same page once more, a little later.
    if (free.length < page.items.length) return false;
    await saveSweep(tx, page.nextCursor === null ? { swept: at.version } : { sweeping: at.version, sweep_after: page.nextCursor });
    return page.nextCursor !== null;
  });

  async function giveOut(workspaceId: string, now: Date): Promise<void> {
    try {
      for (let i = 0; i < MOST_PASSES && await giving.pass(workspaceId, now); i += 1);
    } catch (error) {
      log.error({ err: error, workspaceId }, 'giving out work failed in a workspace; it is tried again');
    }
  }

  return {
    sweep,
    works: [
      dueRows<{ id: string }>({
        name: 'routing: queues that changed', log, machineNow, idOf: ({ id }) => id,
        find: async (_now, limit) => (await sql<{ id: string }>`select id from routing_stale(${limit}::integer) as id`.execute(db.lookup)).rows,
        handle: async ({ id }, now) => { for (let i = 0; i < MOST_PASSES && await sweep(id, now); i += 1); },
      }),
      {
        name: 'routing: giving out',
        async handle(now, limit) {
          const { rows } = await sql<{ id: string }>`select id from routing_waiting(${now}, ${last}::uuid, ${limit}::integer) as id`.execute(db.lookup);
          // From where it stopped, so that no workspace waits for all others.
          last = rows.length < limit ? BEFORE_ALL : rows.at(-1)!.id;
          for (const { id } of rows) await giveOut(id, now);
          return rows.length < limit ? 0 : limit;
        },
      },
      dueRows<{ workspaceId: string; queueId: string }>({
        name: 'routing: expected waits', log, machineNow, idOf: ({ queueId }) => queueId,
        find: async (_now, limit) => (await sql<{ workspaceId: string; queueId: string }>`select workspace_id as "workspaceId", queue_id as "queueId" from routing_unexpected(${limit}::integer)`.execute(db.lookup)).rows,
        handle: ({ workspaceId, queueId }) => expecting.expect(workspaceId, queueId),
      }),
    ],
  };
}
