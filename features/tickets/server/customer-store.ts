import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { TicketState } from '../core/ticket.ts';
import { columns as entryColumns, type EntryRow } from './entries-store.ts';
import { columns as ticketColumns } from './store.ts';

export type CustomerEntryRow = EntryRow & { readonly ticketNumber: number; readonly ticketSubject: string };

/** Entries of all of a customer's tickets (not the deleted ones), newest first. */
export function customerEntries(tx: Tx, customerId: string, limit: number, before: readonly [string, string] | null): Promise<CustomerEntryRow[]> {
  let query = tx.selectFrom('tickets as t')
    .innerJoin('entries as e', (j) => j.onRef('e.workspace_id', '=', 't.workspace_id').onRef('e.ticket_id', '=', 't.id'))
    .select([
      'e.id', 'e.ticket_id as ticketId', 'e.type', 'e.channel', 'e.direction', 'e.author_kind as authorKind', 'e.author_id as authorId',
      'e.author_name as authorName', 'e.author_address as authorAddress', 'e.subject', 'e.text', 'e.quoted', 'e.recipients',
      'e.message_id as messageId', 'e.ledger_id as ledgerId', 'e.has_html as hasHtml', 'e.notice', 'e.created_at as createdAt',
      'e.leaves_at as leavesAt', 'e.forwarded_entry_id as forwardedEntryId', 't.number as ticketNumber', 't.subject as ticketSubject',
    ])
    .where('t.customer_id', '=', customerId).where('t.phase', 'in', ['active', 'done']).where('e.withdrawn_at', 'is', null)
    .orderBy('e.created_at', 'desc').orderBy('e.id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(e.created_at, e.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.$castTo<CustomerEntryRow>().execute();
}

/** Of those of these customers who are known: when something last went between them and us, and how many of their tickets are open, counted to `most`. */
export async function contactsOf(tx: Tx, customerIds: readonly string[], most: number): Promise<{ readonly id: string; readonly lastContactAt: Date | null; readonly open: number }[]> {
  const of = (phase: string) => sql`select 1 from tickets t where t.workspace_id = c.workspace_id and t.customer_id = c.id and t.phase = ${phase}`;
  const last = (phase: string) => sql`(select t.last_message_at from tickets t where t.workspace_id = c.workspace_id and t.customer_id = c.id and t.phase = ${phase} order by t.last_message_at desc limit 1)`;
  const { rows } = await sql<{ id: string; lastContactAt: Date | null; open: number }>`
    select c.id, greatest(${last('active')}, ${last('done')}) as "lastContactAt", (select count(*)::int from (${of('active')} limit ${most}) as counted) as open
    from customers c where c.id = any(${[...customerIds]}::uuid[])`.execute(tx);
  return rows;
}

type From = readonly [at: string, id: string] | null;

/** A customer's tickets, newest first: neither spam nor deleted nor merged away. */
export function ticketsOf(tx: Tx, customerId: string, limit: number, before: From): Promise<TicketState[]> {
  let query = tx.selectFrom('tickets').select(ticketColumns).where('customer_id', '=', customerId).where('phase', 'in', ['active', 'done'])
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
}

/** A company's tickets that its people may see, newest first. */
export function ticketsOfCompany(tx: Tx, companyId: string, limit: number, before: From): Promise<TicketState[]> {
  let query = tx.selectFrom('tickets').select(ticketColumns).where('company_id', '=', companyId).where('is_private', '=', false).where('phase', 'in', ['active', 'done'])
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.execute();
}

/** What went between a customer and us on a ticket and has left, newest first. Never notes, nor what was passed on to others. */
export function exchangesOf(tx: Tx, ticketId: string, limit: number, { before, at }: { before: From; at: Date }): Promise<EntryRow[]> {
  let query = tx.selectFrom('entries').select(entryColumns).where('ticket_id', '=', ticketId).where('withdrawn_at', 'is', null)
    .where('type', '<>', 'note').where('direction', 'in', ['in', 'out']).where('forwarded_entry_id', 'is', null)
    .where((e) => e.or([e('leaves_at', 'is', null), e('leaves_at', '<=', at)]))
    .orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit);
  if (before) query = query.where(sql<boolean>`(created_at, id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.$castTo<EntryRow>().execute();
}

/** Those of these tickets on which something stands that nobody has proven. */
export async function unprovenAmong(tx: Tx, ticketIds: readonly string[], notice: string): Promise<ReadonlySet<string>> {
  if (ticketIds.length === 0) return new Set();
  const rows = await tx.selectFrom('entries').select('ticket_id').distinct().where('ticket_id', 'in', ticketIds).where('notice', '=', notice)
    .where('withdrawn_at', 'is', null).execute();
  return new Set(rows.map((row) => row.ticket_id));
}

/** The messages of a ticket that carry this notice lose it. */
export const clearNotice = async (tx: Tx, ticketId: string, notice: string, address: string): Promise<string[]> =>
  (await tx.updateTable('entries').set({ notice: null }).where('ticket_id', '=', ticketId).where('notice', '=', notice)
    .where(sql<string>`lower(author_address)`, '=', address).returning('id').execute()).map(({ id }) => id);

/** Whether a ticket has taken in one of another customer. */
export const tookInOthers = async (tx: Tx, ticketId: string, customerId: string): Promise<boolean> =>
  await tx.selectFrom('tickets').select('id').where('merged_into', '=', ticketId).where('customer_id', '<>', customerId).limit(1).executeTakeFirst() !== undefined;
