import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';

export type NewIncident = {
  id: string; ticketId: string; entryId: string; subject: string; reached: readonly string[]; withheld: readonly string[]; note: string;
  sentAt: Date | null; reportedBy: string; reportedAt: Date; correctionMailId: string | null;
};

/** False when this mail was reported before. */
export async function insertIncident(tx: Tx, workspaceId: string, one: NewIncident): Promise<boolean> {
  const inserted = await tx.insertInto('mail_incidents').values({
    workspace_id: workspaceId, id: one.id, ticket_id: one.ticketId, entry_id: one.entryId, subject: one.subject, reached: [...one.reached], withheld: [...one.withheld],
    note: one.note, sent_at: one.sentAt, reported_by: one.reportedBy, reported_at: one.reportedAt, correction_mail_id: one.correctionMailId,
  }).onConflict((conflict) => conflict.columns(['workspace_id', 'entry_id']).doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

const incidents = (tx: Tx, workspaceId: string) => tx.selectFrom('mail_incidents as i')
  .innerJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'i.workspace_id').onRef('p.id', '=', 'i.reported_by'))
  .innerJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'i.workspace_id').onRef('t.id', '=', 'i.ticket_id'))
  .select([
    'i.id', 'i.ticket_id as ticketId', 't.number as ticketNumber', 'i.entry_id as entryId', 'i.subject', 'i.reached', 'i.withheld', 'i.note', 'i.sent_at as sentAt',
    'i.reported_by as reporterId', 'p.name as reporterName', 'i.reported_at as reportedAt', sql<boolean>`i.correction_mail_id is not null`.as('hasCorrection'),
  ]).where('i.workspace_id', '=', workspaceId);

export type IncidentRow = Awaited<ReturnType<typeof incidentsPage>>[number];

/** Newest first. */
export function incidentsPage(tx: Tx, workspaceId: string, limit: number, before: readonly [at: string, id: string] | null) {
  let query = incidents(tx, workspaceId);
  if (before) query = query.where(sql<boolean>`(i.reported_at, i.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('i.reported_at', 'desc').orderBy('i.id', 'desc').limit(limit).execute();
}

export const incidentOf = (tx: Tx, workspaceId: string, id: string) => incidents(tx, workspaceId).where('i.id', '=', id).executeTakeFirstOrThrow();
