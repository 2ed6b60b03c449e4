import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import { notFound } from './context.ts';
import { currentTicket, lockFreeTickets, saveDues } from './store.ts';

const COLUMN = { sla: 'sla_due_at', commitments: 'commitment_due_at' } as const;

type Heard = (tx: Tx, ticketIds: readonly string[]) => Promise<void>;

function createDues() {
  const heard: Heard[] = [];
  return {
    /** Whoever shares out by deadlines hears, in the same unit of work, of which tickets they may have moved. */
    onDues: (hear: Heard): void => { heard.push(hear); },

    /**
     * The first deadline that a room keeps for each ticket, or null; the earliest of all rooms is the ticket's `due_at`. No event tells of it:
     * a deadline is no change of the ticket.
     */
    async setDues(tx: Tx, of: keyof typeof COLUMN, dues: readonly { ticketId: string; at: Date | null }[]): Promise<void> {
      if (dues.length === 0) return;
      await saveDues(tx, COLUMN[of], dues);
      for (const hear of heard) await hear(tx, dues.map(({ ticketId }) => ticketId));
    },
  };
}

/** For rooms that keep promises about tickets, inside their unit of work; they have asked for the right. */
export const createPromising = () => ({
  ...createDues(),

  /** The ticket as this unit of work has made it: for those who hear of it within, mostly without asking the database. */
  async current(tx: Tx, id: string): Promise<TicketState> {
    const ticket = await currentTicket(tx, id);
    if (!ticket) throw notFound();
    return ticket;
  },

  /** Of these, locked, those that nobody else is working on. */
  lockFree: (tx: Tx, ids: readonly string[]): Promise<TicketState[]> => (ids.length === 0 ? Promise.resolve([]) : lockFreeTickets(tx, ids)),
});
