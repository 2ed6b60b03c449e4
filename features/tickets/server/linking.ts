import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { LinkView, Status } from '../core/contract.ts';
import type { Links } from '../core/incoming.ts';
import type { TicketState } from '../core/ticket.ts';
import { byPerson, type Context } from './context.ts';
import { insertLink, linksOf, settleLink, type LinkRow } from './link-store.ts';

/** Tells both tickets that something between them has changed. */
async function tell(context: Context, tx: Tx, workspaceId: string, type: 'ticket.linked' | 'ticket.link_settled', both: readonly [string, string], { actor, data, at }: {
  actor: EventActor; data: { [key: string]: string | null }; at: Date;
}): Promise<void> {
  await context.emit(tx, workspaceId,
    { type, ticketId: both[0], subjectId: both[1], actor, data, at },
    { type, ticketId: both[1], subjectId: both[0], actor, data, at });
}

/** A new ticket points at an earlier one; a person can join the two, or say that they are apart. */
export async function linkTickets(context: Context, tx: Tx, workspaceId: string, ticket: TicketState, { ticketId: toId, reason }: Links, { address, actor, at }: {
  address: string; actor: EventActor; at: Date;
}): Promise<void> {
  await insertLink(tx, workspaceId, { ticketId: ticket.id, toId, reason, address, at });
  await tell(context, tx, workspaceId, 'ticket.linked', [ticket.id, toId], { actor, data: { reason }, at });
}

export function createLinking(context: Context) {
  const settle = (actor: Actor, ticketId: string, toId: string, outcome: 'apart' | null): Promise<void> =>
    context.work(actor, 'tickets.change', async (tx) => {
      const at = context.now();
      if (!await settleLink(tx, ticketId, toId, outcome && { by: actor.id, at })) {
        throw new AppError('not_found', 'link.not_found', 'These two tickets are not linked this way round, or were joined already.');
      }
      await tell(context, tx, actor.workspaceId, 'ticket.link_settled', [ticketId, toId], { actor: byPerson(actor), data: { outcome }, at });
    });

  return {
    /** What points at this ticket and what it points at, newest first. Joining is a merge; undoing that merge opens the question again. */
    links: (actor: Actor, ticketId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<LinkView>> =>
      context.work(actor, 'tickets.read', async (tx) => {
        await context.look(tx, ticketId);
        const rows = await linksOf(tx, ticketId, limit + 1, cursor ? decodeCursor(cursor, ['time', 'id']) : null);
        return pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.otherId], toView);
      }),

    /** They stay two tickets, and nobody is asked again. */
    keepApart: (actor: Actor, ticketId: string, toId: string): Promise<void> => settle(actor, ticketId, toId, 'apart'),
    askAgain: (actor: Actor, ticketId: string, toId: string): Promise<void> => settle(actor, ticketId, toId, null),
  };
}

const toView = (row: LinkRow): LinkView => ({
  ticket: {
    id: row.otherId, number: row.otherNumber, subject: row.otherSubject, status: row.otherStatus as Status,
    customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
  },
  side: row.side, reason: row.reason, address: row.address, outcome: row.outcome, mergeId: row.mergeId,
  isOpen: row.outcome === null && row.otherLives, createdAt: row.createdAt.toISOString(),
});
