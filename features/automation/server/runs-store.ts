import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Test } from '../../conditions/core/condition.ts';
import type { EventName } from '../core/causes.ts';
import type { Effect, RuleRunView } from '../core/contract.ts';

export type Run = {
  readonly id: string; readonly ruleId: string; readonly ruleVersion: number; readonly ticketId: string; readonly cause: string; readonly event: EventName | null;
  readonly dueAt: Date | null; readonly late: boolean; readonly depth: number; readonly outcome: RuleRunView['outcome']; readonly held: readonly Test[]; readonly at: Date;
};
type Done = { readonly effects: readonly Effect[]; readonly seqFrom: number };

/** False when the rule has run for this cause already. Another transaction that is just doing so is waited for. */
export async function beginRun(tx: Tx, workspaceId: string, run: Run): Promise<boolean> {
  const inserted = await tx.insertInto('rule_runs').values({
    workspace_id: workspaceId, id: run.id, rule_id: run.ruleId, rule_version: run.ruleVersion, ticket_id: run.ticketId, cause: run.cause, event: run.event, due_at: run.dueAt,
    late: run.late, depth: run.depth, outcome: run.outcome, held: JSON.stringify(run.held), at: run.at,
  }).onConflict((conflict) => conflict.columns(['workspace_id', 'rule_id', 'ticket_id', 'cause']).doNothing()).returning('id').executeTakeFirst();
  return inserted !== undefined;
}

/** What the ticket's log got since `seqFrom` is its doing: whoever writes there holds the ticket. */
export async function endRun(tx: Tx, { id, ticketId }: Pick<Run, 'id' | 'ticketId'>, { effects, seqFrom }: Done): Promise<void> {
  await tx.updateTable('rule_runs').set((e) => ({
    effects: JSON.stringify(effects), seq_from: seqFrom,
    seq_to: e.selectFrom('events').select('seq').where('ticket_id', '=', ticketId).orderBy('seq', 'desc').limit(1),
  })).where('id', '=', id).execute();
}

/** Whether the rule has dealt with this cause on the ticket. */
export const hasRun = async (tx: Tx, ruleId: string, ticketId: string, cause: string): Promise<boolean> =>
  await tx.selectFrom('rule_runs').select('id').where('rule_id', '=', ruleId).where('ticket_id', '=', ticketId).where('cause', '=', cause).executeTakeFirst() !== undefined;

/** Whether it has said something to the customer of a ticket since then. */
export const hasRepliedSince = async (tx: Tx, ruleId: string, ticketId: string, since: Date): Promise<boolean> =>
  await tx.selectFrom('rule_runs').select('id').where('rule_id', '=', ruleId).where('ticket_id', '=', ticketId).where('at', '>', since)
    .where(sql<boolean>`effects @> '[{"type":"reply","effect":"changes"}]'`).limit(1).executeTakeFirst() !== undefined;

/** The latest event of a ticket: what comes after it in this transaction is the transaction's own. */
export const latestSeq = async (tx: Tx, ticketId: string): Promise<number> =>
  (await tx.selectFrom('events').select('seq').where('ticket_id', '=', ticketId).orderBy('seq', 'desc').limit(1).executeTakeFirst())?.seq ?? 0;

/** The run that made an event; undefined for one that no rule made. */
export const runBehind = (tx: Tx, ticketId: string, seq: number): Promise<{ cause: string; depth: number } | undefined> =>
  tx.selectFrom('rule_runs').select(['cause', 'depth']).where('ticket_id', '=', ticketId).where('seq_from', '<', seq).where('seq_to', '>=', seq).limit(1).executeTakeFirst();

/** How often it ran since then, up to `most`. */
export async function ranSince(tx: Tx, ruleId: string, since: Date, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from (
    select from rule_runs where rule_id = ${ruleId} and at > ${since} and outcome in ('ran', 'failed') limit ${most}) as lately`.execute(tx);
  return rows[0]?.count ?? 0;
}

export const wasStoppedSince = async (tx: Tx, ruleId: string, since: Date, outcome: 'limited' | 'looped'): Promise<boolean> =>
  await tx.selectFrom('rule_runs').select('id').where('rule_id', '=', ruleId).where('at', '>', since).where('outcome', '=', outcome).limit(1).executeTakeFirst() !== undefined;

export type ShownRun = Run & {
  readonly effects: Effect[]; readonly ruleName: string; readonly isRemoved: boolean; readonly number: number; readonly subject: string;
};

export const runPage = (tx: Tx, { ticketId, ruleId }: { ticketId?: string; ruleId?: string }, limit: number, before: readonly [at: string, id: string] | null): Promise<ShownRun[]> =>
  tx.selectFrom('rule_runs as r')
    .innerJoin('rules as u', (join) => join.onRef('u.workspace_id', '=', 'r.workspace_id').onRef('u.id', '=', 'r.rule_id'))
    .innerJoin('tickets as t', (join) => join.onRef('t.workspace_id', '=', 'r.workspace_id').onRef('t.id', '=', 'r.ticket_id'))
    .select(['r.id', 'r.rule_id as ruleId', 'r.rule_version as ruleVersion', 'r.ticket_id as ticketId', 'r.cause', 'r.event', 'r.due_at as dueAt', 'r.late', 'r.depth', 'r.outcome', 'r.held', 'r.effects', 'r.at'])
    .select([sql<string>`u.definition ->> 'name'`.as('ruleName'), sql<boolean>`u.removed_at is not null`.as('isRemoved'), 't.number', 't.subject'])
    .$if(ticketId !== undefined, (q) => q.where('r.ticket_id', '=', ticketId!)).$if(ruleId !== undefined, (q) => q.where('r.rule_id', '=', ruleId!))
    .$if(before !== null, (q) => q.where(sql<boolean>`(r.at, r.id) < (${before?.[0] ?? null}::timestamptz, ${before?.[1] ?? null}::uuid)`))
    .orderBy('r.at', 'desc').orderBy('r.id', 'desc').limit(limit).$castTo<ShownRun>().execute();

/** Tags, subjects and values of fields are words of people: what runs on these tickets changed of them is no longer said. */
export async function forgetWords(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  await sql`update rule_runs r set effects = (
      select jsonb_agg(case when e.effect ->> 'type' in ('add_tags', 'remove_tags', 'set_subject', 'set_field') then e.effect || '{"from": null, "to": null}' else e.effect end order by e.n)
      from jsonb_array_elements(r.effects) with ordinality as e (effect, n))
    where r.ticket_id = any(${[...ticketIds]}::uuid[]) and jsonb_array_length(r.effects) > 0`.execute(tx);
}

// Follow-ups -----------------------------------------------------------------------------------------------------------

export type FollowUp = { readonly id: string; readonly ruleId: string; readonly ticketId: string; readonly text: string; readonly dueAt: Date };

export async function insertFollowUp(tx: Tx, workspaceId: string, { id, ruleId, ticketId, text, dueAt }: FollowUp, at: Date): Promise<void> {
  await tx.insertInto('rule_follow_ups').values({ workspace_id: workspaceId, id, rule_id: ruleId, ticket_id: ticketId, text, due_at: dueAt, created_at: at }).execute();
}

/** Of every workspace, the longest due first. */
export const dueFollowUps = (owner: Database['owner'], now: Date, limit: number) =>
  owner.selectFrom('rule_follow_ups').select(['workspace_id as workspaceId', 'id', 'ticket_id as ticketId']).where('done_at', 'is', null).where('due_at', '<=', now).orderBy('due_at').limit(limit).execute();

/** Done by whoever gets it. */
export const claimFollowUp = (tx: Tx, id: string, at: Date): Promise<FollowUp | undefined> =>
  tx.updateTable('rule_follow_ups').set({ done_at: at }).where('id', '=', id).where('done_at', 'is', null)
    .returning(['id', 'rule_id as ruleId', 'ticket_id as ticketId', 'text', 'due_at as dueAt']).executeTakeFirst();
