import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Work } from '../core/contract.ts';
import { rememberGiven } from './return-store.ts';

export type StoredAbsence = { readonly id: string; readonly personId: string; readonly deputyId: string | null; readonly from: Date; readonly to: Date; readonly reason: string; readonly lookAt: Date | null; /** Without a known end. */ readonly isOpen: boolean; readonly work: Work | null; readonly createdAt: Date };
const absences = (tx: Tx) => tx.selectFrom('absences').select(['id', 'person_id as personId', 'deputy_id as deputyId', 'from_at as from', 'to_at as to', 'reason', 'look_at as lookAt', 'is_open as isOpen', 'work', 'created_at as createdAt']).$narrowType<{ work: Work | null }>();
export const findAbsence = (tx: Tx, id: string): Promise<StoredAbsence | undefined> => absences(tx).where('id', '=', id).forUpdate().executeTakeFirst();
export const absencesPage = (tx: Tx, { now, personId, deputyId, limit, after }: { now: Date; personId: string | undefined; deputyId: string | undefined; limit: number; after: readonly [string, string] | null }): Promise<StoredAbsence[]> =>
  absences(tx).where('to_at', '>', now).$if(personId !== undefined, (q) => q.where('person_id', '=', personId!)).$if(deputyId !== undefined, (q) => q.where('deputy_id', '=', deputyId!))
    .$if(after !== null, (q) => q.where(sql<boolean>`(to_at, id) > (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`)).orderBy('to_at').orderBy('id').limit(limit).execute();
export async function insertAbsence(tx: Tx, workspaceId: string, { id, personId, deputyId, from, to, reason, lookAt, isOpen, work, createdAt }: StoredAbsence, by: string): Promise<void> {
  await tx.insertInto('absences').values({ workspace_id: workspaceId, id, person_id: personId, deputy_id: deputyId, from_at: from, to_at: to, reason, look_at: lookAt, is_open: isOpen, work, created_by: by, created_at: createdAt }).execute();
}
export async function saveLookAt(tx: Tx, id: string, lookAt: Date | null): Promise<void> {
  await tx.updateTable('absences').set({ look_at: lookAt }).where('id', '=', id).execute();
}
export async function deleteAbsence(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('absences').where('id', '=', id).execute();
}
/** Whoever sends the same person away waits until this is over. */
export const lockAbsences = (tx: Tx, workspaceId: string, personId: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`absences ${workspaceId} ${personId}`}, 0))`.execute(tx);
export const isAway = async (tx: Tx, personId: string, now: Date): Promise<boolean> =>
  (await tx.selectFrom('absences').select('id').where('person_id', '=', personId).where('from_at', '<=', now).where('to_at', '>', now).where('back_at', 'is', null).limit(1).executeTakeFirst()) !== undefined;

/** It is over from now on; what a deputy has is looked through at once. */
export async function endAbsence(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('absences').set({ to_at: at, look_at: at, is_open: false }).where('id', '=', id).execute();
}

/** Of these people, those who are absent and have not come back, with the deputy who is there in their place. */
export async function deputiesOf(tx: Tx, personIds: readonly string[], now: Date): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<{ personId: string; deputyId: string }>`
    select distinct on (a.person_id) a.person_id as "personId", a.deputy_id as "deputyId" from absences a
    left join presences r on r.workspace_id = a.workspace_id and r.person_id = a.person_id
    where a.person_id = any(${[...personIds]}::uuid[]) and a.from_at <= ${now} and a.to_at > ${now} and a.deputy_id is not null and (r.since is null or r.since <= a.from_at)
      and not exists (select from absences d where d.workspace_id = a.workspace_id and d.person_id = a.deputy_id and d.from_at <= ${now} and d.to_at > ${now} and d.back_at is null)
    order by a.person_id, a.from_at`.execute(tx);
  return new Map(rows.map(({ personId, deputyId }) => [personId, deputyId]));
}

/** A deputy has these tickets for somebody absent. Those that they had as somebody's deputy themself stay that somebody's. */
export async function saveStandIns(tx: Tx, workspaceId: string, ticketIds: readonly string[], { absenceId, from, deputyId, at }: { absenceId: string; from: string; deputyId: string; at: Date }): Promise<void> {
  await sql`insert into stand_ins as s (workspace_id, ticket_id, absence_id, deputy_id, at)
    select ${workspaceId}, id, ${absenceId}, ${deputyId}, ${at} from unnest(${[...ticketIds]}::uuid[]) as id
    on conflict (workspace_id, ticket_id) do update set deputy_id = excluded.deputy_id, at = excluded.at, absence_id = case when s.deputy_id = ${from} then s.absence_id else excluded.absence_id end`.execute(tx);
  await rememberGiven(tx, workspaceId, absenceId, ticketIds);
}

export const standInsOf = (tx: Tx, absenceId: string, limit: number): Promise<{ ticketId: string; deputyId: string }[]> =>
  tx.selectFrom('stand_ins').select(['ticket_id as ticketId', 'deputy_id as deputyId']).where('absence_id', '=', absenceId).orderBy('ticket_id').limit(limit).execute();

export async function deleteStandIns(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length > 0) await tx.deleteFrom('stand_ins').where('ticket_id', 'in', ticketIds).execute();
}
