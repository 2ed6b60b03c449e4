import { sql, type SqlBool } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Moment } from '../../conditions/core/plan.ts';
import { whereOf } from './matching.ts';
import { columns } from './store.ts';
import type { Ageing, AgePlace } from '../core/automatic.ts';
import type { TicketState } from '../core/ticket.ts';

const COLUMN: Record<Exclude<Ageing, 'waitingSince'>, string> = {
  createdAt: 'created_at', updatedAt: 'updated_at', lastMessageAt: 'last_message_at', resolvedAt: 'resolved_at', statusSince: 'status_since',
};
const SHELVES: Record<Ageing, readonly ('active' | 'done')[]> = {
  createdAt: ['active', 'done'], updatedAt: ['active', 'done'], lastMessageAt: ['active', 'done'], waitingSince: ['active'], resolvedAt: ['done'],
  statusSince: ['active', 'done'],
};

/** For the order of who waits there is an index already: `queue_order` is that moment as long as somebody waits. */
const keyOf = (field: Ageing) => (field === 'waitingSince' ? sql.ref('queue_order') : sql.ref(COLUMN[field]));
const valueOf = (field: Ageing, at: Date) => (field === 'waitingSince' ? sql`${at.getTime()}::bigint` : sql`${at.toISOString()}::timestamptz`);

const onShelf = (tx: Tx, field: Ageing, shelf: 'active' | 'done') => {
  const query = tx.selectFrom('tickets').where('phase', '=', shelf);
  return field === 'waitingSince' ? query.where('waiting_since', 'is not', null) : query;
};

export const createAgeing = () => ({
  /**
   * Tickets whose moment lies after `after` and before `before`, the oldest first, for which the condition holds: a walk along an
   * index as long as that stretch, however many tickets there are. For rooms above that act for the workspace.
   */
  async comingOfAge(tx: Tx, field: Ageing, { after, before, condition, moment, limit }: {
    after: AgePlace; before: Date; condition: Condition; moment: Moment; limit: number;
  }): Promise<TicketState[]> {
    const key = keyOf(field);
    const pages = SHELVES[field].map((shelf) => onShelf(tx, field, shelf).select(columns)
      .where(sql<SqlBool>`(${key}, id) > (${valueOf(field, after.at)}, ${after.id}::uuid)`).where(sql<SqlBool>`${key} < ${valueOf(field, before)}`)
      .where(whereOf(condition, moment)).orderBy(sql`${key}`).orderBy('id').limit(limit).execute());
    const at = (ticket: TicketState): number => ticket[field]?.getTime() ?? 0;
    return (await Promise.all(pages)).flat().sort((a, b) => at(a) - at(b) || (a.id < b.id ? -1 : 1)).slice(0, limit);
  },

  /** The first such moment at or after `from`, of any ticket; null when there is none. */
  async nextOfAge(tx: Tx, field: Ageing, from: Date): Promise<Date | null> {
    const key = keyOf(field);
    const firsts = await Promise.all(SHELVES[field].map((shelf) => onShelf(tx, field, shelf).select(sql<Date | number>`${key}`.as('at'))
      .where(sql<SqlBool>`${key} >= ${valueOf(field, from)}`).orderBy(sql`${key}`).limit(1).executeTakeFirst()));
    const found = firsts.flatMap((first) => (first ? [new Date(first.at).getTime()] : []));
    return found.length === 0 ? null : new Date(Math.min(...found));
  },
});
