import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { Policy } from '../core/approval.ts';
import type { Reviewers } from '../core/contract.ts';

const columns = ['id', 'name', 'enabled', 'conditions', 'writers', 'channels', 'reviewers', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

/** In their order. */
export const policiesOf = (tx: Tx, workspaceId: string): Promise<Policy[]> =>
  tx.selectFrom('approval_policies').select(columns).where('workspace_id', '=', workspaceId).orderBy('place').orderBy('id').$castTo<Policy>().execute();

const row = (policy: Policy) => ({
  name: policy.name, enabled: policy.enabled, conditions: policy.conditions && JSON.stringify(policy.conditions), writers: [...policy.writers], channels: [...policy.channels],
  reviewers: JSON.stringify(policy.reviewers), created_at: policy.createdAt, updated_at: policy.updatedAt,
});

export async function insertPolicy(tx: Tx, workspaceId: string, policy: Policy): Promise<void> {
  const place = sql<number>`(select coalesce(max(place), 0) + 1 from approval_policies where workspace_id = ${workspaceId})`;
  await tx.insertInto('approval_policies').values({ workspace_id: workspaceId, id: policy.id, ...row(policy), place }).execute();
}

export async function savePlaces(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<void> {
  await sql`update approval_policies p set place = wanted.place from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, place)
    where p.workspace_id = ${workspaceId} and p.id = wanted.id`.execute(tx);
}

export async function updatePolicy(tx: Tx, workspaceId: string, policy: Policy): Promise<void> {
  await tx.updateTable('approval_policies').set(row(policy)).where('workspace_id', '=', workspaceId).where('id', '=', policy.id).execute();
}

export const deletePolicy = async (tx: Tx, workspaceId: string, id: string): Promise<boolean> =>
  await tx.deleteFrom('approval_policies').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').executeTakeFirst() !== undefined;

export type Demand = { readonly id: string; readonly name: string; readonly ruleId: string | null; readonly reviewers: Reviewers };

/** Of rules, that nobody has lifted. */
export const demandsOn = (tx: Tx, workspaceId: string, ticketId: string): Promise<Demand[]> =>
  tx.selectFrom('approval_demands').select(['id', 'name', 'rule_id as ruleId', 'reviewers']).where('workspace_id', '=', workspaceId).where('ticket_id', '=', ticketId)
    .where('lifted_at', 'is', null).orderBy('set_at').orderBy('id').$castTo<Demand>().execute();

export async function insertDemand(tx: Tx, workspaceId: string, ticketId: string, demand: Demand, at: Date): Promise<void> {
  await tx.insertInto('approval_demands').values({ workspace_id: workspaceId, id: demand.id, ticket_id: ticketId, rule_id: demand.ruleId, name: demand.name, reviewers: JSON.stringify(demand.reviewers), set_at: at }).execute();
}

export async function liftDemand(tx: Tx, workspaceId: string, id: string, { by, at }: { by: string; at: Date }): Promise<void> {
  await tx.updateTable('approval_demands').set({ lifted_at: at, lifted_by: by }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}
