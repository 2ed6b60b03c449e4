import { sql } from 'kysely';
import type { Page } from '../../../kernel/contract.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import { type Columns, toSql } from '../../conditions/server/conditions.ts';
import { TICKET_FIELDS } from '../core/fields.ts';
import { queueOrder, type TicketState } from '../core/ticket.ts';
import { findEntry } from './entries-store.ts';
import { keyAccount, matchingTickets } from './store.ts';

const COLUMNS: Columns = {
  subject: sql.ref('tickets.subject'), lastWords: sql.ref('tickets.snippet'), status: sql.ref('tickets.status'), priority: sql.ref('tickets.priority'),
  kind: sql.ref('tickets.kind'), channel: sql.ref('tickets.channel'), language: sql.ref('tickets.language'), tags: sql.ref('tickets.tags'),
  assignee: sql.ref('tickets.assignee_id'), team: sql.ref('tickets.team_id'), customer: sql.ref('tickets.customer_id'), mailbox: sql.ref('tickets.mailbox_id'),
  company: sql.ref('tickets.company_id'), keyAccount: sql`coalesce(${keyAccount}, false)`,
  waitingSince: sql.ref('tickets.waiting_since'), lastMessageAt: sql.ref('tickets.last_message_at'), createdAt: sql.ref('tickets.created_at'),
  updatedAt: sql.ref('tickets.updated_at'), resolvedAt: sql.ref('tickets.resolved_at'), statusSince: sql.ref('tickets.status_since'),
};

type Paging = { readonly shelf: 'active' | 'done'; readonly limit: number; readonly cursor?: string | undefined };

/** What stands behind `where` for a condition on tickets. */
export const whereOf = (condition: Condition, moment: Moment) => toSql(condition, TICKET_FIELDS, COLUMNS, moment);

export const createMatching = () => ({
  /** For rooms above, in their unit of work: what an entry says; null when it was withdrawn or is unknown. */
  wordsOf: async (tx: Tx, entryId: string): Promise<string | null> => (await findEntry(tx, entryId))?.text ?? null,

  /**
   * The tickets of a shelf for which a condition holds, in the usual order. For rooms above, which have asked for the
   * right; it walks the shelf's index, so a page costs at most one reading of the shelf.
   */
  async matching(tx: Tx, condition: Condition, moment: Moment, { shelf, limit, cursor }: Paging): Promise<Page<TicketState>> {
    const after = cursor === undefined ? null : decodeCursor(cursor, ['number', 'id']);
    const rows = await matchingTickets(tx, whereOf(condition, moment), { shelf, limit: limit + 1, after });
    return pageOfRows(rows, limit, (ticket) => [queueOrder(ticket), ticket.id], (ticket) => ticket);
  },
});
