import { sql } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { ArticleState } from '../core/contract.ts';

export type Document = {
  articleId: string; language: Language; state: ArticleState; validFrom: Date | null; validTo: Date | null; reviewAt: Date | null; countries: readonly string[]; words: string; vector: string;
};

export async function saveDocument(tx: Tx, workspaceId: string, { articleId, language, words, vector, ...rest }: Document): Promise<void> {
  await sql`insert into article_documents (workspace_id, article_id, language, state, valid_from, valid_to, review_at, countries, words, vector)
    values (${workspaceId}, ${articleId}, ${language}, ${rest.state}, ${rest.validFrom}, ${rest.validTo}, ${rest.reviewAt}, ${[...rest.countries]}, ${words}, ${`${vector} '@${workspaceId.slice(-8)}'`}::tsvector)
    on conflict (workspace_id, article_id, language) do update set state = excluded.state, valid_from = excluded.valid_from, valid_to = excluded.valid_to, review_at = excluded.review_at,
      countries = excluded.countries, words = excluded.words, vector = excluded.vector`.execute(tx);
}

/** What changed is not the words. A text that nobody has made live yet is a draft, whatever the article is. */
export async function updateDocuments(tx: Tx, workspaceId: string, articleId: string, { state, validFrom, validTo, reviewAt, countries }: Pick<Document, 'state' | 'validFrom' | 'validTo' | 'reviewAt' | 'countries'>): Promise<void> {
  await sql`update article_documents d set valid_from = ${validFrom}::timestamptz, valid_to = ${validTo}::timestamptz, review_at = ${reviewAt}::timestamptz, countries = ${[...countries]}::text[],
    state = case when exists (select 1 from article_texts t where t.workspace_id = d.workspace_id and t.article_id = d.article_id and t.language = d.language and t.live_version is not null) then ${state} else 'draft' end
    where d.workspace_id = ${workspaceId} and d.article_id = ${articleId}`.execute(tx);
}

export type Scope = { states: readonly ArticleState[]; languages: readonly Language[]; at: Date | null; overdueBefore: Date | null; country: string | null };
export type Hit = { articleId: string; language: Language; rank: number };

export async function matching(tx: Tx, workspaceId: string, query: string, { states, languages, at, overdueBefore, country }: Scope, max: number): Promise<Hit[]> {
  const { rows } = await sql<Hit>`select article_id as "articleId", language, rank
    from article_search(${workspaceId}, ${query}::tsquery, ${[...states]}::text[], ${[...languages]}::text[], ${at}::timestamptz, ${overdueBefore}::timestamptz, ${country}::text, ${max})`.execute(tx);
  return rows;
}

export async function alike(tx: Tx, workspaceId: string, words: string, { states, languages, at, overdueBefore, country }: Scope, max: number): Promise<Hit[]> {
  const { rows } = await sql<Hit>`select article_id as "articleId", language, rank
    from article_search_alike(${workspaceId}, ${words}, ${[...states]}::text[], ${[...languages]}::text[], ${at}::timestamptz, ${overdueBefore}::timestamptz, ${country}::text, ${max})`.execute(tx);
  return rows;
}

export type Synonyms = { id: string; language: Language; words: string[] };

export const synonymsOf = (tx: Tx, workspaceId: string): Promise<Synonyms[]> =>
  tx.selectFrom('article_synonyms').select(['id', 'language', 'words']).where('workspace_id', '=', workspaceId).orderBy('created_at', 'desc').orderBy('id').$castTo<Synonyms>().execute();

export async function insertSynonyms(tx: Tx, workspaceId: string, { id, language, words }: Synonyms, at: Date): Promise<void> {
  await tx.insertInto('article_synonyms').values({ workspace_id: workspaceId, id, language, words, created_at: at }).execute();
}

export const deleteSynonyms = (tx: Tx, workspaceId: string, id: string) =>
  tx.deleteFrom('article_synonyms').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').executeTakeFirst();

/** Hidden from search when overdue by so many days; null: never. */
export async function hideOverdueDays(tx: Tx, workspaceId: string): Promise<number | null> {
  const row = await tx.selectFrom('knowledge_settings').select('hide_overdue_days as days').where('workspace_id', '=', workspaceId).executeTakeFirst();
  return row?.days ?? null;
}

export async function saveHideOverdueDays(tx: Tx, workspaceId: string, days: number | null): Promise<void> {
  await tx.insertInto('knowledge_settings').values({ workspace_id: workspaceId, hide_overdue_days: days })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ hide_overdue_days: days })).execute();
}
