import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { READ, type PastEvent } from '../core/meanwhile.ts';
import type { Status } from '../../tickets/core/contract.ts';

export type Span = { readonly absenceId: string; readonly personId: string; readonly from: Date; readonly until: Date };
export type MovedTicket = {
  readonly id: string; readonly number: number; readonly subject: string; readonly status: Status; readonly customerId: string; readonly customerName: string; readonly assigneeId: string | null;
  readonly assigneeName: string | null; readonly waitingSince: Date | null; readonly dueAt: Date | null; readonly rank: number; readonly place: number;
};

const MOST_NOTICES = 500;
/** Notices by which a ticket is one's own business. */
const CLOSE = ['mentioned', 'approval_asked', 'assigned', 'asked', 'ask_answered'];

/** Their tickets on which others did something, or time, the most urgent first. Looks at what is theirs and no further, however many tickets there are. */
export async function movedPage(tx: Tx, workspaceId: string, { absenceId, personId, from, until }: Span, { now, limit, after }: { now: Date; limit: number; after: readonly [number, number, string] | null }): Promise<MovedTicket[]> {
  const { rows } = await sql<MovedTicket>`
    with told as materialized (
      select ticket_id, kind from notices where workspace_id = ${workspaceId} and person_id = ${personId} and bell and created_at >= ${from} and created_at < ${until}
        and ticket_id is not null and kind = any(${CLOSE}) order by created_at desc limit ${MOST_NOTICES}
    ), own as materialized (
      select ticket_id as id from absence_tickets where workspace_id = ${workspaceId} and absence_id = ${absenceId}
      union select ticket_id from told
      union select ticket_id from commitments where workspace_id = ${workspaceId} and owner_id = ${personId} and ended_at >= ${from} and ended_at < ${until}
      union select ticket_id from commitments where workspace_id = ${workspaceId} and stands_for = ${personId} and coalesce(ended_at, ${now}) >= ${from}
      union select id from tickets where workspace_id = ${workspaceId} and assignee_id = ${personId} and phase = 'active'
    ), moved as (
      select t.id, t.number, t.subject, t.status, t.customer_id as "customerId", c.name as "customerName", t.assignee_id as "assigneeId", p.name as "assigneeName", t.waiting_since as "waitingSince", t.due_at as "dueAt",
        r.rank, case r.rank when 0 then extract(epoch from t.due_at) when 1 then extract(epoch from t.waiting_since) else -extract(epoch from t.last_message_at) end as moment
      from own join tickets t on t.workspace_id = ${workspaceId} and t.id = own.id
        cross join lateral (select case
          when t.phase <> 'active' then 5
          when t.assignee_id = ${personId} and t.due_at <= ${now} then 0
          when t.assignee_id = ${personId} and t.waiting_since is not null then 1
          when exists (select from told where told.ticket_id = t.id and told.kind = 'mentioned') then 2
          when t.assignee_id = ${personId} then 3 else 4 end as rank) r
        join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
        left join people p on p.workspace_id = t.workspace_id and p.id = t.assignee_id
      where t.deleted_at is null and exists (
        select from events e where e.workspace_id = ${workspaceId} and e.ticket_id = t.id and e.at >= ${from} and e.at < ${until} and e.actor_id is distinct from ${personId} and (
          (e.type = 'entry.added' and coalesce(e.data ->> 'automatic', '') <> 'true')
          or e.type in ('ticket.merged', 'sla.breached', 'commitment.kept', 'commitment.broken', 'commitment.renegotiated', 'approval.approved', 'approval.returned')
          or (e.type = 'ticket.changed' and (((e.data -> 'status' ->> 0) in ('resolved', 'closed')) <> ((e.data -> 'status' ->> 1) in ('resolved', 'closed')) or (e.data -> 'assigneeId' is not null and e.actor_kind = 'person')))))
    ), placed as (select m.*, round(m.moment * 1000)::int8 as place from moved m)
    select id, number, subject, status, "customerId", "customerName", "assigneeId", "assigneeName", "waitingSince", "dueAt", rank, place from placed
    where ${after === null ? sql`true` : sql`(rank, place, id) > (${after[0]}::integer, ${after[1]}::int8, ${after[2]}::uuid)`}
    order by rank, place, id limit ${limit}`.execute(tx);
  return rows;
}

const MOST_EVENTS = 200;

/** Of each ticket the latest of that time. */
export async function pastEvents(tx: Tx, workspaceId: string, ticketIds: readonly string[], { from, until }: Pick<Span, 'from' | 'until'>): Promise<PastEvent[]> {
  if (ticketIds.length === 0) return [];
  const { rows } = await sql<Omit<PastEvent, 'actor'> & { actorKind: string; actorId: string | null }>`
    select e.seq, e.type, e.ticket_id as "ticketId", e.subject_id as "subjectId", e.actor_kind as "actorKind", e.actor_id as "actorId", e.data, e.at
    from unnest(${[...ticketIds]}::uuid[]) as one(id) cross join lateral (
      select * from events where workspace_id = ${workspaceId} and ticket_id = one.id and at >= ${from} and at < ${until} and type = any(${[...READ]}) order by seq desc limit ${MOST_EVENTS}) e`.execute(tx);
  return rows.map(({ actorKind, actorId, ...event }) => ({ ...event, actor: { kind: actorKind, id: actorId } }));
}

/** Events that named them, or a team of theirs. */
export async function namingEvents(tx: Tx, workspaceId: string, personId: string, ticketIds: readonly string[], { from, until }: Pick<Span, 'from' | 'until'>): Promise<Set<number>> {
  if (ticketIds.length === 0) return new Set();
  const rows = await tx.selectFrom('notices').select('seq').where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('ticket_id', 'in', [...ticketIds])
    .where('created_at', '>=', from).where('created_at', '<', until).where('kind', '=', 'mentioned').execute();
  return new Set(rows.map(({ seq }) => seq));
}

/** Names of colleagues and customers. */
export async function whoIs(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])
    union all select id, name from customers where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
