import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';

export type CategoryTexts = Partial<Record<Language, { name: string; description: string }>>;
export type Category = { id: string; parentId: string | null; place: number; texts: CategoryTexts };

export const categories = (tx: Tx, workspaceId: string): Promise<(Category & { articles: number })[]> =>
  tx.selectFrom('article_categories as c').select(['c.id', 'c.parent_id as parentId', 'c.place', 'c.texts'])
    .select(sql<number>`(select count(*) from articles a where a.workspace_id = c.workspace_id and a.category_id = c.id)`.as('articles'))
    .where('c.workspace_id', '=', workspaceId).orderBy('c.place').orderBy('c.created_at').$castTo<Category & { articles: number }>().execute();

export const findCategory = (tx: Tx, workspaceId: string, id: string): Promise<Category | undefined> =>
  tx.selectFrom('article_categories').select(['id', 'parent_id as parentId', 'place', 'texts']).where('workspace_id', '=', workspaceId).where('id', '=', id).forUpdate().$castTo<Category>().executeTakeFirst();

export async function saveCategory(tx: Tx, workspaceId: string, { id, parentId, place, texts }: Category, at: Date): Promise<void> {
  const row = { parent_id: parentId, place, texts: JSON.stringify(texts), updated_at: at };
  await tx.insertInto('article_categories').values({ workspace_id: workspaceId, id, created_at: at, ...row }).onConflict((conflict) => conflict.columns(['workspace_id', 'id']).doUpdateSet(row)).execute();
}

/** False when something is in it. */
export async function isEmptyCategory(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select 1 from articles where workspace_id = ${workspaceId} and category_id = ${id})
    and not exists (select 1 from article_categories where workspace_id = ${workspaceId} and parent_id = ${id}) as empty`.execute(tx);
  return rows[0]?.empty === true;
}

export const deleteCategory = (tx: Tx, workspaceId: string, id: string) =>
  tx.deleteFrom('article_categories').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').executeTakeFirst();
