import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Observed } from '../core/days.ts';
import type { Calendar } from '../core/working-time.ts';

export type StoredCalendar = Omit<Calendar, 'holidays'> & {
  readonly observes: Observed | null; readonly publicUntil: number | null; readonly publicEdition: string | null;
  readonly id: string; readonly name: string; readonly isDefault: boolean; readonly version: number; readonly createdAt: Date; readonly updatedAt: Date;
};

const columns = [
  'id', 'name', 'time_zone as timeZone', 'week', 'closures', 'observes', 'public_until as publicUntil', 'public_edition as publicEdition', 'is_default as isDefault', 'version', 'created_at as createdAt', 'updated_at as updatedAt',
] as const;
const selected = (tx: Tx) => tx.selectFrom('calendars').select(columns).$castTo<StoredCalendar>();

/** One writer at a time in a workspace: which calendar is the default is a matter of all of them. */
export async function lockCalendars(tx: Tx, workspaceId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`calendars ${workspaceId}`}, 0))`.execute(tx);
}

export const findCalendar = (tx: Tx, workspaceId: string, id: string): Promise<StoredCalendar | undefined> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('id', '=', id).executeTakeFirst();

export const defaultCalendar = (tx: Tx, workspaceId: string): Promise<StoredCalendar | undefined> =>
  selected(tx).where('workspace_id', '=', workspaceId).where('is_default', '=', true).executeTakeFirst();

/** Which content a calendar has, of an id or the default for null: as long as the version is the same, so is the time. */
export const versionOf = (tx: Tx, workspaceId: string, id: string | null): Promise<{ id: string; version: number } | undefined> =>
  tx.selectFrom('calendars').select(['id', 'version']).where('workspace_id', '=', workspaceId)
    .$if(id !== null, (query) => query.where('id', '=', id)).$if(id === null, (query) => query.where('is_default', '=', true)).executeTakeFirst();

export const calendarPage = (tx: Tx, workspaceId: string, limit: number, after: readonly [string, string] | null): Promise<(StoredCalendar & { nameKey: string })[]> =>
  selected(tx).select(sql<string>`lower(name)`.as('nameKey')).where('workspace_id', '=', workspaceId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(lower(name), id) > (${after?.[0] ?? ''}, ${after?.[1] ?? null}::uuid)`))
    .orderBy(sql`lower(name)`).orderBy('id').limit(limit).execute();

export const countCalendars = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('calendars').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count;

const contentOf = ({ name, timeZone, week, closures, observes, publicUntil, publicEdition, isDefault, version, updatedAt }: StoredCalendar) => ({
  name, time_zone: timeZone, week: JSON.stringify(week), closures: JSON.stringify(closures), observes: observes && JSON.stringify(observes), public_until: publicUntil, public_edition: publicEdition,
  is_default: isDefault, version, updated_at: updatedAt,
});

export async function insertCalendar(tx: Tx, workspaceId: string, calendar: StoredCalendar): Promise<void> {
  await tx.insertInto('calendars').values({ workspace_id: workspaceId, id: calendar.id, created_at: calendar.createdAt, ...contentOf(calendar) }).execute();
}

export async function saveCalendar(tx: Tx, workspaceId: string, calendar: StoredCalendar): Promise<void> {
  await tx.updateTable('calendars').set(contentOf(calendar)).where('workspace_id', '=', workspaceId).where('id', '=', calendar.id).execute();
}

export async function clearDefault(tx: Tx, workspaceId: string): Promise<void> {
  await tx.updateTable('calendars').set({ is_default: false }).where('workspace_id', '=', workspaceId).where('is_default', '=', true).execute();
}

export async function deleteCalendar(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('calendars').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
