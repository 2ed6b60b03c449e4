import { sql, type SqlBool } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import { MOST_FOLLOWED } from '../core/followers.ts';

/** Who follows a ticket, as part of its row. */
export const followersOf = sql<string[]>`array(select f.person_id from ticket_followers f where f.workspace_id = tickets.workspace_id and f.ticket_id = tickets.id)`;

/** Whether one of these people follows it: the tickets of theirs are looked up once, however many are tested. */
export const followedByAny = (personIds: readonly string[]) =>
  sql<SqlBool>`tickets.id in (select f.ticket_id from ticket_followers f where f.person_id = any(${[...personIds]}::uuid[]))`;

/** False when they do so already. */
export const putFollower = async (tx: Tx, workspaceId: string, ticketId: string, personId: string, at: Date): Promise<boolean> =>
  (await tx.insertInto('ticket_followers').values({ workspace_id: workspaceId, ticket_id: ticketId, person_id: personId, followed_at: at })
    .onConflict((conflict) => conflict.doNothing()).returning('person_id').execute()).length > 0;

export const dropFollower = async (tx: Tx, ticketId: string, personId: string): Promise<boolean> =>
  (await tx.deleteFrom('ticket_followers').where('ticket_id', '=', ticketId).where('person_id', '=', personId).returning('person_id').execute()).length > 0;

export const countFollowers = async (tx: Tx, ticketId: string): Promise<number> =>
  Number((await tx.selectFrom('ticket_followers').select(sql<number>`count(*)`.as('count')).where('ticket_id', '=', ticketId).executeTakeFirstOrThrow()).count);

export const namedFollowers = (tx: Tx, ticketId: string): Promise<{ id: string; name: string }[]> =>
  tx.selectFrom('ticket_followers as f').innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'f.workspace_id').onRef('p.id', '=', 'f.person_id'))
    .select(['p.id', 'p.name']).where('f.ticket_id', '=', ticketId).orderBy('p.name').orderBy('p.id').limit(100).execute();

/** The tickets that somebody follows, the latest thousand. */
export const followedBy = async (tx: Tx, personId: string): Promise<string[]> =>
  (await tx.selectFrom('ticket_followers').select('ticket_id as id').where('person_id', '=', personId).orderBy('followed_at', 'desc').limit(MOST_FOLLOWED).execute()).map(({ id }) => id);

/** Whoever follows what was merged away follows where it goes on. */
export async function joinFollowers(tx: Tx, workspaceId: string, { sourceId, targetId, mergeId, at }: { sourceId: string; targetId: string; mergeId: string; at: Date }): Promise<void> {
  await sql`insert into ticket_followers (workspace_id, person_id, ticket_id, followed_at, merge_id)
    select ${workspaceId}, person_id, ${targetId}, ${at}, ${mergeId} from ticket_followers where ticket_id = ${sourceId} on conflict do nothing`.execute(tx);
}

export async function unjoinFollowers(tx: Tx, targetId: string, mergeId: string): Promise<void> {
  await tx.deleteFrom('ticket_followers').where('ticket_id', '=', targetId).where('merge_id', '=', mergeId).execute();
}
