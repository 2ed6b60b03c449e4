import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';

export type PrivacyRow = {
  readonly id: string; readonly kind: 'copy' | 'delete'; readonly ticketId: string; readonly customerId: string; readonly address: string; readonly proof: 'mail' | 'company';
  readonly askedAt: Date; readonly dueAt: Date; readonly decidedAt: Date | null; readonly decidedBy: string | null; readonly outcome: 'done' | 'refused' | null;
};

const columns = [
  'id', 'kind', 'ticket_id as ticketId', 'customer_id as customerId', 'address', 'proof', 'asked_at as askedAt', 'due_at as dueAt', 'decided_at as decidedAt', 'decided_by as decidedBy', 'outcome',
] as const;
const requests = (tx: Tx, workspaceId: string) => tx.selectFrom('privacy_requests').select(columns).where('workspace_id', '=', workspaceId).$castTo<PrivacyRow>();

export async function insertPrivacy(tx: Tx, workspaceId: string, row: Omit<PrivacyRow, 'decidedAt' | 'decidedBy' | 'outcome'>): Promise<void> {
  await tx.insertInto('privacy_requests').values({
    workspace_id: workspaceId, id: row.id, kind: row.kind, ticket_id: row.ticketId, customer_id: row.customerId, address: row.address, proof: row.proof, asked_at: row.askedAt, due_at: row.dueAt,
  }).execute();
}

export const findPrivacy = (tx: Tx, workspaceId: string, id: string): Promise<PrivacyRow | undefined> => requests(tx, workspaceId).where('id', '=', id).executeTakeFirst();
export const lockPrivacy = (tx: Tx, workspaceId: string, id: string): Promise<PrivacyRow | undefined> => requests(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();

export async function decidePrivacy(tx: Tx, workspaceId: string, id: string, { outcome, by, at }: { outcome: 'done' | 'refused'; by: string; at: Date }): Promise<void> {
  await tx.updateTable('privacy_requests').set({ outcome, decided_by: by, decided_at: at }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

type After = readonly [at: string, id: string] | null;

export const openPrivacy = (tx: Tx, workspaceId: string, limit: number, after: After): Promise<PrivacyRow[]> =>
  requests(tx, workspaceId).where('decided_at', 'is', null).$if(after !== null, (query) => query.where(sql<boolean>`(due_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('due_at').orderBy('id').limit(limit).execute();

export const decidedPrivacy = (tx: Tx, workspaceId: string, limit: number, after: After): Promise<PrivacyRow[]> =>
  requests(tx, workspaceId).where('decided_at', 'is not', null).$if(after !== null, (query) => query.where(sql<boolean>`(decided_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`))
    .orderBy('decided_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
