import { sql } from 'kysely';
import { z } from 'zod';
import type { Now } from '../../../kernel/actor.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Connection, Database } from '../../../platform/db/db.ts';
import { defineJob } from '../../../platform/jobs/jobs.ts';

/** How long what rules did is kept, and how many runs of each workspace. */
export type RuleLog = { readonly days: number; readonly most: number };
export const USUAL_LOG: RuleLog = { days: 180, most: 1_000_000 };

const DAY_MS = 86_400_000;
const BATCH = 1_000;
type Place = { readonly at: Date; readonly id: string };
const FIRST: Place = { at: new Date(0), id: '00000000-0000-0000-0000-000000000000' };

/** Before this moment a run is too old, or one too many. */
async function keptFrom(owner: Connection, workspaceId: string, { days, most }: RuleLog, at: Date): Promise<Date> {
  const { rows: [last] } = await sql<{ at: Date }>`select at from rule_runs where workspace_id = ${workspaceId} order by at desc, id desc offset ${most - 1} limit 1`.execute(owner);
  return new Date(Math.max(at.getTime() - days * DAY_MS, last?.at.getTime() ?? 0));
}

/** Runs on an age stay as long as their ticket is not closed: without them the rule would do it again. */
async function removeSome(owner: Connection, workspaceId: string, before: Date, after: Place): Promise<{ removed: number; last: Place | null }> {
  const { rows: [done] } = await sql<{ removed: number; last: { at: string; id: string } | null }>`
    with old as (
      select r.at, r.id, starts_with(r.cause, 'age:') and exists (
        select from tickets t where t.workspace_id = r.workspace_id and t.id = r.ticket_id and t.closed_at is null and t.deleted_at is null and t.merged_into is null) as stays
      from rule_runs r where r.workspace_id = ${workspaceId} and r.at < ${before} and (r.at, r.id) > (${after.at}::timestamptz, ${after.id}::uuid)
      order by r.at, r.id limit ${BATCH}),
    gone as (delete from rule_runs d using old where d.workspace_id = ${workspaceId} and d.id = old.id and not old.stays returning d.id)
    select (select count(*) from gone) as removed,
      case when (select count(*) from old) = ${BATCH} then (select jsonb_build_object('at', at, 'id', id) from old order by at desc, id desc limit 1) end as last`.execute(owner);
  return { removed: done?.removed ?? 0, last: done?.last ? { at: new Date(done.last.at), id: done.last.id } : null };
}

/** Keeps the log of rules bounded, in small statements. */
export function createPruning({ db, now, keep, log }: { db: Database; now: Now; keep: RuleLog; log: Log }) {
  async function prune(): Promise<number> {
    let removed = 0;
    for (const { id } of await db.owner.selectFrom('workspaces').select('id').execute()) {
      const before = await keptFrom(db.owner, id, keep, now());
      for (let place: Place | null = FIRST; place !== null;) {
        const done: { removed: number; last: Place | null } = await removeSome(db.owner, id, before, place);
        removed += done.removed;
        place = done.last;
      }
    }
    return removed;
  }

  return {
    prune,
    job: defineJob({
      name: 'automation.prune', schedule: '29 * * * *', payload: z.strictObject({}), maxAttempts: 3,
      async run() {
        const removed = await prune();
        if (removed > 0) log.info({ removed }, 'removed what the log of rules need not keep');
      },
    }),
  };
}
