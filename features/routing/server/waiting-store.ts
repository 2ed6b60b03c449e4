import { sql, type RawBuilder } from 'kysely';
import { LANGUAGES } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { CHANNELS } from '../../tickets/core/contract.ts';
import type { Channel } from '../core/capacity.ts';
import { MOST_HEAD_MS, PRIORITY_HEAD_MS, type Turn } from '../core/turn.ts';

export type QueueRow = {
  readonly ticketId: string; readonly queueId: string; readonly state: 'waiting' | 'offered' | 'given'; readonly number: number; readonly channel: Channel; readonly language: string;
  readonly since: Date; readonly rankAt: Date; readonly personId: string | null; readonly givenAt: Date | null; readonly ownAgentId: string | null; readonly ownBy: 'set' | 'last' | null; readonly ownKnown: boolean;
  /** When what is promised is due, where that made its turn. */
  readonly dueAt: Date | null;
};
const COLUMNS = sql`t.ticket_id as "ticketId", t.queue_id as "queueId", t.state, t.number, t.channel, t.language, t.since, t.rank_at as "rankAt", t.person_id as "personId", t.given_at as "givenAt",
  t.own_agent_id as "ownAgentId", t.own_by as "ownBy", t.own_known as "ownKnown", case when t.by_due then t.due_at end as "dueAt"`;

export type Seat = {
  readonly ticketId: string; readonly queueId: string; readonly number: number; readonly channel: Channel; readonly language: string;
  /** Since when the customer waits; null when nobody does. */
  readonly waitingSince: Date | null; readonly at: Date; readonly queueHeadStartSeconds: number;
  /** Live work comes back with its first waiting time, other work with that of what is unanswered. */
  readonly isLive: boolean;
};

const MOST_HEAD = sql`make_interval(secs => ${sql.lit(MOST_HEAD_MS / 1000)})`;
const PRIORITY_HEAD = sql`make_interval(secs => case k.priority ${sql.join(Object.entries(PRIORITY_HEAD_MS).map(([name, ms]) => sql`when ${sql.lit(name)} then ${sql.lit(ms / 1000)}`), sql` `)} else 0 end)`;
/** `rankAt` and `goesByDue` of core/turn.ts, of the ticket `k`; nulls do not count among the least. */
const rankOf = (since: RawBuilder<unknown>, queueHeadSeconds: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(greatest(${since} - ${MOST_HEAD}, least(${since} - ${PRIORITY_HEAD}, k.due_at - ${MOST_HEAD})) - make_interval(secs => ${queueHeadSeconds}::double precision))`;
const byDue = (since: RawBuilder<unknown>): RawBuilder<unknown> => sql`coalesce(k.due_at - ${MOST_HEAD} < ${since} - ${PRIORITY_HEAD}, false)`;

/** Into its queue, or to another place of it. Who waits already keeps the time. */
export async function seat(tx: Tx, workspaceId: string, { ticketId, queueId, number, channel, language, waitingSince, at, queueHeadStartSeconds, isLive }: Seat): Promise<void> {
  const head = sql`${queueHeadStartSeconds}`;
  const since = sql`(case when q.state is null then ${waitingSince ?? at}::timestamptz when q.state <> 'given' or ${isLive} then q.since else coalesce(${waitingSince}::timestamptz, q.since) end)`;
  const comesBack = sql`q.state = 'given'`;
  await sql`
    insert into queue_tickets as q (workspace_id, ticket_id, queue_id, state, number, channel, language, since, rank_at, due_at, by_due)
    select k.workspace_id, k.id, ${queueId}, 'waiting', ${number}, ${channel}, ${language}, w.since, ${rankOf(sql`w.since`, head)}, k.due_at, ${byDue(sql`w.since`)}
    from tickets k left join queue_tickets q on q.workspace_id = k.workspace_id and q.ticket_id = k.id cross join lateral (select ${since} as since) w
    where k.workspace_id = ${workspaceId} and k.id = ${ticketId}
    on conflict (workspace_id, ticket_id) do update set queue_id = excluded.queue_id, channel = excluded.channel, language = excluded.language,
      state = case when ${comesBack} then 'waiting' else q.state end, since = excluded.since, rank_at = excluded.rank_at, due_at = excluded.due_at, by_due = excluded.by_due,
      person_id = case when ${comesBack} then null else q.person_id end, given_at = case when ${comesBack} then null else q.given_at end,
      ahead = case when ${comesBack} or q.queue_id <> excluded.queue_id then null else q.ahead end
    where q.state = 'given' or q.queue_id <> excluded.queue_id or q.channel <> excluded.channel or q.language <> excluded.language or q.rank_at <> excluded.rank_at
      or q.due_at is distinct from excluded.due_at`.execute(tx);
}

/** What is promised on these tickets is due at another time: those that wait have another turn. */
export async function followDues(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  await sql`update queue_tickets q set rank_at = ${rankOf(sql`q.since`, sql`u.head_start_seconds`)}, due_at = k.due_at, by_due = ${byDue(sql`q.since`)}
    from tickets k, queues u where q.ticket_id = any(${[...ticketIds]}::uuid[]) and q.state <> 'given' and k.workspace_id = q.workspace_id and k.id = q.ticket_id
      and u.workspace_id = q.workspace_id and u.id = q.queue_id and q.due_at is distinct from k.due_at`.execute(tx);
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
  const { rows } = await sql<{ queueId: string; was: QueueRow['state']; since: Date; ahead: number | null; low: number | null; high: number | null; replyLow: number | null; replyHigh: number | null }>`
    with was as (select ticket_id, state from queue_tickets where ticket_id = ${ticketId} for update)
    update queue_tickets t set state = 'given', person_id = ${personId}, given_at = ${at} from was where was.ticket_id = t.ticket_id
    returning t.queue_id as "queueId", was.state as was, t.since, t.ahead, t.low_seconds as low, t.high_seconds as high, t.reply_low_seconds as "replyLow", t.reply_high_seconds as "replyHigh"`.execute(tx);
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
      order by t.rank_at, t.since, t.number limit ${each}) as next`.execute(tx);
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
    order by t.rank_at, t.since, t.number limit ${limit}`.execute(tx);
  return rows;
}

const MOST_AHEAD = 1_000;

/** How many have their turn before, up to a thousand. */
export async function aheadOf(tx: Tx, queueId: string, { rankAt, since, number }: Pick<QueueRow, 'rankAt' | 'since' | 'number'>): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (select from queue_tickets t
    where t.queue_id = ${queueId} and t.state = 'waiting' and (t.rank_at, t.since, t.number) < (${rankAt}, ${since}, ${number}::bigint) limit ${MOST_AHEAD}) as capped`.execute(tx);
  return rows[0]?.count ?? 0;
}

export type FoundOwn = { readonly ticketId: string; readonly personId: string | null; readonly by: 'set' | 'last' | null };

export async function saveOwnAgents(tx: Tx, found: readonly FoundOwn[]): Promise<void> {
  if (found.length === 0) return;
  await sql`update queue_tickets t set own_known = true, own_agent_id = f.person_id, own_by = f.by
    from unnest(${found.map(({ ticketId }) => ticketId)}::uuid[], ${found.map(({ personId }) => personId)}::uuid[], ${found.map(({ by }) => by)}::text[]) as f (ticket_id, person_id, by)
    where t.ticket_id = f.ticket_id`.execute(tx);
}

/** Of each ticket whose customer has one, the agent who is named for them and works here. */
export async function namedAgents(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, string>> {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; personId: string }>`
    select t.id, p.id as "personId" from tickets t join customers c on c.workspace_id = t.workspace_id and c.id = t.customer_id
    join people p on p.workspace_id = c.workspace_id and p.id = c.agent_id and p.deactivated_at is null where t.id = any(${[...ticketIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ id, personId }) => [id, personId]));
}

/** Of this customer, or this ticket, the own agent is to be looked for again. */
export async function forgetOwnAgents(tx: Tx, of: { customerId: string } | { ticketId: string }): Promise<void> {
  const whose = 'ticketId' in of ? sql`q.ticket_id = ${of.ticketId}` : sql`q.ticket_id in (select k.id from tickets k where k.customer_id = ${of.customerId} and k.phase = 'active')`;
  await sql`update queue_tickets q set own_known = false, own_agent_id = null, own_by = null where ${whose} and q.state <> 'given' and q.own_known`.execute(tx);
}

export const turnOf = ({ since, rankAt, number }: Pick<QueueRow, 'since' | 'rankAt' | 'number'>): Turn => ({ since: since.getTime(), rankAt: rankAt.getTime(), number });

/** Of each queue in which something waits, since when the oldest does. */
export async function oldestIn(tx: Tx, queueIds: readonly string[]): Promise<Map<string, Date>> {
  if (queueIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; since: Date | null }>`
    select q.id, (select t.since from queue_tickets t where t.queue_id = q.id and t.state = 'waiting' order by t.since limit 1) as since from unnest(${[...queueIds]}::uuid[]) as q (id)`.execute(tx);
  return new Map(rows.flatMap(({ id, since }) => (since ? [[id, since] as const] : [])));
}

export type ListedRow = QueueRow & { readonly subject: string; readonly priority: string; readonly offeredName: string | null; readonly flags: readonly string[] | null };
export async function waitingPage(tx: Tx, queueId: string, limit: number, after: readonly [string, string, number] | null): Promise<ListedRow[]> {
  const beyond = after === null ? sql`true` : sql`(t.rank_at, t.since, t.number) > (${after[0]}::timestamptz, ${after[1]}::timestamptz, ${after[2]}::bigint)`;
  const of = (state: 'waiting' | 'offered') => sql`(select ${COLUMNS} from queue_tickets t where t.queue_id = ${queueId} and t.state = ${state} and ${beyond} order by t.rank_at, t.since, t.number limit ${limit})`;
  const { rows } = await sql<ListedRow>`
    select w.*, k.subject, k.priority, (select c.flags from customers c where c.workspace_id = k.workspace_id and c.id = k.customer_id) as flags, (select p.name from people p where p.id = w."personId") as "offeredName"
    from (${of('waiting')} union all ${of('offered')}) as w join tickets k on k.id = w."ticketId" order by w."rankAt", w.since, w.number limit ${limit}`.execute(tx);
  return rows;
}
