import { sql } from 'kysely';
import type { Connection, Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Action, Target } from '../core/contract.ts';
import type { Heard } from '../core/facts.ts';
import { HEARD } from '../core/facts.ts';
import type { Sheet } from '../core/sheet.ts';

// Policies --------------------------------------------------------------------------------------------------------

export type StoredPolicy = {
  readonly id: string; readonly name: string; readonly calendarId: string | null; readonly conditions: Condition | null;
  readonly targets: readonly Target[]; readonly actions: readonly Action[]; readonly place: number; readonly enabled: boolean;
  readonly readyMade: string | null; readonly version: number; readonly createdAt: Date; readonly updatedAt: Date;
};

const columns = [
  'id', 'name', 'calendar_id as calendarId', 'conditions', 'targets', 'actions', 'place', 'enabled', 'ready_made as readyMade', 'version',
  'created_at as createdAt', 'updated_at as updatedAt',
] as const;

/** All of them, in the order in which they are tried; there are a hundred at most. */
export const policiesOf = (tx: Tx, workspaceId: string): Promise<StoredPolicy[]> =>
  tx.selectFrom('sla_policies').select(columns).where('workspace_id', '=', workspaceId).orderBy('place').orderBy('id').$castTo<StoredPolicy>().execute();

const contentOf = ({ name, calendarId, conditions, targets, actions, place, enabled, version, updatedAt }: StoredPolicy) => ({
  name, calendar_id: calendarId, conditions: conditions && JSON.stringify(conditions), targets: JSON.stringify(targets), actions: JSON.stringify(actions),
  place, enabled, version, updated_at: updatedAt,
});

export async function insertPolicies(tx: Tx, workspaceId: string, policies: readonly StoredPolicy[]): Promise<void> {
  await tx.insertInto('sla_policies')
    .values(policies.map((policy) => ({ workspace_id: workspaceId, id: policy.id, ready_made: policy.readyMade, created_at: policy.createdAt, ...contentOf(policy) }))).execute();
}

export async function savePolicy(tx: Tx, workspaceId: string, policy: StoredPolicy): Promise<void> {
  await tx.updateTable('sla_policies').set(contentOf(policy)).where('workspace_id', '=', workspaceId).where('id', '=', policy.id).execute();
}

export async function placePolicies(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`update sla_policies p set place = o.place from unnest(${[...ids]}::uuid[]) with ordinality as o (id, place)
    where p.workspace_id = ${workspaceId} and p.id = o.id`.execute(tx);
}

export async function deletePolicy(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.deleteFrom('sla_policies').where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

// Versions of what is promised ------------------------------------------------------------------------------------

export type RulesRow = { readonly begun: boolean; readonly version: number; readonly trustedFrom: number; readonly swept: number; readonly sweeping: number | null; readonly sweepAfter: string | null };

const rulesColumns = ['begun', 'version', 'trusted_from as trustedFrom', 'swept', 'sweeping', sql<string | null>`sweep_after #>> '{}'`.as('sweepAfter')] as const;

export const rulesRow = (tx: Tx, workspaceId: string): Promise<RulesRow | undefined> =>
  tx.selectFrom('sla_rules').select(rulesColumns).where('workspace_id', '=', workspaceId).executeTakeFirst();

/** Locked; undefined when another process has it. */
export const lockRulesRow = (tx: Tx, workspaceId: string): Promise<RulesRow | undefined> =>
  tx.selectFrom('sla_rules').select(rulesColumns).where('workspace_id', '=', workspaceId).forUpdate().skipLocked().executeTakeFirst();

/** True for whoever begins: they bring the ready-made policies too. */
export async function beginRules(tx: Tx, workspaceId: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx.insertInto('sla_rules').values({ workspace_id: workspaceId })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ begun: true }).where('sla_rules.begun', '=', false)).executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

export async function raiseRules(tx: Tx, workspaceId: string, { distrust }: { distrust: boolean }): Promise<void> {
  await sql`update sla_rules set version = version + 1 ${distrust ? sql`, trusted_from = version + 1` : sql``} where workspace_id = ${workspaceId}`.execute(tx);
}

/** One writer of policies at a time in a workspace: their order is a matter of all of them. */
export async function lockPolicies(tx: Tx, workspaceId: string): Promise<void> {
  await tx.selectFrom('sla_rules').select('version').where('workspace_id', '=', workspaceId).forUpdate().execute();
}

export async function saveSweep(tx: Tx, workspaceId: string, { version, after }: { version: number; after: string | null }): Promise<void> {
  await tx.updateTable('sla_rules').set(after === null ? { swept: version, sweeping: null, sweep_after: null } : { sweeping: version, sweep_after: JSON.stringify(after) })
    .where('workspace_id', '=', workspaceId).execute();
}

export const staleWorkspaces = async (connection: Connection, limit: number): Promise<string[]> =>
  (await sql<{ id: string }>`select * from sla_stale(${limit}) as id`.execute(connection)).rows.map(({ id }) => id);

// Sheets ----------------------------------------------------------------------------------------------------------

export type SheetRow = { readonly ticketId: string; readonly sheet: Sheet; readonly rules: number; readonly policyId: string | null; readonly calendarId: string | null; readonly dueAt: Date | null; readonly recheckAt: Date | null };

export const sheetsOf = (tx: Tx, workspaceId: string, ticketIds: readonly string[]): Promise<SheetRow[]> =>
  tx.selectFrom('sla_sheets').select(['ticket_id as ticketId', 'sheet', 'rules', 'policy_id as policyId', 'calendar_id as calendarId', 'due_at as dueAt', 'recheck_at as recheckAt'])
    .where('workspace_id', '=', workspaceId).where(sql<boolean>`ticket_id = any(${[...ticketIds]}::uuid[])`).$castTo<SheetRow>().execute();

export type SheetToSave = { readonly ticketId: string; readonly sheet: Sheet; readonly policyId: string | null; readonly calendarId: string | null; readonly nextAt: Date | null; readonly dueAt: Date | null; readonly recheckAt: Date | null };

/** All at once. Answers which version of the rules holds now: sheets that were read by another one are read again. */
export async function saveSheets(tx: Tx, workspaceId: string, rules: number, sheets: readonly SheetToSave[]): Promise<number> {
  const time = (date: Date | null) => date?.toISOString() ?? null;
  const { rows } = await sql<{ version: number }>`
    insert into sla_sheets (workspace_id, ticket_id, policy_id, calendar_id, sheet, rules, next_at, due_at, recheck_at)
    select ${workspaceId}::uuid, s.ticket_id, s.policy_id, s.calendar_id, s.sheet, ${rules}::bigint, s.next_at, s.due_at, s.recheck_at
    from unnest(${sheets.map((s) => s.ticketId)}::uuid[], ${sheets.map((s) => s.policyId)}::uuid[], ${sheets.map((s) => s.calendarId)}::uuid[], ${sheets.map((s) => JSON.stringify(s.sheet))}::text[]::jsonb[],
      ${sheets.map((s) => time(s.nextAt))}::timestamptz[], ${sheets.map((s) => time(s.dueAt))}::timestamptz[], ${sheets.map((s) => time(s.recheckAt))}::timestamptz[]) as s (ticket_id, policy_id, calendar_id, sheet, next_at, due_at, recheck_at)
    on conflict (workspace_id, ticket_id) do update
      set policy_id = excluded.policy_id, calendar_id = excluded.calendar_id, sheet = excluded.sheet, rules = excluded.rules, next_at = excluded.next_at, due_at = excluded.due_at, recheck_at = excluded.recheck_at
    returning (select version from sla_rules where workspace_id = ${workspaceId}::uuid) as version`.execute(tx);
  return rows[0]?.version ?? rules;
}

export const dueSheets = async (connection: Connection, now: Date, limit: number): Promise<{ workspaceId: string; ticketId: string; nextAt: Date }[]> =>
  (await sql<{ workspaceId: string; ticketId: string; nextAt: Date }>`
    select workspace_id as "workspaceId", ticket_id as "ticketId", next_at as "nextAt" from sla_due(${now.toISOString()}::timestamptz, ${limit}::integer)`.execute(connection)).rows;

/** Read in pages; a ticket with more than so many goes on from the clocks that it has. */
const [EVENTS_PAGE, MOST_EVENTS] = [2_500, 50_000];

/** What clocks hear of a ticket, in the order in which it happened; before `seq` when that is given. Null: too much to go through. */
export async function heardOf(tx: Tx, workspaceId: string, ticketId: string, before: number | null): Promise<Heard[] | null> {
  const all: Heard[] = [];
  for (let after = 0; ;) {
    const rows = await tx.selectFrom('events').select(['seq', 'type', 'subject_id as subjectId', 'at', 'data', 'actor_kind', 'actor_id'])
      .where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId).where('type', 'in', HEARD).where('seq', '>', after)
      .$if(before !== null, (query) => query.where('seq', '<', before!))
      .orderBy('seq').limit(EVENTS_PAGE).execute();
    all.push(...rows.map(({ actor_kind: kind, actor_id: id, data, ...row }) => ({ ...row, data: data as Heard['data'], actor: { kind, id } })));
    if (rows.length < EVENTS_PAGE) return all;
    if (all.length >= MOST_EVENTS) return null;
    after = rows.at(-1)!.seq;
  }
}

// Flags -----------------------------------------------------------------------------------------------------------

export type FlagRow = {
  readonly id: string; readonly kind: 'holding_replies' | 'repeated_snoozes'; readonly count: number; readonly at: Date; readonly ticketId: string;
  readonly number: number; readonly subject: string; readonly personId: string | null; readonly personName: string | null;
};

/** One of a kind for each ticket until somebody has looked at it; it counts on. */
export async function saveFlag(tx: Tx, workspaceId: string, flag: { id: string; ticketId: string; kind: FlagRow['kind']; personId: string | null; count: number; at: Date }): Promise<void> {
  const { personId: person_id, count, at } = flag;
  await tx.insertInto('sla_flags').values({ workspace_id: workspaceId, id: flag.id, ticket_id: flag.ticketId, kind: flag.kind, person_id, count, at })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'ticket_id', 'kind']).where('reviewed_at', 'is', null).doUpdateSet({ person_id, count, at })).execute();
}

export const flagPage = (tx: Tx, workspaceId: string, limit: number, after: readonly [at: string, id: string] | null): Promise<FlagRow[]> =>
  tx.selectFrom('sla_flags as f')
    .innerJoin('tickets as t', (j) => j.onRef('t.workspace_id', '=', 'f.workspace_id').onRef('t.id', '=', 'f.ticket_id'))
    .leftJoin('people as p', (j) => j.onRef('p.workspace_id', '=', 'f.workspace_id').onRef('p.id', '=', 'f.person_id'))
    .select(['f.id', 'f.kind', 'f.count', 'f.at', 'f.ticket_id as ticketId', 't.number', 't.subject', 'f.person_id as personId', 'p.name as personName'])
    .where('f.workspace_id', '=', workspaceId).where('f.reviewed_at', 'is', null)
    .$if(after !== null, (query) => query.where(sql<boolean>`(f.at, f.id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('f.at', 'desc').orderBy('f.id', 'desc').limit(limit).execute() as Promise<FlagRow[]>;

export async function settleFlag(tx: Tx, workspaceId: string, id: string, by: string, at: Date): Promise<string | null> {
  const row = await tx.updateTable('sla_flags').set({ reviewed_at: at, reviewed_by: by })
    .where('workspace_id', '=', workspaceId).where('id', '=', id).where('reviewed_at', 'is', null).returning('ticket_id').executeTakeFirst();
  return row?.ticket_id ?? null;
}
