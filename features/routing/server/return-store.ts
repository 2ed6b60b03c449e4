import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

/** Of what somebody carries; more is nobody's day. */
const MOST_REMEMBERED = 2_000;

/** What they have as they go. */
export async function rememberTickets(tx: Tx, workspaceId: string, absenceId: string, personId: string): Promise<void> {
  await sql`insert into absence_tickets (workspace_id, absence_id, ticket_id)
    select ${workspaceId}, ${absenceId}, id from tickets where assignee_id = ${personId} and phase = 'active' limit ${MOST_REMEMBERED} on conflict do nothing`.execute(tx);
}

/** What goes to their deputy while they are gone. */
export async function rememberGiven(tx: Tx, workspaceId: string, absenceId: string, ticketIds: readonly string[]): Promise<void> {
  await sql`insert into absence_tickets (workspace_id, absence_id, ticket_id) select ${workspaceId}, ${absenceId}, id from unnest(${[...ticketIds]}::uuid[]) as id on conflict do nothing`.execute(tx);
}

/** They said before its end that they are there, which ends what had no end; answers of which absences. */
export async function markBack(tx: Tx, personId: string, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`update absences set back_at = ${at}, is_open = false, to_at = case when is_open then ${at} else to_at end, look_at = case when is_open then ${at} else look_at end
    where person_id = ${personId} and from_at < ${at} and to_at > ${at} and back_at is null returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

export type PastAbsence = { readonly id: string; readonly personId: string; readonly deputyId: string | null; readonly from: Date; readonly to: Date; /** At its end, or before. */ readonly backAt: Date; readonly reason: string; readonly seenAt: Date | null };
const BACK_AT = sql<Date>`least(back_at, to_at)`;
const past = (tx: Tx, personId: string, now: Date) => tx.selectFrom('absences')
  .select(['id', 'person_id as personId', 'deputy_id as deputyId', 'from_at as from', 'to_at as to', 'reason', 'seen_at as seenAt', BACK_AT.as('backAt')])
  .where('person_id', '=', personId).where((e) => e.or([e('to_at', '<=', now), e('back_at', '<=', now)]));

export const findPast = (tx: Tx, personId: string, id: string, now: Date): Promise<PastAbsence | undefined> => past(tx, personId, now).where('id', '=', id).executeTakeFirst();

/** The latest first. `unseenSince`: those not put away of which they are back since then. */
export const pastPage = (tx: Tx, personId: string, { now, unseenSince, limit, after }: { now: Date; unseenSince: Date | null; limit: number; after: readonly [string, string] | null }): Promise<PastAbsence[]> =>
  past(tx, personId, now).$if(unseenSince !== null, (q) => q.where('seen_at', 'is', null).where(BACK_AT, '>', unseenSince))
    .$if(after !== null, (q) => q.where(sql<boolean>`(to_at, id) < (${after?.[0] ?? null}::timestamptz, ${after?.[1] ?? null}::uuid)`)).orderBy('to_at', 'desc').orderBy('id', 'desc').limit(limit).execute();

export async function markSeen(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('absences').set({ seen_at: at }).where('id', '=', id).where('seen_at', 'is', null).execute();
}
