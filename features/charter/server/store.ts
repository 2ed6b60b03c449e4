import type { Tx } from '../../../platform/db/db.ts';
import { CharterLine, type CharterInput } from '../core/contract.ts';

export type StoredCharter = CharterInput & { readonly updatedAt: Date };

export async function findCharter(tx: Tx, workspaceId: string): Promise<StoredCharter | undefined> {
  const row = await tx.selectFrom('charters').select(['published', 'figures', 'intro', 'limits', 'lines', 'updated_at as updatedAt']).where('workspace_id', '=', workspaceId).executeTakeFirst();
  return row && { ...row, intro: row.intro as CharterInput['intro'], limits: row.limits as CharterInput['limits'], lines: CharterLine.array().parse(row.lines) };
}

export async function saveCharter(tx: Tx, workspaceId: string, { published, figures, intro, limits, lines, updatedAt }: StoredCharter): Promise<void> {
  const row = { published, figures, intro: JSON.stringify(intro), limits: JSON.stringify(limits), lines: JSON.stringify(lines), updated_at: updatedAt };
  await tx.insertInto('charters').values({ workspace_id: workspaceId, ...row }).onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(row)).execute();
}
