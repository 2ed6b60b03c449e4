import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { AuditFilter } from '../core/contract.ts';

export type LineRow = {
  seq: number; at: Date; actorKind: 'person' | 'guest' | 'system'; actorId: string | null; tokenId: string | null; address: string; operation: string;
  action: 'created' | 'changed' | 'removed' | 'used' | 'refused' | 'exported'; kind: string; thing: string; label: string; changes: Readonly<Record<string, readonly [unknown, unknown] | null>>;
};

/** Newest first. */
export async function linesOf(tx: Tx, workspaceId: string, { actor, kind, thing, from, to }: AuditFilter, limit: number, before: readonly [string, number] | null): Promise<LineRow[]> {
  let query = tx.selectFrom('audit_lines')
    .select(['seq', 'at', 'actor_kind as actorKind', 'actor_id as actorId', 'token_id as tokenId', 'address', 'operation', 'action', 'kind', 'thing', 'label', sql<LineRow['changes']>`changes`.as('changes')])
    .where('workspace_id', '=', workspaceId).orderBy('at', 'desc').orderBy('seq', 'desc').limit(limit);
  if (actor !== undefined) query = query.where('actor_id', '=', actor);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (thing !== undefined) query = query.where('thing', '=', thing);
  if (from !== undefined) query = query.where('at', '>=', new Date(from));
  if (to !== undefined) query = query.where('at', '<', new Date(to));
  if (before) query = query.where(sql<boolean>`(at, seq) < (${before[0]}::timestamptz, ${before[1]}::int8)`);
  return query.execute();
}

/** What things were called last. */
export async function labelsOf(tx: Tx, workspaceId: string, things: readonly string[]): Promise<Map<string, string>> {
  if (things.length === 0) return new Map();
  const { rows } = await sql<{ thing: string; label: string }>`
    select t.thing, l.label from unnest(${[...things]}::text[]) as t (thing)
    cross join lateral (select label from audit_lines where workspace_id = ${workspaceId} and thing = t.thing and label <> '' order by at desc, seq desc limit 1) l`.execute(tx);
  return new Map(rows.map(({ thing, label }) => [thing, label]));
}
