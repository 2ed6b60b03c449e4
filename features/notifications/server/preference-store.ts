import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Kind, Preference } from '../core/kinds.ts';
import { USUAL_DAILY_AT, type Pace, type Times } from '../core/times.ts';

type Said = Preference & { readonly personId: string; readonly kind: Kind };

/** What these people said, about one kind or about all. */
export const preferencesOf = (tx: Tx, workspaceId: string, personIds: readonly string[], kind?: Kind): Promise<Said[]> =>
  tx.selectFrom('notice_preferences').select(['person_id as personId', 'kind', 'bell', 'mail', 'push']).where('workspace_id', '=', workspaceId).where('person_id', 'in', personIds)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!)).$castTo<Said>().execute();

export async function savePreference(tx: Tx, workspaceId: string, personId: string, kind: Kind, { bell, mail, push }: Preference): Promise<void> {
  await tx.insertInto('notice_preferences').values({ workspace_id: workspaceId, person_id: personId, kind, bell, mail, push })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id', 'kind']).doUpdateSet({ bell, mail, push })).execute();
}

/** As it is kept; a zone of one's own, or null for the workspace's. */
export type StoredTimes = { readonly timeZone: string | null; readonly dailyAt: number; readonly quiet: Times['quiet'] };

type Row = { readonly personId: string; readonly timeZone: string | null; readonly zone: string; readonly dailyAt: number; readonly from: number | null; readonly to: number | null; readonly urgent: boolean };

/** When each of these people wants to be written to. */
export async function timesOf(tx: Tx, workspaceId: string, personIds: readonly string[]): Promise<Map<string, Times & StoredTimes>> {
  if (personIds.length === 0) return new Map();
  const { rows } = await sql<Row>`
    select p.id as "personId", s.time_zone as "timeZone", coalesce(s.time_zone, w.time_zone) as zone, coalesce(s.daily_at, ${USUAL_DAILY_AT}) as "dailyAt",
      s.quiet_from as "from", s.quiet_to as "to", coalesce(s.quiet_urgent, true) as urgent
    from people p join workspaces w on w.id = p.workspace_id left join notice_times s on s.workspace_id = p.workspace_id and s.person_id = p.id
    where p.workspace_id = ${workspaceId} and p.id = any(${[...personIds]}::uuid[])`.execute(tx);
  return new Map(rows.map(({ personId, timeZone, zone, dailyAt, from, to, urgent }) =>
    [personId, { timeZone, zone, dailyAt, quiet: from === null || to === null ? null : { from, to, urgent } }]));
}

export async function saveTimes(tx: Tx, workspaceId: string, personId: string, { timeZone, dailyAt, quiet }: StoredTimes): Promise<void> {
  const row = { time_zone: timeZone, daily_at: dailyAt, quiet_from: quiet?.from ?? null, quiet_to: quiet?.to ?? null, quiet_urgent: quiet?.urgent ?? true };
  await tx.insertInto('notice_times').values({ workspace_id: workspaceId, person_id: personId, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'person_id']).doUpdateSet(row)).execute();
}

/** What waits for a mail, of these kinds, waits for another moment, or for none. */
export async function retime(tx: Tx, workspaceId: string, personId: string, { kinds, urgent, mail }: { kinds: readonly Kind[]; urgent: boolean; mail: { pace: Pace; at: Date } | null }): Promise<void> {
  await tx.updateTable('notices').set(mail ? { mail_at: mail.at, pace: mail.pace } : { mail_at: null, pace: null })
    .where('workspace_id', '=', workspaceId).where('person_id', '=', personId).where('mail_at', 'is not', null).where('kind', 'in', kinds).where('urgent', '=', urgent).execute();
}
