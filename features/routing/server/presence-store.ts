import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Capacity, PresenceState } from '../core/contract.ts';

export type NewPresence = {
  readonly personId: string; readonly state: PresenceState; readonly ownStateId: string | null; readonly reason: string; readonly channels: object | undefined;
  readonly now: Date; readonly machine: Date; readonly goneAt: Date | null; readonly backAt: Date | null;
  /** A sign of a browser that is older than this is none: they work without one. */
  readonly seenAfter: Date;
};

/** What somebody chose; resolves to what they had chosen before, undefined for the first time. */
export async function savePresence(tx: Tx, workspaceId: string, given: NewPresence): Promise<{ state: PresenceState } | undefined> {
  const before = await tx.selectFrom('presences').select(['state']).where('person_id', '=', given.personId).forUpdate().executeTakeFirst();
  const channels = given.channels && JSON.stringify(given.channels);
  const chosen = {
    state: given.state, own_state_id: given.ownStateId, reason: given.reason, since: given.now, acted_at: given.machine, missed: 0, missed_away: false, vanished_at: null, back_at: given.backAt,
    ...(channels !== undefined && { channels }),
  };
  await tx.insertInto('presences').values({ workspace_id: workspaceId, person_id: given.personId, idle_since: given.now, gone_at: given.goneAt, ...chosen })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet({
      ...chosen,
      seen_at: sql<Date>`case when presences.seen_at > ${given.seenAfter} then presences.seen_at end`,
      gone_at: given.goneAt ?? sql<Date>`case when presences.seen_at > ${given.seenAfter} then presences.gone_at end`,
      ...(before?.state !== 'online' && { idle_since: given.now }),
    })).execute();
  return before;
}

/** Unless it was written down since `notSince`. */
export async function saveActivity(tx: Tx, personId: string, machine: Date, notSince: Date): Promise<void> {
  await tx.updateTable('presences').set({ acted_at: machine }).where('person_id', '=', personId).where('acted_at', '<=', notSince).execute();
}

/** Signs of open browsers; resolves to those who had vanished. */
export async function saveSeen(tx: Tx, personIds: readonly string[], { machine, goneAt }: { machine: Date; goneAt: Date }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with was as (select person_id, vanished_at from presences where person_id = any(${[...personIds]}::uuid[]) order by person_id for update)
    update presences p set seen_at = ${machine}, vanished_at = null, gone_at = case when p.state = 'offline' then p.gone_at else ${goneAt} end,
      back_at = case when p.state = 'offline' then p.back_at end
    from was where was.person_id = p.person_id returning case when was.vanished_at is not null then p.person_id end as id`.execute(tx);
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

export const lockPresence = (tx: Tx, personId: string) =>
  tx.selectFrom('presences').select(['state', 'gone_at as goneAt', 'back_at as backAt', 'missed', 'since']).where('person_id', '=', personId).forUpdate().executeTakeFirst();

export async function updatePresence(tx: Tx, personId: string, set: Partial<{
  state: PresenceState; since: Date; gone_at: Date | null; vanished_at: Date; back_at: Date | null; missed: number; missed_away: boolean; own_state_id: null; last_given_at: Date; idle_since: Date; wrap_up_until: Date;
}>): Promise<void> {
  await tx.updateTable('presences').set(set).where('person_id', '=', personId).execute();
}

export type OwnState = { readonly id: string; readonly name: string; readonly state: PresenceState };
export const findOwnState = (tx: Tx, id: string): Promise<OwnState | undefined> => tx.selectFrom('presence_states').select(['id', 'name', 'state']).where('id', '=', id).executeTakeFirst();
export const ownStatesPage = (tx: Tx, limit: number, after: readonly [string, string] | null): Promise<(OwnState & { nameKey: string })[]> =>
  tx.selectFrom('presence_states').select(['id', 'name', 'state', sql<string>`lower(name)`.as('nameKey')])
    .$if(after !== null, (q) => q.where(sql<boolean>`(lower(name), id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`)).orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();
export async function putOwnState(tx: Tx, workspaceId: string, { id, name, state }: OwnState, at: Date): Promise<void> {
  await tx.insertInto('presence_states').values({ workspace_id: workspaceId, id, name, state, created_at: at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet({ name, state })).execute();
}
export async function deleteOwnState(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('presence_states').where('id', '=', id).execute();
}

export const skillsOf = (tx: Tx, personId: string) =>
  tx.selectFrom('person_skills as p').innerJoin('skills as s', (j) => j.onRef('s.workspace_id', '=', 'p.workspace_id').onRef('s.id', '=', 'p.skill_id'))
    .select(['s.id', 's.name', 'p.level']).where('p.person_id', '=', personId).orderBy(sql`lower(s.name)`).execute();
export const capacityOf = async (tx: Tx, personId: string): Promise<Capacity | null> =>
  ((await tx.selectFrom('person_capacities').select('capacity').where('person_id', '=', personId).executeTakeFirst())?.capacity ?? null) as Capacity | null;
export async function replaceAbilities(tx: Tx, workspaceId: string, personId: string, { skills, capacity }: { skills: readonly { id: string; level: number }[]; capacity: Capacity | null }): Promise<void> {
  await tx.deleteFrom('person_skills').where('person_id', '=', personId).$if(skills.length > 0, (query) => query.where('skill_id', 'not in', skills.map(({ id }) => id))).execute();
  if (capacity === null) await tx.deleteFrom('person_capacities').where('person_id', '=', personId).execute();
  if (skills.length > 0) {
    await tx.insertInto('person_skills').values(skills.map(({ id, level }) => ({ workspace_id: workspaceId, person_id: personId, skill_id: id, level })))
      .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id', 'skill_id']).doUpdateSet((e) => ({ level: e.ref('excluded.level') }))).execute();
  }
  if (capacity) {
    const one = { capacity: JSON.stringify(capacity) };
    await tx.insertInto('person_capacities').values({ workspace_id: workspaceId, person_id: personId, ...one })
      .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet(one)).execute();
  }
}

/** By somebody who works here. */
export const isPresenceUsed = async (tx: Tx): Promise<boolean> =>
  (await tx.selectFrom('presences as r').innerJoin('people as p', (j) => j.onRef('p.workspace_id', '=', 'r.workspace_id').onRef('p.id', '=', 'r.person_id'))
    .select('r.person_id').where('p.deactivated_at', 'is', null).limit(1).executeTakeFirst()) !== undefined;
