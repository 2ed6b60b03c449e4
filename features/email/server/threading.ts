import type { Tx } from '../../../platform/db/db.ts';
import type { Verdict } from '../../../platform/mail/authentication.ts';
import type { ParsedMail } from '../../../platform/mail/parser.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import { splitPlus } from '../core/addresses.ts';
import { notice } from '../core/notices.ts';
import type { Tokens } from './tokens.ts';

/** Where a message belongs: on an existing ticket, or (null) on a new one, with a word on why. */
export type Thread = { readonly ticketId: string | null; readonly notice: string | null };

const ON_ITS_OWN: Thread = { ticketId: null, notice: null };

/**
 * A message joins a ticket only with a token of ours for this workspace and mailbox, only from somebody who takes part in
 * it, and not when the sender's domain disowns it. Everything else that points at a ticket (a known Message-ID, a token in
 * a stranger's hand) is a hint; a known Message-ID is enough from somebody who takes part and for whom the domain vouches.
 */
export function createThreading({ tickets, tokens }: { tickets: Pick<Tickets, 'find' | 'takesPart' | 'findByMessageIds'>; tokens: Tokens }) {
  function proven(workspaceId: string, mailboxId: string, mail: ParsedMail, envelopeTo: readonly string[]): string | null {
    const details = envelopeTo.map((address) => splitPlus(address).detail);
    for (const candidate of [...mail.ancestors, ...details]) {
      const ticketId = candidate === null ? null : tokens.ticketOf(candidate, { workspaceId, mailboxId });
      if (ticketId !== null) return ticketId;
    }
    return null;
  }

  async function hinted(tx: Tx, mail: ParsedMail, author: string, verdict: Verdict): Promise<Thread> {
    const hint = await tickets.findByMessageIds(tx, mail.ancestors);
    const ticket = hint && await tickets.find(tx, hint.ticketId);
    if (!ticket || ticket.deletedAt) return ON_ITS_OWN;
    const joins = verdict === 'pass' && ticket.status !== 'closed' && await tickets.takesPart(tx, ticket.id, author);
    return joins ? { ticketId: ticket.id, notice: null } : { ticketId: null, notice: notice.possiblyBelongsTo(ticket.number) };
  }

  return {
    async find(tx: Tx, { workspaceId, mailboxId, mail, author, envelopeTo, verdict }: {
      workspaceId: string; mailboxId: string; mail: ParsedMail; author: string; envelopeTo: readonly string[]; verdict: Verdict;
    }): Promise<Thread> {
      const named = proven(workspaceId, mailboxId, mail, envelopeTo);
      if (named === null) return hinted(tx, mail, author, verdict);
      const ticket = await tickets.find(tx, named);
      if (!ticket || ticket.deletedAt) return ON_ITS_OWN;
      if (!await tickets.takesPart(tx, ticket.id, author)) return { ticketId: null, notice: notice.stranger(ticket.number) };
      if (verdict === 'fail') return { ticketId: null, notice: notice.unproven(ticket.number) };
      if (ticket.status === 'closed') return { ticketId: null, notice: notice.follows(ticket.number) };
      return { ticketId: ticket.id, notice: null };
    },
  };
}
