import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Commitment } from '../core/commitment.ts';
import { MOST_COUNTED, type CommitmentCounts } from '../core/contract.ts';

/** A promise with the names that stand around it. */
export type Shown = Commitment & {
  readonly number: number; readonly subject: string; readonly customerName: string; readonly ownerName: string; readonly teamName: string | null;
  readonly madeByName: string | null; readonly endedByName: string | null; readonly standsForName: string | null; readonly previousDueAt: Date | null;
  readonly nextId: string | null; readonly nextDueAt: Date | null; readonly nextToldAt: Date | null;
};

export type Wanted = {
  readonly state: 'open' | 'due' | 'broken' | 'ended'; readonly ownerId: string | null; readonly teamIds: readonly string[] | null; readonly ticketId: string | null; readonly customerId: string | null;
};

/** Ids in order: open ones by when they are due, ended ones the last first. Each way stands on an index of its own. */
export function commitmentIds(tx: Tx, workspaceId: string, { state, ownerId, teamIds, ticketId, customerId }: Wanted, { limit, after }: { limit: number; after: readonly [string, string] | null }): Promise<{ id: string; at: Date }[]> {
  const isEnded = state === 'ended';
  const column = isEnded ? 'ended_at' : 'due_at';
  return tx.selectFrom('commitments').select(['id', `${column} as at`]).where('workspace_id', '=', workspaceId).where('asleep', '=', false)
    .$if(isEnded, (q) => q.where('ended_at', 'is not', null))
    .$if(!isEnded, (q) => q.where('is_open', '=', true))
    .$if(state === 'due', (q) => q.where('state', 'in', ['due_soon', 'broken']))
    .$if(state === 'broken', (q) => q.where('state', '=', 'broken'))
    .$if(ownerId !== null, (q) => q.where('owner_id', '=', ownerId!))
    .$if(teamIds !== null, (q) => q.where('team_id', 'in', teamIds!))
    .$if(ticketId !== null, (q) => q.where('ticket_id', '=', ticketId!))
    .$if(customerId !== null, (q) => q.where('customer_id', '=', customerId!))
    .$if(after !== null, (q) => q.where(isEnded
      ? sql<boolean>`(ended_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)` : sql<boolean>`(due_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy(column, isEnded ? 'desc' : 'asc').orderBy('id', isEnded ? 'desc' : 'asc').limit(limit)
    .$castTo<{ id: string; at: Date }>().execute();
}

export async function shown(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Shown[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Shown>`
    select c.id, c.ticket_id as "ticketId", c.entry_id as "entryId", c.customer_id as "customerId", c.kind, c.what, c.owner_id as "ownerId", c.team_id as "teamId", c.due_at as "dueAt",
      c.whole_day as "wholeDay", c.soon_at as "soonAt", c.next_at as "nextAt", c.state, c.made_at as "madeAt", c.made_by as "madeBy", c.ended_at as "endedAt", c.ended_by as "endedBy", c.note,
      c.withdrawn, c.previous_id as "previousId", c.told_at as "toldAt", c.telling, c.stands_for as "standsFor", c.apology_for as "apologyFor", c.version,
      t.number, t.subject, u.name as "customerName", o.name as "ownerName", g.name as "teamName", m.name as "madeByName", e.name as "endedByName", s.name as "standsForName",
      p.due_at as "previousDueAt", n.id as "nextId", n.due_at as "nextDueAt", n.told_at as "nextToldAt"
    from unnest(${sql.val([...ids])}::uuid[]) with ordinality as wanted (id, place)
    join commitments c on c.workspace_id = ${workspaceId} and c.id = wanted.id
    join tickets t on t.workspace_id = c.workspace_id and t.id = c.ticket_id
    join customers u on u.workspace_id = c.workspace_id and u.id = c.customer_id
    join people o on o.workspace_id = c.workspace_id and o.id = c.owner_id
    left join teams g on g.workspace_id = c.workspace_id and g.id = c.team_id
    left join people m on m.workspace_id = c.workspace_id and m.id = c.made_by
    left join people e on e.workspace_id = c.workspace_id and e.id = c.ended_by
    left join people s on s.workspace_id = c.workspace_id and s.id = c.stands_for
    left join commitments p on p.workspace_id = c.workspace_id and p.id = c.previous_id
    left join commitments n on n.workspace_id = c.workspace_id and n.previous_id = c.id
    order by wanted.place`.execute(tx);
  return rows;
}

/** What is open of one person, up to a bound. */
export async function countsOf(tx: Tx, workspaceId: string, personId: string): Promise<CommitmentCounts> {
  const { rows } = await sql<CommitmentCounts>`
    select count(*) as open, count(*) filter (where state <> 'made') as due, count(*) filter (where state = 'broken') as broken
    from (select state from commitments where workspace_id = ${workspaceId} and owner_id = ${personId} and is_open and not asleep order by due_at, id limit ${MOST_COUNTED}) as mine`.execute(tx);
  return rows[0]!;
}
