import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Reason } from '../core/reasons.ts';
import type { RoutingSettings } from '../core/contract.ts';

export const settingsRow = async (tx: Tx): Promise<{ settings: Partial<RoutingSettings>; version: number } | undefined> =>
  tx.selectFrom('routing_settings').select(['settings', 'version']).$castTo<{ settings: Partial<RoutingSettings>; version: number }>().executeTakeFirst();

export async function saveSettings(tx: Tx, workspaceId: string, settings: RoutingSettings): Promise<void> {
  const text = JSON.stringify(settings);
  await tx.insertInto('routing_settings').values({ workspace_id: workspaceId, settings: text, version: 0 })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ settings: text })).execute();
}

/** Queues or skills changed: the open tickets that nobody has are to follow. One writer at a time. */
export async function nextVersion(tx: Tx, workspaceId: string): Promise<void> {
  await tx.insertInto('routing_settings').values({ workspace_id: workspaceId, version: 1 })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ version: sql`routing_settings.version + 1` })).execute();
}

export const lockSweep = (tx: Tx): Promise<{ version: number; swept: number; sweeping: number | null; after: string | null } | undefined> =>
  tx.selectFrom('routing_settings').select(['version', 'swept', 'sweeping', 'sweep_after as after']).forUpdate().skipLocked().executeTakeFirst();

export async function saveSweep(tx: Tx, given: { swept: number } | { sweeping: number; sweep_after: string }): Promise<void> {
  await tx.updateTable('routing_settings').set('swept' in given ? { swept: given.swept, sweeping: null, sweep_after: null } : given).execute();
}

/** Of people, skills and teams alike. */
export async function namesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const wanted = sql`any(${[...ids]}::uuid[])`;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from people where id = ${wanted} union all select id, name from skills where id = ${wanted} union all select id, name from teams where id = ${wanted}`.execute(tx);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export type LogLine = { readonly id: string; readonly ticketId: string; readonly queueId: string | null; readonly personId: string | null; readonly at: Date; readonly late?: boolean; readonly why: readonly Reason[] };

export async function writeLog(tx: Tx, workspaceId: string, lines: readonly LogLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx.insertInto('routing_log').values(lines.map(({ id, ticketId, queueId, personId, at, late = false, why }) => ({
    workspace_id: workspaceId, id, ticket_id: ticketId, queue_id: queueId, person_id: personId, at, late, why: JSON.stringify(why),
  }))).execute();
}

export const logOf = (tx: Tx, ticketId: string, limit: number) =>
  tx.selectFrom('routing_log as l').leftJoin('queues as q', (j) => j.onRef('q.workspace_id', '=', 'l.workspace_id').onRef('q.id', '=', 'l.queue_id'))
    .select(['l.id', 'l.queue_id as queueId', 'q.name as queueName', 'l.person_id as personId', 'l.at', 'l.late', 'l.why'])
    .where('l.ticket_id', '=', ticketId).orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(limit).execute();

/** One process at a time gives out in a workspace; false: another one is at it. */
export async function mayGiveOut(tx: Tx, workspaceId: string): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`routing ${workspaceId}`}, 0)) as mine`.execute(tx);
  return rows[0]?.mine === true;
}
