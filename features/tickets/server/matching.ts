import { sql } from 'kysely';
import type { Page } from '../../../kernel/contract.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Fields } from '../../conditions/core/fields.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import { type Columns, toSql } from '../../conditions/server/conditions.ts';
import { FLAGS } from '../../customers/core/flags.ts';
import { askedIn } from '../../fields/core/attributes.ts';
import type { FieldValuesPatch } from '../../fields/core/contract.ts';
import { type FieldValue, valueIn } from '../../fields/core/types.ts';
import { valueColumn } from '../../fields/server/fields.ts';
import { flagField, TICKET_FIELDS } from '../core/fields.ts';
import { queueOrder, type TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';
import { findEntry } from './entries-store.ts';
import { followedByAny, followersOf } from './follower-store.ts';
import { membersWhere } from './list-store.ts';
import { customerFlags, keyAccount, matchingTickets, unresolvedAmong } from './store.ts';

const COLUMNS: Columns = {
  subject: sql.ref('tickets.subject'), lastWords: sql.ref('tickets.snippet'), status: sql.ref('tickets.status'), priority: sql.ref('tickets.priority'),
  kind: sql.ref('tickets.kind'), channel: sql.ref('tickets.channel'), language: sql.ref('tickets.language'), tags: sql.ref('tickets.tags'),
  assignee: sql.ref('tickets.assignee_id'), followers: { ids: followersOf, hasAny: followedByAny }, team: sql.ref('tickets.team_id'), customer: sql.ref('tickets.customer_id'), mailbox: sql.ref('tickets.mailbox_id'), brand: sql.ref('tickets.brand_id'), office: sql.ref('tickets.office_id'),
  company: sql.ref('tickets.company_id'), ...Object.fromEntries(FLAGS.map((flag) => [flagField(flag), sql`coalesce(${flag}::text = any(${customerFlags}::text[]), false)`])), keyAccount: sql`coalesce(${keyAccount}, false)`,
  waitingSince: sql.ref('tickets.waiting_since'), lastMessageAt: sql.ref('tickets.last_message_at'), createdAt: sql.ref('tickets.created_at'),
  updatedAt: sql.ref('tickets.updated_at'), resolvedAt: sql.ref('tickets.resolved_at'), statusSince: sql.ref('tickets.status_since'),
};

type Paging = { readonly shelf: 'active' | 'done'; readonly limit: number; readonly cursor?: string | undefined };

/** What stands behind `where` for a condition on tickets. */
export const whereOf = (condition: Condition, moment: Moment) => toSql(condition, TICKET_FIELDS, columnsFor(condition), moment);

/** With the places of the workspace's own fields. */
const columnsFor = (condition: Condition): Columns =>
  ({ ...COLUMNS, ...Object.fromEntries(askedIn(condition).map((id) => [id, valueColumn(sql.ref('tickets.fields'), id)])) });

export const createMatching = ({ fields }: Pick<Context, 'fields'>) => ({
  /** What conditions that somebody writes now may ask of a ticket, the workspace's own fields included. */
  attributes: <R extends TicketState>(tx: Tx, known: Fields<R>): Promise<Fields<R>> => fields.withOwn(tx, 'ticket', known),

  /** For rooms above that set one later: the value as it is kept, or the refusal that a person would get. */
  readField: async (tx: Tx, key: string, value: FieldValue | null): Promise<FieldValuesPatch[string]> =>
    valueIn(await fields.setValues(tx, 'ticket', {}, { [key]: value as FieldValuesPatch[string] }), key) as FieldValuesPatch[string],

  /** For rooms above, in their unit of work: what an entry says; null when it was withdrawn or is unknown. */
  wordsOf: async (tx: Tx, entryId: string): Promise<string | null> => (await findEntry(tx, entryId))?.text ?? null,

  /** Of unresolved tickets, `most` that each condition picks: in one walk along the first `MOST_LOOKED_AT` that wait longest. For rooms above, which have asked for the right. */
  matchingIds: (tx: Tx, conditions: readonly Condition[], moment: Moment, most: number): Promise<string[][]> => membersWhere(tx, conditions.map((condition) => whereOf(condition, moment)), most),

  /** Those of these tickets that are unresolved, as conditions see them. Likewise. */
  unresolvedAmong: (tx: Tx, ids: readonly string[]): Promise<TicketState[]> => unresolvedAmong(tx, { ids }),

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
