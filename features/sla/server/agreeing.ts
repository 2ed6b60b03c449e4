import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import { demand } from '../../people/core/permissions.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Clock } from '../core/clock.ts';
import { MOST_SECONDS, type ClocksView, type DeadlineCreate } from '../core/contract.ts';
import type { Metric } from '../core/metrics.ts';
import type { Keeping } from './keeping.ts';
import type { RuleBook } from './rules.ts';

type Deps = {
  db: Database; now: Now; emit: Emit; tickets: Pick<Tickets, 'get' | 'lockLive' | 'note'>; keeping: Keeping; ruleBook: RuleBook;
  clocks: (actor: Actor, ticketId: string) => Promise<ClocksView>;
};

/** Deadlines that leads agree on with customers, instead of promised ones. */
export function createAgreeing({ db, now, emit, tickets, keeping, ruleBook, clocks }: Deps) {
  /** The one that goes on, on a ticket that is locked from here on. */
  async function promiseOf(tx: Tx, actor: Actor, ticketId: string, metric: Metric): Promise<Clock> {
    await tickets.get(actor, ticketId);
    const ticket = await tickets.lockLive(tx, ticketId);
    const [page] = ticket ? await keeping.take(tx, actor.workspaceId, [ticketId], await ruleBook.of(tx, actor.workspaceId)) : [];
    const clock = page?.sheet.clocks.find((one) => one.metric === metric && one.end === null && one.goal !== null);
    if (!clock) throw new AppError('not_found', 'sla.no_such_promise', 'Nothing of that kind is promised on this ticket and still open.');
    return clock;
  }

  /** Told within the transaction, the sheet follows. */
  const tell = (tx: Tx, actor: Actor, ticketId: string, entryId: string | null, data: { metric: Metric; round: number; dueAt: string | null }): Promise<void> =>
    emit(tx, actor.workspaceId, { type: 'sla.deadline_agreed', ticketId, ...(entryId !== null && { subjectId: entryId }), actor: { kind: 'person', id: actor.id }, data, at: now() });

  return {
    async agree(actor: Actor, ticketId: string, { metric, dueAt, reason }: DeadlineCreate): Promise<ClocksView> {
      demand(actor, 'sla.agree');
      await db.work(actor.workspaceId, async (tx) => {
        const { round, brokenAt } = await promiseOf(tx, actor, ticketId, metric);
        const ahead = Date.parse(dueAt) - now().getTime();
        if (ahead <= 0 || ahead > MOST_SECONDS * 1000) throw new AppError('invalid', 'sla.deadline_past', 'The new deadline lies in the past, or too far ahead.');
        if (brokenAt !== null && brokenAt < now().getTime()) throw new AppError('conflict', 'sla.already_broken', 'This promise is broken already; promise the customer something new instead.');
        const { id: noteId } = await tickets.note(actor, ticketId, { text: reason, attachmentIds: [] });
        await tell(tx, actor, ticketId, noteId, { metric, round, dueAt });
      });
      return clocks(actor, ticketId);
    },

    async agreeNoMore(actor: Actor, ticketId: string, metric: Metric): Promise<ClocksView> {
      demand(actor, 'sla.agree');
      await db.work(actor.workspaceId, async (tx) => {
        const { round, agreed } = await promiseOf(tx, actor, ticketId, metric);
        if (agreed) await tell(tx, actor, ticketId, null, { metric, round, dueAt: null });
      });
      return clocks(actor, ticketId);
    },
  };
}
