import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';
import { doerOf, type Doer } from './relating.ts';
import { lockTickets } from './store.ts';

/** In the caller's unit of work, on a ticket that it has locked. */
export async function throwAway(context: Context, tx: Tx, { workspaceId, id: by, actor }: Doer, ticket: TicketState, { deleted, spam }: { deleted: boolean; spam: boolean }): Promise<void> {
  const at = context.now();
  const after = { ...ticket, deletedAt: deleted ? (ticket.deletedAt ?? at) : null, deletedBy: deleted ? by : null, spamAt: deleted && spam ? at : null, updatedAt: at };
  await context.record(tx, workspaceId, ticket, after, actor, at);
  await context.search.hide(tx, workspaceId, ticket.id, deleted);
  // What comes back was spam before, so that those who learnt from it hear that it is none.
  await context.emit(tx, workspaceId, {
    type: deleted ? 'ticket.deleted' : 'ticket.restored', ticketId: ticket.id, actor, at,
    ...((deleted ? spam : ticket.spamAt !== null) && { data: { spam: true } }),
  });
}

/** Deleting and restoring, and the kind of deleting that is called spam. */
export function createThrowingAway(context: Context) {
  const { work } = context;

  const set = (tx: Tx, actor: Actor, ticket: TicketState, how: { deleted: boolean; spam: boolean }): Promise<void> => throwAway(context, tx, doerOf(actor), ticket, how);

  const isSo = (ticket: TicketState, spam: boolean): boolean => (ticket.spamAt !== null) === spam;
  /** What somebody deleted stays so: as spam that is none after all, it would come back without the right to restore it. */
  const isThrownAway = ({ deletedAt, spamAt }: TicketState): boolean => deletedAt !== null && spamAt === null;

  async function single(tx: Tx, id: string): Promise<TicketState> {
    const ticket = await context.access(tx, id);
    if (ticket.mergedInto) throw new AppError('conflict', 'ticket.merged', 'This ticket was merged into another; work on that one.', { ticketId: ticket.mergedInto });
    return ticket;
  }

  return {
    setDeleted: (actor: Actor, id: string, deleted: boolean): Promise<void> =>
      work(actor, 'tickets.delete', async (tx) => {
        const ticket = await single(tx, id);
        if ((ticket.deletedAt !== null) !== deleted) await set(tx, actor, ticket, { deleted, spam: false });
      }),

    markSpam: (actor: Actor, id: string, spam: boolean): Promise<void> =>
      work(actor, 'tickets.change', async (tx) => {
        const ticket = await single(tx, id);
        if (isSo(ticket, spam)) return;
        if (isThrownAway(ticket)) throw new AppError('conflict', 'ticket.deleted', 'This ticket was deleted; restore it first.');
        await set(tx, actor, ticket, { deleted: spam, spam });
      }),

    /** Ids of those that changed. What is not there, merged away, deleted or so already is passed over. */
    markAllSpam: (actor: Actor, ids: readonly string[], spam: boolean): Promise<string[]> =>
      work(actor, 'tickets.change', async (tx) => {
        const changed = (await lockTickets(tx, ids)).filter((ticket) => ticket.mergedInto === null && !isSo(ticket, spam) && !isThrownAway(ticket));
        for (const ticket of changed) await set(tx, actor, ticket, { deleted: spam, spam });
        return changed.map(({ id }) => id);
      }),
  };
}
