import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Day } from '../core/days.ts';

export type StoredDay = Day & { readonly calendarId: string };
type Row = Omit<StoredDay, 'source'> & { readonly sourceDate: string | null; readonly sourceFrom: string | null };

const columns = [
  'calendar_id as calendarId', 'id', 'date', 'name', 'names', 'hours', 'closed_from as closedFrom', 'source_date as sourceDate', 'source_from as sourceFrom', 'removed', 'changed_at as changedAt',
] as const;
const selected = (tx: Tx, workspaceId: string) => tx.selectFrom('calendar_days').select(columns).where('workspace_id', '=', workspaceId).$castTo<Row>();
const read = ({ sourceDate, sourceFrom, ...day }: Row): StoredDay => ({ ...day, source: sourceDate === null ? null : { date: sourceDate, from: sourceFrom } });

/** All of a calendar: twenty-four years of public days, and its own. */
export const daysOf = async (tx: Tx, workspaceId: string, calendarId: string): Promise<StoredDay[]> =>
  (await selected(tx, workspaceId).where('calendar_id', '=', calendarId).orderBy('date').orderBy('id').execute()).map(read);

/** One's own of whenever, and the public ones from one date to another, of several calendars. */
export const daysShown = async (tx: Tx, workspaceId: string, calendarIds: readonly string[], from: string, to: string): Promise<StoredDay[]> =>
  (await selected(tx, workspaceId).where(sql<boolean>`calendar_id = any(${[...calendarIds]}::uuid[])`)
    .where(sql<boolean>`(source_date is null or date between ${from} and ${to})`).orderBy('date').orderBy('id').execute()).map(read);

/** Those that lie in a year, and those that the data has there. */
export const daysIn = async (tx: Tx, workspaceId: string, calendarId: string, year: number): Promise<StoredDay[]> =>
  (await selected(tx, workspaceId).where('calendar_id', '=', calendarId)
    .where(sql<boolean>`(date between ${`${year}-01-01`} and ${`${year}-12-31`} or source_date between ${`${year}-01-01`} and ${`${year}-12-31`})`)
    .orderBy('date').orderBy('id').execute()).map(read);

export async function findDay(tx: Tx, workspaceId: string, calendarId: string, id: string): Promise<StoredDay | undefined> {
  const row = await selected(tx, workspaceId).where('calendar_id', '=', calendarId).where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

export const countOwnDays = async (tx: Tx, workspaceId: string, calendarId: string): Promise<number> =>
  (await tx.selectFrom('calendar_days').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).where('calendar_id', '=', calendarId)
    .where('source_date', 'is', null).executeTakeFirstOrThrow()).count;

const contentOf = ({ date, name, hours, closedFrom, removed, changedAt }: Day, by: string | null) => ({
  date, name, hours: hours && JSON.stringify(hours), closed_from: closedFrom, removed, changed_at: changedAt, changed_by: by,
});

export async function insertDays(tx: Tx, workspaceId: string, calendarId: string, days: readonly Day[], by: string | null): Promise<void> {
  if (days.length === 0) return;
  await tx.insertInto('calendar_days').values(days.map((day) => ({
    workspace_id: workspaceId, calendar_id: calendarId, id: day.id, names: day.names && JSON.stringify(day.names), source_date: day.source?.date ?? null, source_from: day.source?.from ?? null,
    ...contentOf(day, by),
  }))).execute();
}

export async function saveDay(tx: Tx, workspaceId: string, calendarId: string, day: Day, by: string | null): Promise<void> {
  await tx.updateTable('calendar_days').set(contentOf(day, by)).where('workspace_id', '=', workspaceId).where('calendar_id', '=', calendarId).where('id', '=', day.id).execute();
}

export async function deleteDays(tx: Tx, workspaceId: string, calendarId: string, ids: readonly string[]): Promise<void> {
  await tx.deleteFrom('calendar_days').where('workspace_id', '=', workspaceId).where('calendar_id', '=', calendarId).where(sql<boolean>`id = any(${[...ids]}::uuid[])`).execute();
}

export const deleteOwnDays = async (tx: Tx, workspaceId: string, calendarId: string): Promise<void> => {
  await tx.deleteFrom('calendar_days').where('workspace_id', '=', workspaceId).where('calendar_id', '=', calendarId).where('source_date', 'is', null).execute();
};

export const deletePublicDays = async (tx: Tx, workspaceId: string, calendarId: string): Promise<void> => {
  await tx.deleteFrom('calendar_days').where('workspace_id', '=', workspaceId).where('calendar_id', '=', calendarId).where('source_date', 'is not', null).execute();
};

/** Calendars whose public days end before that year, or come from another edition of the data. */
export const calendarsToFill = async (connection: Connection, until: number, edition: string, limit: number): Promise<{ workspaceId: string; id: string }[]> =>
  (await sql<{ workspaceId: string; id: string }>`
    select workspace_id as "workspaceId", id from calendars
    where observes is not null and (public_until < ${until}::bigint or public_edition <> ${edition}) order by public_until limit ${limit}::integer`.execute(connection)).rows;
