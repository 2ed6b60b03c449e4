import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

export type Totals = { ticketsIn: number; messagesIn: number; repliesOut: number; resolved: number; waiting: number };

/** What came in and went out since a moment, from the event log; what waits, from the queue. */
export async function totalsSince(tx: Tx, since: Date): Promise<Totals> {
  const { rows } = await sql<Totals>`
    select
      (select count(*) from tickets where created_at >= ${since} and phase in ('active', 'done')) as "ticketsIn",
      (select count(*) from entries e join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id
        where e.created_at >= ${since} and t.updated_at >= ${since} and e.type = 'message' and e.direction = 'in' and e.withdrawn_at is null and t.spam_at is null) as "messagesIn",
      (select count(*) from entries e join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id
        where e.created_at >= ${since} and t.updated_at >= ${since} and e.type = 'message' and e.direction = 'out' and e.forwarded_entry_id is null and e.withdrawn_at is null) as "repliesOut",
      (select count(*) from tickets where updated_at >= ${since} and resolved_at >= ${since} and phase = 'done') as "resolved",
      (select count(*) from tickets where phase = 'active' and queue_order < ${FIRST_ANSWERED}) as "waiting"`.execute(tx);
  return rows[0]!;
}

/** Orders of tickets whose customer waits are below it (features/tickets/core/ticket.ts, `queueOrder`). */
const FIRST_ANSWERED = 4e15;

export const oldestWaiting = (tx: Tx) =>
  tx.selectFrom('tickets').select(['id', 'number', 'subject', 'waiting_since as since']).where('phase', '=', 'active')
    .where('queue_order', '<', FIRST_ANSWERED).orderBy('queue_order').limit(1).executeTakeFirst();

export type Load = { id: string | null; name: string | null; active: number; waiting: number; replies: number; resolved: number };

/** For each person who may answer, and for nobody: what they carry, and what they did since a moment. */
export async function loadSince(tx: Tx, since: Date): Promise<Load[]> {
  const { rows } = await sql<Load>`
    with carried as (
      select assignee_id as id, count(*) as active, count(*) filter (where queue_order < ${FIRST_ANSWERED}) as waiting
      from tickets where phase = 'active' group by assignee_id
    ), answered as (
      select e.author_id as id, count(*) as replies from entries e join tickets t on t.workspace_id = e.workspace_id and t.id = e.ticket_id
      where t.updated_at >= ${since} and e.created_at >= ${since} and e.type = 'message' and e.direction = 'out' and e.author_kind = 'person'
        and e.forwarded_entry_id is null and e.withdrawn_at is null group by e.author_id
    ), resolved as (
      select assignee_id as id, count(*) as resolved from tickets where updated_at >= ${since} and resolved_at >= ${since} and phase = 'done' group by assignee_id
    ), staff as (
      select id, name from people where deactivated_at is null and joined_at is not null and role <> 'colleague'
      union all select null, null
    )
    select s.id, s.name, coalesce(c.active, 0) as active, coalesce(c.waiting, 0) as waiting, coalesce(a.replies, 0) as replies, coalesce(r.resolved, 0) as resolved
    from staff s left join carried c on c.id is not distinct from s.id left join answered a on a.id = s.id left join resolved r on r.id is not distinct from s.id
    order by s.id is null, s.name limit 500`.execute(tx);
  return rows;
}
