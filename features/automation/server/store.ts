import { sql } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import type { Action } from '../core/actions.ts';
import type { RuleRunView, Trigger } from '../core/contract.ts';

/** What a rule does, as it was read and checked; kept as a whole, version by version. */
export type Definition = {
  readonly name: string; readonly description: string; readonly trigger: Trigger; readonly conditions: Condition; readonly calendarId: string | null;
  readonly actions: readonly Action[]; readonly hourlyLimit: number; readonly includeExisting: boolean;
  /** Absent in what was kept before there were rules of teams. */
  readonly teamId?: string | null;
};
export type Rule = {
  readonly id: string; readonly position: number; readonly enabled: boolean; readonly definition: Definition; readonly version: number; readonly readyMade: string | null;
  /** Of a rule on time that is on. */
  readonly lookAt: Date | null;
  readonly createdAt: Date; readonly updatedAt: Date;
};
/** As it is shown: `place` is 1 for the first that runs. */
export type ShownRule = Rule & { readonly place: number; readonly lastRun: { readonly at: string; readonly outcome: RuleRunView['outcome'] } | null; readonly ranLately: number };
type Lately = { readonly since: Date; readonly most: number };

const columns = ['id', 'position', 'enabled', 'definition', 'version', 'ready_made as readyMade', 'look_at as lookAt', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

const rules = (tx: Tx) => tx.selectFrom('rules').select(columns).where('removed_at', 'is', null).$castTo<Rule>();

/** Rules of one workspace are changed one after the other: places follow from each other. */
export const lockRules = (tx: Tx, workspaceId: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`rules ${workspaceId}`}, 0))`.execute(tx);

export const rulesInOrder = (tx: Tx, limit: number): Promise<Rule[]> => rules(tx).orderBy('position').orderBy('id').limit(limit).execute();
export const enabledRules = (tx: Tx, limit: number): Promise<Rule[]> => rules(tx).where('enabled', '=', true).orderBy('position').orderBy('id').limit(limit).execute();

const shown = (tx: Tx, { since, most }: Lately) =>
  rules(tx).select(sql<number>`(select count(*) from rules before
      where before.workspace_id = rules.workspace_id and before.removed_at is null and (before.position, before.id) <= (rules.position, rules.id))`.as('place'))
    .select(sql<ShownRule['lastRun']>`(select jsonb_build_object('at', r.at, 'outcome', r.outcome) from rule_runs r
      where r.workspace_id = rules.workspace_id and r.rule_id = rules.id order by r.at desc, r.id desc limit 1)`.as('lastRun'))
    .select(sql<number>`(select count(*) from (select from rule_runs r where r.workspace_id = rules.workspace_id and r.rule_id = rules.id and r.at > ${since}
      and r.outcome in ('ran', 'failed') limit ${most}) as lately)`.as('ranLately')).$castTo<ShownRule>();

export const rulePage = (tx: Tx, limit: number, after: readonly [position: number, id: string] | null, lately: Lately): Promise<ShownRule[]> =>
  shown(tx, lately).$if(after !== null, (q) => q.where(sql<boolean>`(position, id) > (${after?.[0] ?? 0}::bigint, ${after?.[1] ?? null}::uuid)`))
    .orderBy('position').orderBy('id').limit(limit).execute();

export const findShown = (tx: Tx, id: string, lately: Lately): Promise<ShownRule | undefined> => shown(tx, lately).where('id', '=', id).executeTakeFirst();

export const noSuchRule = (): AppError => new AppError('not_found', 'rule.not_found', 'There is no such rule.');

export const findRule = (tx: Tx, id: string): Promise<Rule | undefined> => rules(tx).where('id', '=', id).executeTakeFirst();

export async function requireRule(tx: Tx, id: string): Promise<Rule> {
  const rule = await findRule(tx, id);
  if (!rule) throw noSuchRule();
  return rule;
}

/** As it is at this moment, and so for the rest of the transaction: whoever switches it off waits, or is seen here. */
export const holdRule = (tx: Tx, id: string): Promise<Rule | undefined> => rules(tx).where('id', '=', id).forShare().executeTakeFirst();

const rowOf = ({ id, position, enabled, definition, version, readyMade, lookAt, updatedAt }: Rule) => ({
  id, position, enabled, kind: definition.trigger.on, definition: JSON.stringify(definition), version, calendar_id: definition.calendarId, ready_made: readyMade,
  look_at: lookAt, updated_at: updatedAt,
});

export async function insertRules(tx: Tx, workspaceId: string, given: readonly Rule[], by: string | null): Promise<void> {
  if (given.length === 0) return;
  await tx.insertInto('rules').values(given.map((rule) => ({ workspace_id: workspaceId, created_at: rule.createdAt, ...rowOf(rule) }))).execute();
  await tx.insertInto('rule_versions').values(given.map((rule) => versionRow(workspaceId, rule, by))).execute();
}

const versionRow = (workspaceId: string, { id, version, definition, updatedAt }: Rule, by: string | null) =>
  ({ workspace_id: workspaceId, rule_id: id, version, definition: JSON.stringify(definition), changed_by: by, changed_at: updatedAt });

export async function saveRule(tx: Tx, workspaceId: string, before: Rule, after: Rule, by: string): Promise<void> {
  await tx.updateTable('rules').set(rowOf(after)).where('id', '=', after.id).execute();
  if (after.version > before.version) await tx.insertInto('rule_versions').values(versionRow(workspaceId, after, by)).execute();
}

export async function removeRule(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('rules').set({ removed_at: at, enabled: false, look_at: null, calendar_id: null, ready_made: null, updated_at: at }).where('id', '=', id).execute();
}

export async function savePlaces(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`update rules set position = wanted.place from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, place) where rules.id = wanted.id`.execute(tx);
}

export type Version = { version: number; definition: Definition; changedAt: Date; changedBy: string | null; changedByName: string | null };
export const versionsOf = (tx: Tx, ruleId: string, limit: number, before: number | null): Promise<Version[]> =>
  tx.selectFrom('rule_versions as v')
    .leftJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'v.workspace_id').onRef('p.id', '=', 'v.changed_by'))
    .select(['v.version', 'v.definition', 'v.changed_at as changedAt', 'v.changed_by as changedBy', 'p.name as changedByName']).where('v.rule_id', '=', ruleId)
    .$if(before !== null, (q) => q.where('v.version', '<', before!)).orderBy('v.version', 'desc').limit(limit).$castTo<Version>().execute();

export const findVersion = async (tx: Tx, ruleId: string, version: number): Promise<Definition | undefined> =>
  (await tx.selectFrom('rule_versions').select('definition').where('rule_id', '=', ruleId).where('version', '=', version).executeTakeFirst())?.definition as Definition | undefined;

/** True for whoever is the first to do it. */
export async function claimReadyMade(tx: Tx, workspaceId: string, number: number): Promise<boolean> {
  const { rows } = await sql`insert into rule_sets (workspace_id, ready_made) values (${workspaceId}, ${number})
    on conflict (workspace_id) do update set ready_made = excluded.ready_made where rule_sets.ready_made < excluded.ready_made returning workspace_id`.execute(tx);
  return rows.length > 0;
}

// Rules on time ------------------------------------------------------------------------------------------------------

/** Rules on time of every workspace that are to look again, the longest overdue first. */
export const rulesToLook = (owner: Database['owner'], now: Date, limit: number) =>
  owner.selectFrom('rules').select(['workspace_id as workspaceId', 'id', 'look_at as lookAt']).where('look_at', '<=', now).orderBy('look_at').limit(limit)
    .$castTo<{ workspaceId: string; id: string; lookAt: Date }>().execute();

/** Takes the look of this moment for oneself; false when another process has. */
export const claimLook = async (tx: Tx, id: string, was: Date, next: Date): Promise<boolean> =>
  (await tx.updateTable('rules').set({ look_at: next }).where('id', '=', id).where('look_at', '=', was).executeTakeFirst()).numUpdatedRows > 0n;

export async function lookAgain(tx: Tx, ids: readonly string[], at: Date): Promise<void> {
  if (ids.length > 0) await tx.updateTable('rules').set({ look_at: at }).where('id', 'in', ids).where('look_at', 'is not', null).execute();
}

/** How far a rule came with one of its ages, among the tickets that keep these hours. */
export type Reached = { readonly number: number; readonly calendar: string; readonly at: Date; readonly id: string };
export const reachedOf = (tx: Tx, ruleId: string): Promise<Reached[]> =>
  tx.selectFrom('rule_ages').select(['number', 'calendar_id as calendar', 'reached_at as at', 'reached_id as id']).where('rule_id', '=', ruleId).execute();

export async function saveReached(tx: Tx, workspaceId: string, ruleId: string, reached: readonly Reached[]): Promise<void> {
  if (reached.length === 0) return;
  await tx.insertInto('rule_ages').values(reached.map(({ number, calendar, at, id }) => ({ workspace_id: workspaceId, rule_id: ruleId, number, calendar_id: calendar, reached_at: at, reached_id: id })))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'rule_id', 'number', 'calendar_id']).doUpdateSet((e) => ({ reached_at: e.ref('excluded.reached_at'), reached_id: e.ref('excluded.reached_id') }))).execute();
}

export const forgetReached = (tx: Tx, ruleId: string) => tx.deleteFrom('rule_ages').where('rule_id', '=', ruleId).execute();

/**
 * Other tickets keep other hours from now on: each rule goes on from where it had come with the slowest of them. What it has
 * done already it does not do again.
 */
export async function reachedTogether(tx: Tx, workspaceId: string, shared: string): Promise<void> {
  await sql`with gone as (delete from rule_ages where workspace_id = ${workspaceId} returning rule_id, number, reached_at, reached_id)
    insert into rule_ages (workspace_id, rule_id, number, calendar_id, reached_at, reached_id)
    select distinct on (rule_id, number) ${workspaceId}::uuid, rule_id, number, ${shared}::uuid, reached_at, reached_id from gone order by rule_id, number, reached_at, reached_id
    on conflict do nothing`.execute(tx);
}

export async function putOff(tx: Tx, workspaceId: string, ruleId: string, ticketId: string, { dueAt, calendar }: { dueAt: Date; calendar: string }): Promise<void> {
  await tx.insertInto('rule_later').values({ workspace_id: workspaceId, rule_id: ruleId, ticket_id: ticketId, due_at: dueAt, calendar_id: calendar })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'rule_id', 'ticket_id']).doUpdateSet({ calendar_id: calendar })).execute();
}

/** What waited for hours that are closed now is left out; what waited for those of a calendar that nobody keeps any more is not. */
export const putOffUntilNow = (tx: Tx, ruleId: string, closed: readonly string[], limit: number) =>
  tx.selectFrom('rule_later').select(['ticket_id as ticketId', 'due_at as dueAt', 'calendar_id as calendar']).where('rule_id', '=', ruleId)
    .$if(closed.length > 0, (query) => query.where('calendar_id', 'not in', closed)).orderBy('due_at').orderBy('ticket_id').limit(limit).execute();

export const noLonger = (tx: Tx, ruleId: string, ticketId: string) =>
  tx.deleteFrom('rule_later').where('rule_id', '=', ruleId).where('ticket_id', '=', ticketId).execute();
