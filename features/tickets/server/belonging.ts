import type { Tx } from '../../../platform/db/db.ts';
import { USUAL_REOPEN_DAYS } from '../../people/core/contract.ts';
import { takesAnswers, type TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';
import { entriesWithMessageIds, type KnownEntry } from './entries-store.ts';
import { findTicket, participantsOf, reopenDaysOf, ticketByNumber } from './store.ts';

/** What the rooms of channels ask before they decide where a message belongs. */
export function createBelonging(context: Context) {
  /** The ticket as it is; absent when foreign or unknown. Follows merges. */
  async function find(tx: Tx, id: string): Promise<TicketState | null> {
    let ticket = await findTicket(tx, id);
    for (let hops = 0; ticket?.mergedInto && hops < 10; hops++) ticket = await findTicket(tx, ticket.mergedInto);
    return ticket ?? null;
  }

  return {
    find,

    /** By the public number, as anybody may write it. */
    async findByNumber(tx: Tx, number: number): Promise<TicketState | null> {
      const id = await ticketByNumber(tx, number);
      return id === undefined ? null : find(tx, id);
    },

    /** Entries with one of these Message-IDs, the earliest first. A hint only: anybody can write them. */
    entriesWithMessageIds: (tx: Tx, messageIds: readonly string[]): Promise<KnownEntry[]> =>
      messageIds.length === 0 ? Promise.resolve([]) : entriesWithMessageIds(tx, messageIds),

    /** True when the address is the requester's or one of those who were brought in. */
    async takesPart(tx: Tx, ticketId: string, address: string): Promise<boolean> {
      const ticket = await findTicket(tx, ticketId);
      if (!ticket) return false;
      const key = address.trim().toLowerCase();
      const customer = await context.customers.known(tx, ticket.customerId);
      return Boolean(customer?.identities.some((identity) => identity.kind === 'email' && identity.key === key))
        || (await participantsOf(tx, ticketId)).some((participant) => participant.key === key);
    },

    /** Whether an answer at that moment goes on the ticket, by the window of its team. */
    async takesAnswers(tx: Tx, ticket: TicketState, at: Date): Promise<boolean> {
      if (ticket.status !== 'resolved' || ticket.teamId === null) return takesAnswers(ticket, USUAL_REOPEN_DAYS, at);
      return takesAnswers(ticket, await reopenDaysOf(tx, ticket.teamId) ?? USUAL_REOPEN_DAYS, at);
    },
  };
}
