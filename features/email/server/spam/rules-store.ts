import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/db.ts';
import type { NamedSender, SenderVerdict } from '../../core/spam/senders.ts';

export type RuleRow = NamedSender & { readonly id: string; readonly reason: string; readonly createdAt: Date; readonly authorId: string | null; readonly authorName: string | null };

const rules = (tx: Tx, workspaceId: string) =>
  tx.selectFrom('sender_rules as r').leftJoin('people as p', (join) => join.onRef('p.workspace_id', '=', 'r.workspace_id').onRef('p.id', '=', 'r.created_by'))
    .select(['r.id', 'r.kind', 'r.value', 'r.reason', 'r.created_at as createdAt', 'p.id as authorId', 'p.name as authorName']).where('r.workspace_id', '=', workspaceId);

/** Newest first; `part` narrows to senders that contain it. */
export async function rulePage(tx: Tx, workspaceId: string, { verdict, part, limit, before }: {
  verdict: SenderVerdict; part: string; limit: number; before: readonly [createdAt: string, id: string] | null;
}): Promise<RuleRow[]> {
  let query = rules(tx, workspaceId).where('r.verdict', '=', verdict);
  if (part !== '') query = query.where(sql<boolean>`position(${part} in r.value) > 0`);
  if (before) query = query.where(sql<boolean>`(r.created_at, r.id) < (${before[0]}::timestamptz, ${before[1]}::uuid)`);
  return query.orderBy('r.created_at', 'desc').orderBy('r.id', 'desc').limit(limit).execute();
}

export const ruleById = (tx: Tx, workspaceId: string, id: string): Promise<RuleRow> => rules(tx, workspaceId).where('r.id', '=', id).executeTakeFirstOrThrow();

export const ruleCount = async (tx: Tx, workspaceId: string): Promise<number> =>
  (await tx.selectFrom('sender_rules').select((e) => e.fn.countAll<number>().as('count')).where('workspace_id', '=', workspaceId).executeTakeFirstOrThrow()).count;

/** What was said before about the same sender gives way. */
export async function saveRule(tx: Tx, workspaceId: string, rule: NamedSender & { id: string; verdict: SenderVerdict; reason: string; createdBy: string; at: Date }): Promise<string> {
  const said = { verdict: rule.verdict, reason: rule.reason, created_by: rule.createdBy, created_at: rule.at };
  const { id } = await tx.insertInto('sender_rules').values({ workspace_id: workspaceId, id: rule.id, kind: rule.kind, value: rule.value, ...said })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'value']).doUpdateSet(said)).returning('id').executeTakeFirstOrThrow();
  return id;
}

export const deleteRule = async (tx: Tx, workspaceId: string, id: string, verdict: SenderVerdict): Promise<boolean> =>
  await tx.deleteFrom('sender_rules').where('workspace_id', '=', workspaceId).where('id', '=', id).where('verdict', '=', verdict).returning('id').executeTakeFirst() !== undefined;
