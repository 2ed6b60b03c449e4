import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { EventActor } from '../../../platform/events/events.ts';
import type { CHANNELS, Status } from '../core/contract.ts';
import { changeTicket, type TicketState } from '../core/ticket.ts';
import type { Context } from './context.ts';

type Channel = (typeof CHANNELS)[number];
export type WorkInHand = { readonly personId: string; readonly channel: Channel; readonly status: Status; readonly count: number };

/** How many of a customer's latest tickets are looked at. */
const LATEST = 20;

/** For the room that shares work out, inside its unit of work; it has asked for the right. */
export const createSharingOut = (context: Context) => ({
  /** The ticket, locked until the unit of work ends. */
  lock: (tx: Tx, id: string): Promise<TicketState> => context.access(tx, id),

  /** A ticket that is locked becomes somebody's, or nobody's. */
  handOver: (tx: Tx, workspaceId: string, ticket: TicketState, personId: string | null, actor: EventActor, at: Date): Promise<TicketState> =>
    context.record(tx, workspaceId, ticket, changeTicket(ticket, { assigneeId: personId }, at), actor, at),

  /** How many unresolved tickets these people have, by channel and status. */
  async workOf(tx: Tx, personIds: readonly string[]): Promise<WorkInHand[]> {
    if (personIds.length === 0) return [];
    const { rows } = await sql<WorkInHand>`
      select assignee_id as "personId", channel, status, count(*) as count from tickets
      where assignee_id = any(${[...personIds]}::uuid[]) and phase = 'active' group by 1, 2, 3`.execute(tx);
    return rows;
  },

  /** Tickets of these channels with which somebody is to go on, who waits longest first. */
  async openOf(tx: Tx, personId: string, { channels, wokenSince, limit }: { channels: readonly Channel[]; /** Only what had been set aside until then or later. */ wokenSince?: Date | undefined; limit: number }): Promise<string[]> {
    const rows = await tx.selectFrom('tickets').select('id').where('assignee_id', '=', personId).where('phase', '=', 'active')
      .where('status', 'in', ['new', 'open']).where('channel', 'in', channels).$if(wokenSince !== undefined, (q) => q.where('woken_at', '>=', wokenSince!)).orderBy('queue_order').limit(limit).execute();
    return rows.map(({ id }) => id);
  },

  /** Of each ticket, who had the latest other one of its customer. */
  async lastAgents(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, string>> {
    if (ticketIds.length === 0) return new Map();
    const { rows } = await sql<{ id: string; personId: string }>`
      select t.id, last.assignee_id as "personId" from tickets t cross join lateral (
        select assignee_id from (select o.assignee_id, o.created_at from tickets o
          where o.workspace_id = t.workspace_id and o.customer_id = t.customer_id and o.id <> t.id order by o.created_at desc limit ${LATEST}) as latest
        where assignee_id is not null order by created_at desc limit 1) as last
      where t.id = any(${[...ticketIds]}::uuid[])`.execute(tx);
    return new Map(rows.map(({ id, personId }) => [id, personId]));
  },

  /** Who gave the ticket to whom it belongs now; null when nobody did by hand. */
  async assignedBy(tx: Tx, ticketId: string): Promise<EventActor | null> {
    const { rows } = await sql<{ kind: EventActor['kind']; id: string | null }>`
      select actor_kind as kind, actor_id as id from events where ticket_id = ${ticketId} and type = 'ticket.changed' and data ? 'assigneeId'
      order by seq desc limit 1`.execute(tx);
    return rows[0] ?? null;
  },
});
