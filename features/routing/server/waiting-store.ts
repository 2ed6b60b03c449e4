import { sql } from 'kysely';
import { LANGUAGES } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { CHANNELS } from '../../tickets/core/contract.ts';
import type { Channel } from '../core/capacity.ts';
import type { Turn } from '../core/turn.ts';

export type QueueRow = {
  readonly ticketId: string; readonly queueId: string; readonly state: 'waiting' | 'offered' | 'given'; readonly number: number; readonly channel: Channel; readonly language: string;
  readonly since: Date; readonly rankAt: Date; readonly personId: string | null; readonly givenAt: Date | null; readonly ownAgentId: string | null; readonly ownKnown: boolean;
};
const COLUMNS = sql`t.ticket_id as "ticketId", t.queue_id as "queueId", t.state, t.number, t.channel, t.language, t.since, t.rank_at as "rankAt", t.person_id as "personId", t.given_at as "givenAt",
  t.own_agent_id as "ownAgentId", t.own_known as "ownKnown"`;

export type Seat = {
  readonly ticketId: string; readonly queueId: string; readonly number: number; readonly channel: Channel; readonly language: string;
  /** Since when the customer waits; null when nobody does. */
  readonly waitingSince: Date | null; readonly at: Date; readonly headStartMs: number;
  /** Live work comes back with its first waiting time, other work with that of what is unanswered. */
  readonly isLive: boolean;
};

/** Into its queue, or to another place of it. Who waits already keeps the time. */
export async function seat(tx: Tx, workspaceId: string, { ticketId, queueId, number, channel, language, waitingSince, at, headStartMs, isLive }: Seat): Promise<void> {
  const head = sql`make_interval(secs => ${headStartMs / 1000}::double precision)`;
  const since = sql`case when q.state <> 'given' or ${isLive} then q.since else coalesce(${waitingSince}::timestamptz, q.since) end`;
  const comesBack = sql`q.state = 'given'`;
  await sql`
    insert into queue_tickets as q (workspace_id, ticket_id, queue_id, state, number, channel, language, since, rank_at)
    values (${workspaceId}, ${ticketId}, ${queueId}, 'waiting', ${number}, ${channel}, ${language}, ${waitingSince ?? at}, ${waitingSince ?? at}::timestamptz - ${head})
    on conflict (workspace_id, ticket_id) do update set queue_id = excluded.queue_id, channel = excluded.channel, language = excluded.language,
      state = case when ${comesBack} then 'waiting' else q.state end, since = ${since}, rank_at = ${since} - ${head},
      person_id = case when ${comesBack} then null else q.person_id end, given_at = case when ${comesBack} then null else q.given_at end,
      ahead = case when ${comesBack} or q.queue_id <> excluded.queue_id then null else q.ahead end
    where q.state = 'given' or q.queue_id <> excluded.queue_id or q.channel <> excluded.channel or q.language <> excluded.language or q.rank_at <> q.since - ${head}`.execute(tx);
}

/** When the ticket is to be put into its queue again, though nothing happens to it. */
export async function saveRecheck(tx: Tx, workspaceId: string, ticketId: string, at: Date): Promise<void> {
  await tx.insertInto('queue_rechecks').values({ workspace_id: workspaceId, ticket_id: ticketId, at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'ticket_id']).doUpdateSet({ at })).execute();
}

/** False: another process has been here. */
export async function takeRecheck(tx: Tx, ticketId: string, now: Date): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('queue_rechecks').where('ticket_id', '=', ticketId).where('at', '<=', now).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** It is done, or waits for somebody else than us. */
export async function unseat(tx: Tx, ticketId: string): Promise<void> {
  await tx.deleteFrom('queue_tickets').where('ticket_id', '=', ticketId).execute();
}

/** Somebody has it now. What it was before, undefined when it was in no queue. */
export async function markGiven(tx: Tx, ticketId: string, personId: string, at: Date) {
  const { rows } = await sql<{ queueId: string; was: QueueRow['state']; since: Date; ahead: number | null; low: number | null; high: number | null }>`
    with was as (select ticket_id, state from queue_tickets where ticket_id = ${ticketId} for update)
    update queue_tickets t set state = 'given', person_id = ${personId}, given_at = ${at} from was where was.ticket_id = t.ticket_id
    returning t.queue_id as "queueId", was.state as was, t.since, t.ahead, t.low_seconds as low, t.high_seconds as high`.execute(tx);
  return rows[0];
}

export async function markOffered(tx: Tx, offers: readonly { ticketId: string; personId: string }[]): Promise<void> {
  await sql`update queue_tickets t set state = 'offered', person_id = o.person_id
    from unnest(${offers.map(({ ticketId }) => ticketId)}::uuid[], ${offers.map(({ personId }) => personId)}::uuid[]) as o (ticket_id, person_id)
    where t.ticket_id = o.ticket_id and t.state = 'waiting'`.execute(tx);
}
export async function markWaiting(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length > 0) await tx.updateTable('queue_tickets').set({ state: 'waiting', person_id: null }).where('ticket_id', 'in', ticketIds).where('state', '=', 'offered').execute();
}

export async function seatOf(tx: Tx, ticketId: string): Promise<QueueRow | undefined> {
  return (await sql<QueueRow>`select ${COLUMNS} from queue_tickets t where t.ticket_id = ${ticketId}`.execute(tx)).rows[0];
}

/** Of each queue, language and channel those whose turn is next: whoever is free, it is among them. */
export async function nextOfEach(tx: Tx, queueIds: readonly string[], each: number): Promise<QueueRow[]> {
  if (queueIds.length === 0) return [];
  const { rows } = await sql<QueueRow>`
    select next.* from unnest(${[...queueIds]}::uuid[]) as q (id) cross join unnest(${['', ...LANGUAGES]}::text[]) as l (language) cross join unnest(${[...CHANNELS]}::text[]) as c (channel)
    cross join lateral (select ${COLUMNS} from queue_tickets t where t.queue_id = q.id and t.state = 'waiting' and t.language = l.language and t.channel = c.channel
      order by t.rank_at, t.number limit ${each}) as next`.execute(tx);
  return rows;
}

/** What one person may take of a queue, the next first. */
export async function nextFor(tx: Tx, queueId: string, { before, lacking, lackingBefore, limit, not }: {
  /** Only what has waited since before then; null: all. */
  before: Date | null;
  /** Languages that they do not speak; of these only what has waited since before `lackingBefore`, null: none. */
  lacking: readonly string[]; lackingBefore: Date | null; limit: number; not: readonly string[];
}): Promise<QueueRow[]> {
  const { rows } = await sql<QueueRow>`
    select ${COLUMNS} from queue_tickets t where t.queue_id = ${queueId} and t.state = 'waiting'
      and ${before === null ? sql`true` : sql`t.since <= ${before}`}
      and ${lacking.length === 0 ? sql`true` : sql`(t.language <> all(${[...lacking]}::text[]) or ${lackingBefore === null ? sql`false` : sql`t.since <= ${lackingBefore}`})`}
      and ${not.length === 0 ? sql`true` : sql`t.ticket_id <> all(${[...not]}::uuid[])`}
    order by t.rank_at, t.number limit ${limit}`.execute(tx);
  return rows;
}

const MOST_AHEAD = 1_000;

/** How many have their turn before, up to a thousand. */
export async function aheadOf(tx: Tx, queueId: string, { rankAt, number }: Pick<QueueRow, 'rankAt' | 'number'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select from queue_tickets t
    where t.queue_id = ${queueId} and t.state = 'waiting' and (t.rank_at, t.number) < (${rankAt}, ${number}::bigint) limit ${MOST_AHEAD}) as capped`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function saveOwnAgents(tx: Tx, found: readonly { ticketId: string; personId: string | null }[]): Promise<void> {
  if (found.length === 0) return;
  await sql`update queue_tickets t set own_known = true, own_agent_id = f.person_id from unnest(${found.map(({ ticketId }) => ticketId)}::uuid[], ${found.map(({ personId }) => personId)}::uuid[]) as f (ticket_id, person_id)
    where t.ticket_id = f.ticket_id`.execute(tx);
}

export const turnOf = ({ since, rankAt, number }: Pick<QueueRow, 'since' | 'rankAt' | 'number'>): Turn => ({ since: since.getTime(), rankAt: rankAt.getTime(), number });

/** Of each queue in which something waits, since when the oldest does. */
export async function oldestIn(tx: Tx, queueIds: readonly string[]): Promise<Map<string, Date>> {
  if (queueIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; since: Date | null }>`
    select q.id, (select t.since from queue_tickets t where t.queue_id = q.id and t.state = 'waiting' order by t.since limit 1) as since from unnest(${[...queueIds]}::uuid[]) as q (id)`.execute(tx);
  return new Map(rows.flatMap(({ id, since }) => (since ? [[id, since] as const] : [])));
}

export type ListedRow = QueueRow & { readonly subject: string; readonly priority: string; readonly offeredName: string | null };
export async function waitingPage(tx: Tx, queueId: string, limit: number, after: readonly [string, number] | null): Promise<ListedRow[]> {
  const beyond = after === null ? sql`true` : sql`(t.rank_at, t.number) > (${after[0]}::timestamptz, ${after[1]}::bigint)`;
  const of = (state: 'waiting' | 'offered') => sql`(select ${COLUMNS} from queue_tickets t where t.queue_id = ${queueId} and t.state = ${state} and ${beyond} order by t.rank_at, t.number limit ${limit})`;
  const { rows } = await sql<ListedRow>`
    select w.*, k.subject, k.priority, (select p.name from people p where p.id = w."personId") as "offeredName"
    from (${of('waiting')} union all ${of('offered')}) as w join tickets k on k.id = w."ticketId" order by w."rankAt", w.number limit ${limit}`.execute(tx);
  return rows;
}
