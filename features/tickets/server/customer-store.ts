import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { EntryRow } from './entries-store.ts';

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
