import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { NameCursor } from './store.ts';

export type Team = { readonly id: string; readonly name: string; readonly memberIds: readonly string[]; readonly reopenDays: number };

const columns = [
  'teams.id', 'teams.name', 'teams.reopen_days as reopenDays',
  sql<string[]>`array(select m.person_id from team_members m where m.workspace_id = teams.workspace_id and m.team_id = teams.id order by 1)`.as('memberIds'),
] as const;

/** Archived teams keep their names in old tickets, and are otherwise gone. */
const living = (tx: Tx) => tx.selectFrom('teams').select(columns).where('archived_at', 'is', null);

export const lockTeam = (tx: Tx, id: string): Promise<Team | undefined> =>
  living(tx).where('id', '=', id).forUpdate().executeTakeFirst();

export const findTeams = (tx: Tx, ids: readonly string[]): Promise<Team[]> =>
  ids.length === 0 ? Promise.resolve([]) : living(tx).where('id', 'in', ids).execute();

export const teamsPage = (tx: Tx, { limit, after }: { limit: number; after: NameCursor | null }): Promise<(Team & { nameKey: string })[]> =>
  living(tx).select(sql<string>`lower(name)`.as('nameKey'))
    .$if(after !== null, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.name ?? ''}, ${after?.id ?? null}::uuid)`))
    .orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();

export async function insertTeam(tx: Tx, workspaceId: string, { id, name, reopenDays, at }: { id: string; name: string; reopenDays: number; at: Date }): Promise<void> {
  await tx.insertInto('teams').values({ workspace_id: workspaceId, id, name, reopen_days: reopenDays, created_at: at }).execute();
}

export async function saveTeam(tx: Tx, { id, name, reopenDays }: Pick<Team, 'id' | 'name' | 'reopenDays'>): Promise<void> {
  await tx.updateTable('teams').set({ name, reopen_days: reopenDays }).where('id', '=', id).execute();
}

/** Nobody is in it any more: rights and lists follow from membership. */
export async function archiveTeam(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('teams').set({ archived_at: at }).where('id', '=', id).execute();
  await tx.deleteFrom('team_members').where('team_id', '=', id).execute();
}

export async function replaceMembers(tx: Tx, workspaceId: string, teamId: string, personIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('team_members').where('team_id', '=', teamId).$if(personIds.length > 0, (query) => query.where('person_id', 'not in', personIds)).execute();
  await insertMembers(tx, workspaceId, personIds.map((personId) => ({ teamId, personId })));
}

export async function replaceTeamsOf(tx: Tx, workspaceId: string, personId: string, teamIds: readonly string[]): Promise<void> {
  await tx.deleteFrom('team_members').where('person_id', '=', personId).$if(teamIds.length > 0, (query) => query.where('team_id', 'not in', teamIds)).execute();
  await insertMembers(tx, workspaceId, teamIds.map((teamId) => ({ teamId, personId })));
}

async function insertMembers(tx: Tx, workspaceId: string, members: readonly { teamId: string; personId: string }[]): Promise<void> {
  if (members.length === 0) return;
  await tx.insertInto('team_members')
    .values(members.map(({ teamId, personId }) => ({ workspace_id: workspaceId, team_id: teamId, person_id: personId })))
    .onConflict((conflict) => conflict.doNothing()).execute();
}
