import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/db.ts';
import { can } from '../../people/core/permissions.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import type { TodayView } from '../core/contract.ts';
import { startOfDay } from '../core/day.ts';
import { loadSince, oldestWaiting, totalsSince } from './store.ts';

export type Reports = ReturnType<typeof createReports>;

/** The front door of the reports room: figures with their definition, from the same rows that people work on. */
export function createReports({ db, now, workspaces }: { db: Database; now: Now; workspaces: Pick<Workspaces, 'get'> }) {
  return {
    /** Today so far, by the workspace's clock on the wall. People only: what robots send is not counted as an answer. */
    async today(actor: Actor): Promise<TodayView> {
      if (!can(actor, 'reports.read')) throw new AppError('forbidden', 'report.not_allowed', 'Figures are for leads; this needs the right reports.read.');
      const { timeZone } = await workspaces.get(actor.workspaceId);
      const at = now();
      const since = startOfDay(at, timeZone);
      return db.work(actor.workspaceId, async (tx) => {
        const totals = await totalsSince(tx, since);
        const oldest = await oldestWaiting(tx);
        const load = await loadSince(tx, since);
        return {
          asOf: at.toISOString(), since: since.toISOString(),
          in: { tickets: totals.ticketsIn, messages: totals.messagesIn },
          out: { replies: totals.repliesOut, resolved: totals.resolved },
          waiting: {
            tickets: totals.waiting,
            oldest: oldest?.since ? { ticketId: oldest.id, number: oldest.number, subject: oldest.subject, since: oldest.since.toISOString() } : null,
          },
          load: load.map((row) => ({
            person: row.id === null ? null : { id: row.id, name: row.name ?? '' },
            active: row.active, waiting: row.waiting, repliesToday: row.replies, resolvedToday: row.resolved,
          })),
        };
      });
    },
  };
}
