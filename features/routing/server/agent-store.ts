import { sql, type RawBuilder } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Channel } from '../core/capacity.ts';
import type { Capacity, PresenceState } from '../core/contract.ts';

/** Somebody who may be given work, whether or not they ever said that they are there. */
export type StoredAgent = {
  readonly id: string; readonly name: string; readonly nameKey: string; readonly teamIds: readonly string[]; readonly skills: Readonly<Record<string, number>>; readonly capacity: Capacity | null;
  readonly state: PresenceState; readonly ownStateId: string | null; readonly ownStateName: string | null; readonly reason: string; readonly channels: Partial<Record<Channel, boolean>>;
  readonly since: Date; readonly actedAt: Date; readonly seenAt: Date | null; readonly missedAway: boolean; readonly wrapUpUntil: Date | null;
  readonly lastGivenAt: Date | null; readonly idleSince: Date | null;
  readonly absenceId: string | null; readonly absentFrom: Date | null; readonly absentTo: Date | null; readonly absentOpen: boolean | null; readonly deputyId: string | null; readonly deputyName: string | null;
};

const columns = (now: Date): RawBuilder<unknown> => sql`
  p.id, p.name, lower(p.name) as "nameKey", coalesce(r.state, 'offline') as state, r.own_state_id as "ownStateId", o.name as "ownStateName", coalesce(r.reason, '') as reason,
  coalesce(r.channels, '{}') as channels, coalesce(r.since, p.joined_at) as since, coalesce(r.acted_at, p.joined_at) as "actedAt", r.seen_at as "seenAt", coalesce(r.missed_away, false) as "missedAway",
  r.wrap_up_until as "wrapUpUntil", r.last_given_at as "lastGivenAt", r.idle_since as "idleSince", c.capacity,
  a.id as "absenceId", a.from_at as "absentFrom", a.to_at as "absentTo", a.is_open as "absentOpen", a.deputy_id as "deputyId", d.name as "deputyName"
  from people p
  left join presences r on r.workspace_id = p.workspace_id and r.person_id = p.id
  left join presence_states o on o.workspace_id = r.workspace_id and o.id = r.own_state_id
  left join person_capacities c on c.workspace_id = p.workspace_id and c.person_id = p.id
  left join (select distinct on (x.workspace_id, x.person_id) x.* from absences x where x.to_at > ${now} and x.from_at <= ${now} and x.back_at is null order by x.workspace_id, x.person_id, x.from_at desc) as a
    on a.workspace_id = p.workspace_id and a.person_id = p.id
  left join people d on d.workspace_id = p.workspace_id and d.id = a.deputy_id
  where p.joined_at is not null and p.deactivated_at is null and p.role <> 'colleague'`;

/** A desk has at most so many people to choose from at once. */
const MOST_AGENTS = 2_000;

type Bare = Omit<StoredAgent, 'teamIds' | 'skills'>;

/** With their teams and skills: read whole and put together here, which takes a third of the time of looking them up by person. */
async function complete(tx: Tx, rows: readonly Bare[]): Promise<StoredAgent[]> {
  if (rows.length === 0) return [];
  const ids = sql<boolean>`person_id = any(${rows.map(({ id }) => id)}::uuid[])`;
  const [members, skills] = await Promise.all([
    tx.selectFrom('team_members').select(['person_id as personId', 'team_id as teamId']).where(ids).execute(),
    tx.selectFrom('person_skills').select(['person_id as personId', 'skill_id as skillId', 'level']).where(ids).execute(),
  ]);
  const agents = new Map(rows.map((row) => [row.id, { ...row, teamIds: [] as string[], skills: {} as Record<string, number> }]));
  for (const { personId, teamId } of members) agents.get(personId)?.teamIds.push(teamId);
  for (const { personId, skillId, level } of skills) agents.get(personId)!.skills[skillId] = level;
  return [...agents.values()];
}

/** Everybody of whom routing can know that they are there; `thereOnly`: who said that they are online. */
export async function agentRows(tx: Tx, now: Date, thereOnly: boolean): Promise<StoredAgent[]> {
  const said = thereOnly ? sql`r.state = 'online'` : sql`r.state is not null`;
  return complete(tx, (await sql<Bare>`select ${columns(now)} and ${said} limit ${MOST_AGENTS}`.execute(tx)).rows);
}

export async function agentRow(tx: Tx, id: string, now: Date): Promise<StoredAgent | undefined> {
  return (await complete(tx, (await sql<Bare>`select ${columns(now)} and p.id = ${id}`.execute(tx)).rows))[0];
}

export async function agentPage(tx: Tx, { now, team, limit, after }: { now: Date; team: string | undefined; limit: number; after: readonly [string, string] | null }): Promise<StoredAgent[]> {
  const inTeam = team === undefined ? sql`true` : sql`exists (select from team_members m where m.workspace_id = p.workspace_id and m.person_id = p.id and m.team_id = ${team})`;
  const beyond = after === null ? sql`true` : sql`(lower(p.name), p.id) > (${after[0]}, ${after[1]}::uuid)`;
  return complete(tx, (await sql<Bare>`select ${columns(now)} and ${inTeam} and ${beyond} order by lower(p.name), p.id limit ${limit}`.execute(tx)).rows);
}

/** What each of them is being asked to take. */
export async function offeredTo(tx: Tx): Promise<{ personId: string; channel: Channel; count: number }[]> {
  const { rows } = await sql<{ personId: string; channel: Channel; count: number }>`
    select o.person_id as "personId", t.channel, count(*) as count from offers o
    join queue_tickets t on t.workspace_id = o.workspace_id and t.ticket_id = o.ticket_id where o.state = 'offered' group by 1, 2`.execute(tx);
  return rows;
}
