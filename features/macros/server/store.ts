import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/db.ts';
import type { MacroAction } from '../core/actions.ts';

export type SavedReply = {
  id: string; name: string; teamId: string | null; folder: string; attachmentIds: string[]; variants: Partial<Record<string, string>>; actions: MacroAction[]; usedCount: number; lastUsedAt: Date | null; createdAt: Date; updatedAt: Date;
};
const columns = ['id', 'name', 'team_id as teamId', 'folder', 'attachment_ids as attachmentIds', 'variants', 'actions', 'used_count as usedCount', 'last_used_at as lastUsedAt', 'created_at as createdAt', 'updated_at as updatedAt'] as const;

/** By folder and name; those of everybody and of the given teams. */
export const savedReplies = (tx: Tx, { teamIds, q, limit, after }: { teamIds: readonly string[] | null; q: string; limit: number; after: readonly [folder: string, name: string, id: string] | null }): Promise<SavedReply[]> => {
  let query = tx.selectFrom('saved_replies').select(columns).orderBy('folder').orderBy('name').orderBy('id').limit(limit);
  if (teamIds !== null) query = query.where((e) => e.or([e('team_id', 'is', null), ...(teamIds.length > 0 ? [e('team_id', 'in', teamIds)] : [])]));
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  if (q !== '') query = query.where((e) => e.or([e('name', 'ilike', like), e('folder', 'ilike', like)]));
  if (after) query = query.where(sql<boolean>`(folder, name, id) > (${after[0]}, ${after[1]}, ${after[2]}::uuid)`);
  return query.$castTo<SavedReply>().execute();
};

export const findSavedReply = (tx: Tx, id: string): Promise<SavedReply | undefined> =>
  tx.selectFrom('saved_replies').select(columns).where('id', '=', id).$castTo<SavedReply>().executeTakeFirst();

const row = (reply: SavedReply) => ({ name: reply.name, team_id: reply.teamId, folder: reply.folder, attachment_ids: reply.attachmentIds, variants: JSON.stringify(reply.variants), actions: JSON.stringify(reply.actions), updated_at: reply.updatedAt });

export async function insertSavedReply(tx: Tx, workspaceId: string, reply: SavedReply): Promise<void> {
  await tx.insertInto('saved_replies').values({ workspace_id: workspaceId, id: reply.id, ...row(reply), created_at: reply.createdAt }).execute();
}

export async function updateSavedReply(tx: Tx, reply: SavedReply): Promise<void> {
  await tx.updateTable('saved_replies').set(row(reply)).where('id', '=', reply.id).execute();
}

/** The last thing in its transaction: whoever uses the same one waits for its end. */
export async function countUse(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.updateTable('saved_replies').set({ used_count: sql`used_count + 1`, last_used_at: at }).where('id', '=', id).execute();
}

export const deleteSavedReply = (tx: Tx, id: string) => tx.deleteFrom('saved_replies').where('id', '=', id).returning('attachment_ids as attachmentIds').executeTakeFirst();
