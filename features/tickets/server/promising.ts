import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import { notFound } from './context.ts';
import { currentTicket, lockFreeTickets, saveDues } from './store.ts';

const COLUMN = { sla: 'sla_due_at', commitments: 'commitment_due_at' } as const;

/** For rooms that keep promises about tickets, inside their unit of work; they have asked for the right. */
export const createPromising = () => ({
  /**
   * The first deadline that a room keeps for each ticket, or null; the earliest of all rooms is the ticket's `due_at`. Tells
   * nobody: a deadline is no change of the ticket.
   */
  async setDues(tx: Tx, of: keyof typeof COLUMN, dues: readonly { ticketId: string; at: Date | null }[]): Promise<void> {
    if (dues.length > 0) await saveDues(tx, COLUMN[of], dues);
  },

  /** The ticket as this unit of work has made it: for those who hear of it within, mostly without asking the database. */
  async current(tx: Tx, id: string): Promise<TicketState> {
    const ticket = await currentTicket(tx, id);
    if (!ticket) throw notFound();
    return ticket;
  },

  /** Of these, locked, those that nobody else is working on. */
  lockFree: (tx: Tx, ids: readonly string[]): Promise<TicketState[]> => (ids.length === 0 ? Promise.resolve([]) : lockFreeTickets(tx, ids)),
});
