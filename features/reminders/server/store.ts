import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Move } from '../../tickets/core/merging.ts';

export type StoredReminder = { readonly id: string; readonly ticketId: string; readonly personId: string; readonly madeBy: string; readonly note: string; readonly dueAt: Date; readonly toldAt: Date | null; readonly doneAt: Date | null };
export type ShownReminder = StoredReminder & { readonly number: number; readonly subject: string; readonly personName: string; readonly madeByName: string };
type Which = { readonly id: string } | { readonly ticketId: string } | { readonly personId: string; readonly dueBy: Date | null };

export async function insertReminder(tx: Tx, workspaceId: string, { id, ticketId, personId, madeBy, note, dueAt }: StoredReminder, at: Date): Promise<void> {
  await tx.insertInto('reminders').values({ workspace_id: workspaceId, id, ticket_id: ticketId, person_id: personId, made_by: madeBy, note, due_at: dueAt, made_at: at }).execute();
}

/** Locked. */
export const lockReminder = (tx: Tx, id: string): Promise<StoredReminder | undefined> =>
  tx.selectFrom('reminders').select(['id', 'ticket_id as ticketId', 'person_id as personId', 'made_by as madeBy', 'note', 'due_at as dueAt', 'told_at as toldAt', 'done_at as doneAt']).where('id', '=', id).forUpdate().executeTakeFirst();

export async function markTold(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('reminders').set({ told_at: at }).where('id', '=', id).execute();
}

export async function markDone(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('reminders').set({ done_at: at }).where('id', '=', id).execute();
}

const whereOf = (which: Which) => {
  if ('id' in which) return sql`r.id = ${which.id}`;
  if ('ticketId' in which) return sql`r.done_at is null and r.ticket_id = ${which.ticketId}`;
  return which.dueBy === null ? sql`r.done_at is null and r.person_id = ${which.personId}` : sql`r.done_at is null and r.person_id = ${which.personId} and r.due_at <= ${which.dueBy}`;
};

/** What lies on deleted tickets is not shown. */
export async function shownReminders(tx: Tx, which: Which, limit: number, after: readonly [at: string, id: string] | null): Promise<ShownReminder[]> {
  const { rows } = await sql<ShownReminder>`
    select r.id, r.ticket_id as "ticketId", r.person_id as "personId", r.made_by as "madeBy", r.note, r.due_at as "dueAt", r.told_at as "toldAt", r.done_at as "doneAt",
      t.number, t.subject, p.name as "personName", b.name as "madeByName"
    from reminders r join tickets t on t.workspace_id = r.workspace_id and t.id = r.ticket_id and t.phase in ('active', 'done')
    join people p on p.workspace_id = r.workspace_id and p.id = r.person_id join people b on b.workspace_id = r.workspace_id and b.id = r.made_by
    where ${whereOf(which)} ${after ? sql`and (r.due_at, r.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)` : sql``}
    order by r.due_at, r.id limit ${limit}`.execute(tx);
  return rows;
}

export async function countOpen(tx: Tx, which: Exclude<Which, { readonly id: string }>, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from (select 1 from reminders r where ${whereOf(which)} limit ${most}) as capped`.execute(tx);
  return Number(rows[0]!.n);
}

export type DueReminder = { readonly workspaceId: string; readonly id: string };
/** Looks across workspaces. What lies on a deleted ticket waits until that is restored. */
export const dueReminders = async (owner: Connection, at: Date, limit: number): Promise<DueReminder[]> =>
  (await sql<DueReminder>`select r.workspace_id as "workspaceId", r.id from reminders r join tickets t on t.workspace_id = r.workspace_id and t.id = r.ticket_id and t.phase in ('active', 'done')
    where r.told_at is null and r.done_at is null and r.due_at <= ${at} order by r.due_at limit ${limit}`.execute(owner)).rows;

export async function moveAlong(tx: Tx, _workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update reminders set ticket_id = ${to}, path = path || ${mergeId}::uuid where ticket_id = ${from}`.execute(tx);
}

export async function moveBack(tx: Tx, _workspaceId: string, { from, to, mergeId }: Move): Promise<void> {
  await sql`update reminders set ticket_id = ${to}, path = trim_array(path, 1) where ticket_id = ${from} and path[cardinality(path)] = ${mergeId}::uuid`.execute(tx);
}

/** Takes passages out of the notes; answers the ids of what holds words. */
export async function strikeWords(tx: Tx, ticketIds: readonly string[], strike: (text: string) => string): Promise<string[]> {
  const rows = await tx.selectFrom('reminders').select(['id', 'note']).where('ticket_id', 'in', ticketIds).execute();
  for (const { id, note } of rows) if (strike(note) !== note) await tx.updateTable('reminders').set({ note: strike(note) }).where('id', '=', id).execute();
  return rows.map(({ id }) => id);
}
