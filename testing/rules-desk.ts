import type { FollowedEvent } from '../platform/events/followers.ts';
import type { testApp } from './test-app.ts';

type App = Awaited<ReturnType<typeof testApp>>;
type Desk = Pick<App, 'automation' | 'db'> & { readonly due: Pick<App['due'], 'round'> };

/** Hands the log to the rules in its order, as the running worker does, until nothing comes of it any more. */
export function rulesDesk({ automation, db, due }: Desk) {
  let last = 0;
  async function hear(): Promise<void> {
    for (;;) {
      const rows = await db.owner.selectFrom('events').selectAll().where('seq', '>', last).orderBy('seq').limit(500).execute();
      if (rows.length === 0) return;
      for (const row of rows) {
        last = row.seq;
        if (!automation.follower.types?.includes(row.type)) continue;
        await automation.follower.handle({
          workspaceId: row.workspace_id, seq: row.seq, position: row.seq, type: row.type as FollowedEvent['type'], ticketId: row.ticket_id, subjectId: row.subject_id,
          actor: { kind: row.actor_kind, id: row.actor_id }, data: row.data as FollowedEvent['data'], at: row.at,
        }, new AbortController().signal);
      }
    }
  }
  return {
    hear,
    /** Everything again from the beginning, as a worker does that had not noted how far it was. */
    async hearAgain(): Promise<void> { last = 0; await hear(); },
    /** What time has made due, and what came of it. */
    async settle(): Promise<void> { await hear(); await due.round(); await hear(); },
  };
}
