import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { foldedText } from '../../../platform/search/stems.ts';
import type { CategoryCreate, CategoryPatch, CategoryView, KnowledgeSettings, SynonymCreate, SynonymView } from '../core/contract.ts';
import { categories, deleteCategory, findCategory, isEmptyCategory, saveCategory, type Category, type CategoryTexts } from './categories-store.ts';
import type { Context } from './context.ts';
import { deleteSynonyms, hideOverdueDays, insertSynonyms, saveHideOverdueDays, synonymsOf } from './search-store.ts';

const MOST_CATEGORIES = 200;
const MOST_SYNONYMS = 500;

/** Categories, words of one meaning, and what search leaves out. */
export function createArranging({ work, now, changed }: Context) {
  const missing = () => new AppError('not_found', 'article_category.not_found', 'There is no such category.');

  /** Two levels, no circle. */
  async function checkParent(tx: Tx, workspaceId: string, id: string, parentId: string | null): Promise<void> {
    if (parentId === null) return;
    const all = await categories(tx, workspaceId);
    const parent = all.find((one) => one.id === parentId);
    if (!parent) throw new AppError('invalid', 'article_category.unknown_parent', 'There is no such category.');
    if (parentId === id || parent.parentId !== null || all.some((one) => one.parentId === id)) {
      throw new AppError('invalid', 'article_category.too_deep', 'A section lies in a category and has no sections of its own.');
    }
  }

  const view = async (tx: Tx, workspaceId: string, id: string): Promise<CategoryView> => (await categories(tx, workspaceId)).map(present).find((one) => one.id === id)!;

  return {
    categories: (actor: Actor): Promise<{ items: CategoryView[] }> =>
      work(actor, 'articles.read', async (tx) => ({ items: (await categories(tx, actor.workspaceId)).map(present) })),

    createCategory: (actor: Actor, { parentId = null, texts, place }: z.infer<typeof CategoryCreate>): Promise<CategoryView> =>
      work(actor, 'articles.publish', async (tx) => {
        const all = await categories(tx, actor.workspaceId);
        if (all.length >= MOST_CATEGORIES) throw new AppError('conflict', 'article_category.too_many', `There can be ${MOST_CATEGORIES} categories and sections.`);
        const id = newId();
        await checkParent(tx, actor.workspaceId, id, parentId);
        const category: Category = { id, parentId, texts: texts as CategoryTexts, place: place ?? Math.max(0, ...all.map((one) => one.place)) + 1 };
        await saveCategory(tx, actor.workspaceId, category, now());
        await changed(tx, actor, 'knowledge.changed', id);
        return view(tx, actor.workspaceId, id);
      }),

    changeCategory: (actor: Actor, id: string, patch: z.infer<typeof CategoryPatch>): Promise<CategoryView> =>
      work(actor, 'articles.publish', async (tx) => {
        const before = await findCategory(tx, actor.workspaceId, id);
        if (!before) throw missing();
        if (patch.parentId !== undefined) await checkParent(tx, actor.workspaceId, id, patch.parentId);
        const after: Category = { ...before, parentId: patch.parentId === undefined ? before.parentId : patch.parentId, texts: (patch.texts as CategoryTexts | undefined) ?? before.texts, place: patch.place ?? before.place };
        await saveCategory(tx, actor.workspaceId, after, now());
        await changed(tx, actor, 'knowledge.changed', id);
        return view(tx, actor.workspaceId, id);
      }),

    removeCategory: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'articles.publish', async (tx) => {
        if (!await findCategory(tx, actor.workspaceId, id)) throw missing();
        if (!await isEmptyCategory(tx, actor.workspaceId, id)) throw new AppError('conflict', 'article_category.in_use', 'Move its articles and sections elsewhere first.');
        await deleteCategory(tx, actor.workspaceId, id);
        await changed(tx, actor, 'knowledge.changed', id);
      }),

    synonyms: (actor: Actor): Promise<Page<SynonymView>> =>
      work(actor, 'articles.read', async (tx) => ({ items: await synonymsOf(tx, actor.workspaceId), nextCursor: null })),

    addSynonyms: (actor: Actor, { language, words }: z.infer<typeof SynonymCreate>): Promise<SynonymView> =>
      work(actor, 'articles.publish', async (tx) => {
        const distinct = [...new Map(words.map((word) => [foldedText(word), word.toLowerCase()])).values()];
        if (distinct.length < 2) throw new AppError('invalid', 'article_synonyms.one_word', 'Give at least two different words.');
        if ((await synonymsOf(tx, actor.workspaceId)).length >= MOST_SYNONYMS) throw new AppError('conflict', 'article_synonyms.too_many', `There can be ${MOST_SYNONYMS} groups of words.`);
        const group: SynonymView = { id: newId(), language, words: distinct };
        await insertSynonyms(tx, actor.workspaceId, group, now());
        await changed(tx, actor, 'knowledge.changed', group.id);
        return group;
      }),

    removeSynonyms: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'articles.publish', async (tx) => {
        if (!await deleteSynonyms(tx, actor.workspaceId, id)) throw new AppError('not_found', 'article_synonyms.not_found', 'There is no such group of words.');
        await changed(tx, actor, 'knowledge.changed', id);
      }),

    knowledgeSettings: (actor: Actor): Promise<KnowledgeSettings> =>
      work(actor, 'articles.read', async (tx) => ({ hideOverdueDays: await hideOverdueDays(tx, actor.workspaceId) })),

    changeKnowledgeSettings: (actor: Actor, { hideOverdueDays: days }: KnowledgeSettings): Promise<KnowledgeSettings> =>
      work(actor, 'articles.publish', async (tx) => {
        await saveHideOverdueDays(tx, actor.workspaceId, days);
        await changed(tx, actor, 'knowledge.changed', actor.workspaceId);
        return { hideOverdueDays: days };
      }),
  };
}

const present = ({ id, parentId, place, texts, articles }: Category & { articles: number }): CategoryView => ({ id, parentId, place, texts: texts as CategoryView['texts'], articles });
