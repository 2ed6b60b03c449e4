import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';
import { findEntry } from './entries-store.ts';

/** For rooms above that hang something of their own on a ticket: in their transaction, the right checked by them. */
export function createHolding(context: Pick<Context, 'access' | 'accessLive'>) {
  return {
    /** Locked, and such that it can be worked on: refused when it was merged away or deleted, or is not there. */
    hold: (tx: Tx, id: string): Promise<TicketState> => context.accessLive(tx, id),

    /** Whether an entry that was not taken back stands on the ticket. */
    holdsEntry: async (tx: Tx, ticketId: string, entryId: string): Promise<boolean> => (await findEntry(tx, entryId))?.ticketId === ticketId,
  };
}
