import { type Expression, sql, type SqlBool } from 'kysely';
import { compiled } from '../../../platform/db/compiled.ts';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import { followedBy } from './follower-store.ts';
import { FIRST_ANSWERED } from './list-store.ts';
import { mentionedIn } from './mention-store.ts';

export type Viewer = { readonly id: string; readonly teamIds: readonly string[] };

/** All that decides in which ready-made views a ticket is. */
export type Standing = {
  readonly id: string; readonly isActive: boolean; /** Unresolved or done, neither spam nor thrown away. */ readonly isKept: boolean; readonly isSnoozed: boolean; readonly isWaiting: boolean; readonly assigneeId: string | null; readonly teamId: string | null;
  readonly followerIds: readonly string[];
  /** Whom its notes name, people and teams, and those of what was merged into it. */
  readonly mentionedIds: readonly string[];
};

export const standings = compiled<{ ids: readonly string[] }, Standing>((tx, { ids }) => sql<Standing>`
  select t.id, t.phase = 'active' as "isActive", t.phase in ('active', 'done') as "isKept", t.snoozed_at is not null as "isSnoozed", t.queue_order < ${FIRST_ANSWERED} as "isWaiting", t.assignee_id as "assigneeId", t.team_id as "teamId",
    array(select f.person_id from ticket_followers f where f.workspace_id = t.workspace_id and f.ticket_id = t.id) as "followerIds",
    array(select m.whom_id from ticket_mentions m where m.workspace_id = t.workspace_id and m.ticket_id = any(array(
      select t.id union all select s.id from tickets s where s.workspace_id = t.workspace_id and s.merged_into = t.id))) as "mentionedIds"
  from tickets t where t.id = any(${ids}::uuid[])`.compile(tx));

type Picked = { readonly viewer: Viewer; readonly mentioned: readonly string[]; readonly followed: readonly string[]; readonly most: number };

const all = (tx: Connection, most: number) => tx.selectFrom('tickets').select('id').where('phase', '=', 'active').limit(sql.lit(most));
/** In an order, so that it is a stretch of an index: it is nearly the whole table. */
const done = (tx: Connection, most: number) => tx.selectFrom('tickets').select('id').where('phase', '=', 'done').orderBy('updated_at', 'desc').limit(sql.lit(most));
const awake = (tx: Connection, most: number) => all(tx, most).where('snoozed_at', 'is', null);
const among = (ids: readonly string[]) => sql<SqlBool>`id = any(${[...ids]}::uuid[])`;

/** Each walks along an index, to at most so many. */
const WALKS = {
  mine: (tx, { viewer, most }) => awake(tx, most).where('assignee_id', '=', viewer.id),
  unassigned: (tx, { most }) => awake(tx, most).where('assignee_id', 'is', null),
  mentions: (tx, { mentioned, most }) => awake(tx, most).where(among(mentioned)),
  followed: (tx, { followed, most }) => all(tx, most).where(among(followed)),
  team: (tx, { viewer, most }) => (viewer.teamIds.length > 0 ? awake(tx, most).where('team_id', 'in', viewer.teamIds) : awake(tx, most).where(sql<SqlBool>`false`)),
  active: (tx, { most }) => awake(tx, most),
  waiting: (tx, { most }) => awake(tx, most).where('queue_order', '<', FIRST_ANSWERED),
  snoozed: (tx, { most }) => all(tx, most).where('snoozed_at', 'is not', null),
  all: (tx, { most }) => sql`select id from ((${all(tx, most)}) union all (${done(tx, most)})) as kept limit ${sql.lit(most)}`,
} satisfies Record<string, (tx: Connection, picked: Picked) => Expression<unknown>>;

export type Shelf = keyof typeof WALKS;
export const SHELVES = Object.keys(WALKS) as Shelf[];

/** Which tickets are in these views of somebody, at most so many of each. */
export async function shelved(tx: Tx, viewer: Viewer, shelves: readonly Shelf[], most: number): Promise<Record<Shelf, string[]>> {
  const mentioned = shelves.includes('mentions') ? await mentionedIn(tx, [viewer.id, ...viewer.teamIds]) : [];
  const followed = shelves.includes('followed') ? await followedBy(tx, viewer.id) : [];
  const lists = shelves.map((shelf) => sql`array(${WALKS[shelf](tx, { viewer, mentioned, followed, most })}) as ${sql.ref(shelf)}`);
  const { rows } = await sql<Record<Shelf, string[]>>`select ${sql.join(lists)}`.execute(tx);
  return rows[0]!;
}
