import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import { isTheirs, isWordForWord } from '../core/exchange.ts';
import { UNPROVEN_ADDRESS } from '../core/incoming.ts';
import { changeTicket, type TicketState } from '../core/ticket.ts';
import { notFound, type Context } from './context.ts';
import { clearNotice, exchangesOf, ticketsOf, ticketsOfCompany, tookInOthers, unprovenAmong } from './customer-store.ts';
import { attachmentsOf, findAttachment, findEntry, type AttachmentRow, type EntryRow } from './entries-store.ts';
import { companyOf, findTicket, ticketByNumber } from './store.ts';

type Paging = { readonly limit: number; readonly cursor?: string | undefined };

/** One entry as the customer may see it. */
export type Exchange = Pick<EntryRow, 'id' | 'type' | 'channel' | 'direction' | 'authorKind' | 'authorId' | 'authorName' | 'authorAddress' | 'text' | 'createdAt'> & {
  readonly attachments: readonly AttachmentRow[];
  /** The reader wrote it. */
  readonly isOwn: boolean;
  /** Nobody has proven yet that its author is who they said. */
  readonly isUnproven: boolean;
};

/** Who looks: a customer, at what is theirs and, where their companies let them, at what colleagues asked. */
export type Eyes = { readonly customerId: string; readonly companyIds?: readonly string[] };

/**
 * What rooms show to a customer of their own tickets. They have found out who is asking; whose a ticket is, and what on it is
 * theirs, is decided here. Notes, events, what was passed on, and what others wrote never come out.
 */
export function createCustomerSide(context: Context) {
  async function own(tx: Tx, customerId: string, ticketId: string): Promise<TicketState> {
    const ticket = await findTicket(tx, ticketId);
    if (!ticket || ticket.customerId !== customerId || ticket.deletedAt || ticket.mergedInto) throw notFound();
    return ticket;
  }

  /** One's own, or one of a company's that nobody keeps from its people. */
  async function visible(tx: Tx, { customerId, companyIds = [] }: Eyes, ticketId: string): Promise<TicketState> {
    const ticket = await findTicket(tx, ticketId);
    const isColleagues = ticket?.companyId && !ticket.isPrivate && companyIds.includes(ticket.companyId);
    if (!isColleagues || ticket.deletedAt || ticket.mergedInto) return own(tx, customerId, ticketId);
    return ticket;
  }

  /** A colleague reads what went between the requester and us, and what they themselves wrote or were sent. */
  async function reader(tx: Tx, { customerId }: Eyes, ticket: TicketState) {
    const both = [...new Set([ticket.customerId, customerId])];
    const [known, theirs] = [await Promise.all(both.map((id) => context.customers.known(tx, id))), await Promise.all(both.map((id) => context.customers.idsOf(tx, id)))];
    const addresses = known.flatMap((customer) => customer?.identities ?? []).filter(({ kind }) => kind === 'email').map(({ key }) => key);
    if (!known[0]) throw notFound();
    return { ids: new Set(theirs.flat()), own: new Set(theirs.at(-1)), isShared: await tookInOthers(tx, ticket.id, ticket.customerId), addresses: new Set(addresses) };
  }

  return {
    ofCustomer: (tx: Tx, customerId: string, { limit, cursor }: Paging): Promise<Page<TicketState>> =>
      ticketsOf(tx, customerId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']))
        .then((rows) => pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row)),

    /** Those of a company, newest first; none that is kept from its people. Who may look, the room above has found out. */
    ofCompany: (tx: Tx, companyId: string, { limit, cursor }: Paging): Promise<Page<TicketState>> =>
      ticketsOfCompany(tx, companyId, limit + 1, cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']))
        .then((rows) => pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row)),

    /** By its public number; one that was merged leads to where it went on, if they may see that. */
    async seenByNumber(tx: Tx, eyes: Eyes, number: number): Promise<TicketState> {
      const id = await ticketByNumber(tx, number);
      if (id === undefined) throw notFound();
      return visible(tx, eyes, id);
    },

    /** Those of these tickets on which something waits for a word of the mailbox. */
    unprovenAmong: (tx: Tx, ticketIds: readonly string[]): Promise<ReadonlySet<string>> => unprovenAmong(tx, ticketIds, UNPROVEN_ADDRESS),

    /** The newest first; a page may hold fewer than were asked for. */
    async exchanges(tx: Tx, eyes: Eyes, ticketId: string, { limit, cursor }: Paging): Promise<Page<Exchange>> {
      const they = await reader(tx, eyes, await visible(tx, eyes, ticketId));
      const rows = await exchangesOf(tx, ticketId, limit + 1, { before: cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']), at: context.machineNow() });
      const page = pageOfRows(rows, limit, (row) => [row.createdAt.toISOString(), row.id], (row) => row);
      const theirs = page.items.filter((row) => isTheirs(row, they));
      const files = await attachmentsOf(tx, theirs.filter(isWordForWord).map(({ id }) => id));
      return { items: theirs.map((row) => exchange(row, files, they.own)), nextCursor: page.nextCursor };
    },

    /** A file of an entry that they may read. */
    async ownFile(tx: Tx, eyes: Eyes, ticketId: string, attachmentId: string): Promise<AttachmentRow> {
      const ticket = await visible(tx, eyes, ticketId);
      const file = await findAttachment(tx, attachmentId);
      const entry = file?.entryId ? await findEntry(tx, file.entryId) : undefined;
      const hasLeft = entry !== undefined && (entry.leavesAt === null || entry.leavesAt <= context.machineNow());
      if (!file || !entry || entry.ticketId !== ticketId || !hasLeft || !isWordForWord(entry) || !isTheirs(entry, await reader(tx, eyes, ticket))) {
        throw new AppError('not_found', 'attachment.not_found', 'There is no such file.');
      }
      return file;
    },

    /** Their own word that it is solved. Harmless twice. */
    async solvedByCustomer(tx: Tx, workspaceId: string, customerId: string, ticketId: string): Promise<void> {
      await own(tx, customerId, ticketId);
      const ticket = await context.access(tx, ticketId);
      if (ticket.status === 'resolved' || ticket.status === 'closed') return;
      const at = context.now();
      await context.record(tx, workspaceId, ticket, changeTicket(ticket, { status: 'resolved' }, at), { kind: 'customer', id: customerId }, at);
    },

    /** The mailbox has said that it was its owner who wrote under this address. False when nothing waited for that. */
    async prove(tx: Tx, workspaceId: string, ticketId: string, address: string): Promise<boolean> {
      const ticket = await context.access(tx, ticketId);
      const entryIds = await clearNotice(tx, ticketId, UNPROVEN_ADDRESS, address.toLowerCase());
      const companyId = ticket.companyId === null && entryIds.length > 0 ? await companyOf(tx, ticket.customerId, address) : null;
      if (companyId !== null) await context.record(tx, workspaceId, ticket, { ...ticket, companyId }, { kind: 'customer', id: ticket.customerId }, context.now());
      await context.emit(tx, workspaceId, ...entryIds.map((id) => ({
        type: 'entry.proven' as const, ticketId, subjectId: id, actor: { kind: 'customer' as const, id: ticket.customerId }, at: context.now(),
      })));
      return entryIds.length > 0;
    },
  };
}

function exchange(row: EntryRow, files: readonly AttachmentRow[], own: ReadonlySet<string>): Exchange {
  const { id, type, channel, direction, authorKind, authorId, authorName, authorAddress, createdAt } = row;
  return {
    id, type, channel, direction, authorKind, authorId, authorName, authorAddress, createdAt, text: isWordForWord(row) ? row.text : '',
    attachments: files.filter((file) => file.entryId === id), isUnproven: row.notice === UNPROVEN_ADDRESS,
    isOwn: direction === 'in' && authorKind === 'customer' && authorId !== null && own.has(authorId),
  };
}
