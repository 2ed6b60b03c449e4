import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { RoutingSettings } from '../core/contract.ts';
import type { LanguageSkills, QueueRule } from '../core/needs.ts';

export type StoredQueue = QueueRule & {
  readonly name: string; readonly position: number; readonly conditions: Condition | null; readonly headStartSeconds: number; readonly calendarId: string | null;
  readonly version: number; readonly nobodySince: Date | null; readonly createdAt: Date; readonly updatedAt: Date;
};

/** What routing goes by in a workspace, of one version. */
export type Rules = { readonly version: number; readonly settings: RoutingSettings; readonly queues: readonly StoredQueue[]; readonly languages: LanguageSkills };

const columns = [
  'id', 'name', 'position', 'conditions', 'mode', 'team_ids as teamIds', 'overflow', 'offer_seconds as offerSeconds', 'skills', 'language', 'head_start_seconds as headStartSeconds',
  'own_agent_seconds as ownAgentSeconds', 'calendar_id as calendarId', 'version', 'nobody_since as nobodySince', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;
const selected = (tx: Tx) => tx.selectFrom('queues').select(columns).$castTo<StoredQueue>();

/** In their order. */
export const allQueues = (tx: Tx): Promise<StoredQueue[]> => selected(tx).orderBy('position').orderBy('id').execute();
export const findQueue = (tx: Tx, id: string): Promise<StoredQueue | undefined> => selected(tx).where('id', '=', id).executeTakeFirst();

export async function rulesIn(tx: Tx, { version, settings }: Pick<Rules, 'version' | 'settings'>): Promise<Rules> {
  // No queue and no skill was ever made.
  if (version === 0) return { version, settings, queues: [], languages: new Map() };
  const [queues, skills] = await Promise.all([allQueues(tx), tx.selectFrom('skills').select(['id', 'language']).where('language', 'is not', null).execute()]);
  return { version, settings, queues, languages: new Map(skills.map(({ id, language }) => [language!, id])) };
}

/** One writer of queues at a time in a workspace: their order is a matter of all of them. */
export async function lockQueues(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`queues ${workspaceId}`}, 0))`.execute(tx);
}

const contentOf = (queue: StoredQueue) => ({
  name: queue.name, position: queue.position, conditions: queue.conditions && JSON.stringify(queue.conditions), mode: queue.mode, team_ids: [...queue.teamIds],
  overflow: JSON.stringify(queue.overflow), offer_seconds: queue.offerSeconds, skills: JSON.stringify(queue.skills), language: queue.language && JSON.stringify(queue.language),
  head_start_seconds: queue.headStartSeconds, own_agent_seconds: queue.ownAgentSeconds, calendar_id: queue.calendarId, version: queue.version, updated_at: queue.updatedAt, look_at: null,
});

export async function insertQueue(tx: Tx, workspaceId: string, queue: StoredQueue): Promise<void> {
  await tx.insertInto('queues').values({ workspace_id: workspaceId, id: queue.id, created_at: queue.createdAt, ...contentOf(queue) }).execute();
}
export async function saveQueue(tx: Tx, queue: StoredQueue): Promise<void> {
  await tx.updateTable('queues').set(contentOf(queue)).where('id', '=', queue.id).execute();
}
export async function deleteQueue(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('queues').where('id', '=', id).execute();
}

/** Places from 1 on, in this order. */
export async function placeQueues(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update queues q set position = p.position from unnest(${[...ids]}::uuid[]) with ordinality as p (id, position)
    where q.id = p.id and q.position <> p.position`.execute(tx);
}

/** When queues from which people take are looked at again, and since when nobody is there. */
export async function saveLook(tx: Tx, ids: readonly string[], lookAt: Date): Promise<void> {
  if (ids.length > 0) await tx.updateTable('queues').set({ look_at: lookAt }).where('id', 'in', ids).execute();
}
export async function saveNobody(tx: Tx, id: string, since: Date | null): Promise<void> {
  await tx.updateTable('queues').set({ nobody_since: since }).where('id', '=', id).execute();
}

const MOST_COUNTED = 10_000;

/** Up to ten thousand of each. */
export async function waitingIn(tx: Tx, ids: readonly string[]): Promise<Map<string, { waiting: number; oldest: Date | null }>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; waiting: number; oldest: Date | null }>`
    select q.id, (select count(*) from (select from queue_tickets t where t.queue_id = q.id and t.state in ('waiting', 'offered') limit ${MOST_COUNTED}) as capped) as waiting,
      (select min(t.since) from queue_tickets t where t.queue_id = q.id and t.state = 'waiting') as oldest
    from unnest(${[...ids]}::uuid[]) as q (id)`.execute(tx);
  return new Map(rows.map(({ id, waiting, oldest }) => [id, { waiting, oldest }]));
}

export type StoredSkill = { readonly id: string; readonly name: string; readonly language: string | null; readonly people: number };
const skillRows = (tx: Tx) => tx.selectFrom('skills as s').select(['s.id', 's.name', 's.language'])
  .select((e) => e.selectFrom('person_skills as p').select(e.fn.countAll<number>().as('count')).whereRef('p.workspace_id', '=', 's.workspace_id').whereRef('p.skill_id', '=', 's.id').as('people'))
  .$castTo<StoredSkill>();

export const findSkill = (tx: Tx, id: string): Promise<StoredSkill | undefined> => skillRows(tx).where('s.id', '=', id).executeTakeFirst();
export const skillsPage = (tx: Tx, limit: number, after: readonly [string, string] | null): Promise<(StoredSkill & { nameKey: string })[]> =>
  skillRows(tx).select(sql<string>`lower(s.name)`.as('nameKey')).$if(after !== null, (q) => q.where(sql<boolean>`(lower(s.name), s.id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`))
    .orderBy(sql`lower(s.name)`).orderBy('s.id').limit(limit).execute();
export const knownSkills = async (tx: Tx, ids: readonly string[]): Promise<number> =>
  ids.length === 0 ? 0 : (await tx.selectFrom('skills').select('id').where('id', 'in', ids).execute()).length;
export const countSkills = async (tx: Tx): Promise<number> => (await tx.selectFrom('skills').select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;

export async function insertSkill(tx: Tx, workspaceId: string, { id, name, language }: Omit<StoredSkill, 'people'>, at: Date): Promise<void> {
  await tx.insertInto('skills').values({ workspace_id: workspaceId, id, name, language: language as 'en' | null, created_at: at }).execute();
}
export async function saveSkill(tx: Tx, { id, name, language }: Omit<StoredSkill, 'people'>): Promise<void> {
  await tx.updateTable('skills').set({ name, language: language as 'en' | null }).where('id', '=', id).execute();
}
export async function deleteSkill(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('skills').where('id', '=', id).execute();
}
