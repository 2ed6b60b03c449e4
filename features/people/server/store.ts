import { sql, type ExpressionBuilder } from 'kysely';
import type { Schema } from '../../../db/types.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { emailKey } from '../core/address.ts';
import type { Person } from '../core/person.ts';

export type NameCursor = { readonly name: string; readonly id: string };
export type NewPerson = Omit<Person, 'teamIds' | 'deactivatedAt'> & {
  readonly passwordHash: string | null; readonly invitedAt: Date | null;
};

const columns = (eb: ExpressionBuilder<Schema, 'people'>) => [
  'people.id', 'people.email', 'people.name', 'people.role', 'people.language', 'people.theme',
  'people.joined_at as joinedAt', 'people.deactivated_at as deactivatedAt', 'people.created_at as createdAt',
  sql<string[]>`array(${eb.selectFrom('team_members').select('team_members.team_id')
    .whereRef('team_members.workspace_id', '=', 'people.workspace_id').whereRef('team_members.person_id', '=', 'people.id')
    .orderBy('team_members.team_id')})`.as('teamIds'),
] as const;

export const findPerson = (tx: Tx, id: string): Promise<Person | undefined> =>
  tx.selectFrom('people').select(columns).where('id', '=', id).executeTakeFirst();

export const lockPerson = (tx: Tx, id: string): Promise<Person | undefined> =>
  tx.selectFrom('people').select(columns).where('id', '=', id).forUpdate().executeTakeFirst();

export const findPeople = (tx: Tx, ids: readonly string[]): Promise<Person[]> =>
  ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('people').select(columns).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute();

export const findPersonByEmail = (tx: Tx, email: string): Promise<Person | undefined> =>
  tx.selectFrom('people').select(columns).where('email_key', '=', emailKey(email)).executeTakeFirst();

export const colleagues = (tx: Tx): Promise<{ id: string; name: string; email: string }[]> =>
  tx.selectFrom('people').select(['id', 'name', 'email']).where('deactivated_at', 'is', null).orderBy('id').execute();

/** The secret beside the person; locked, so that it cannot change before what was proved by it is written. */
export const lockPassword = (tx: Tx, id: string): Promise<{ hash: string | null } | undefined> =>
  tx.selectFrom('people').select('password_hash as hash').where('id', '=', id).where('deactivated_at', 'is', null)
    .forUpdate().executeTakeFirst();

/** Everybody, by name; deactivated people included, since their names stand in tickets. */
export const peoplePage = (tx: Tx, { limit, after, q }: { limit: number; after: NameCursor | null; q: string | undefined }): Promise<(Person & { nameKey: string })[]> =>
  tx.selectFrom('people').select(columns).select(sql<string>`lower(name)`.as('nameKey'))
    .$if(after !== null, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.name ?? ''}, ${after?.id ?? null}::uuid)`))
    .$if(q !== undefined && q !== '', (query) => query.where((eb) => eb.or([
      eb('name', 'ilike', contains(q ?? '')), eb('email_key', 'like', contains(emailKey(q ?? ''))),
    ])))
    .orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();

const contains = (text: string): string => `%${text.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;

/** False when somebody in the workspace has the address already. */
export async function insertPerson(tx: Tx, workspaceId: string, person: NewPerson): Promise<boolean> {
  const inserted = await tx.insertInto('people').values({
    workspace_id: workspaceId, id: person.id, email: person.email, email_key: emailKey(person.email), name: person.name,
    role: person.role, language: person.language, theme: person.theme, password_hash: person.passwordHash,
    invited_at: person.invitedAt, joined_at: person.joinedAt, created_at: person.createdAt,
  }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

export async function savePerson(tx: Tx, { id, name, role, language, theme }: Person): Promise<void> {
  await tx.updateTable('people').set({ name, role, language, theme }).where('id', '=', id).execute();
}

export async function saveInvited(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('people').set({ invited_at: at }).where('id', '=', id).execute();
}

export async function saveJoined(tx: Tx, { id, name, language, passwordHash, at }: {
  id: string; name: string; language: Person['language']; passwordHash: string; at: Date;
}): Promise<void> {
  await tx.updateTable('people').set({ name, language, password_hash: passwordHash, joined_at: at }).where('id', '=', id).execute();
}

export async function savePassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
  await tx.updateTable('people').set({ password_hash: passwordHash }).where('id', '=', id).execute();
}

export async function saveDeactivation(tx: Tx, id: string, deactivation: { at: Date; by: string } | null): Promise<void> {
  await tx.updateTable('people').set({ deactivated_at: deactivation?.at ?? null, deactivated_by: deactivation?.by ?? null })
    .where('id', '=', id).execute();
}

/** Everybody who could run the workspace alone, locked, so that two owners cannot leave at the same moment. */
export async function lockOwners(tx: Tx): Promise<string[]> {
  const owners = await tx.selectFrom('people').select('id').where('role', '=', 'owner')
    .where('joined_at', 'is not', null).where('deactivated_at', 'is', null).orderBy('id').forUpdate().execute();
  return owners.map(({ id }) => id);
}

/** Who leads a team, or the workspace where the team has no lead or there is none: at most a hundred. */
export async function whoLeads(tx: Tx, teamId: string | null): Promise<string[]> {
  const leading = await tx.selectFrom('people').select('id').where('joined_at', 'is not', null).where('deactivated_at', 'is', null).where('role', '=', 'lead')
    .where((e) => e.exists(e.selectFrom('team_members as m').select('m.team_id').whereRef('m.workspace_id', '=', 'people.workspace_id')
      .whereRef('m.person_id', '=', 'people.id').where('m.team_id', '=', teamId))).orderBy('id').limit(100).execute();
  const found = leading.length > 0 ? leading : await tx.selectFrom('people').select('id').where('joined_at', 'is not', null).where('deactivated_at', 'is', null)
    .where('role', 'in', ['owner', 'admin', 'lead']).orderBy('id').limit(100).execute();
  return found.map(({ id }) => id);
}
