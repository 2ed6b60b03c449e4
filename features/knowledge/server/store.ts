import { sql, type SqlBool } from 'kysely';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import type { ArticleState } from '../core/contract.ts';

export type Article = {
  id: string; number: number; state: ArticleState; sourceLanguage: Language; categoryId: string | null; ownerId: string | null;
  validFrom: Date | null; validTo: Date | null; countries: string[]; reviewEveryDays: number | null; reviewAt: Date | null; reviewedAt: Date | null;
  helped: number; notHelped: number; used: number; updatedAt: Date;
};
const articleColumns = [
  'id', 'number', 'state', 'source_language as sourceLanguage', 'category_id as categoryId', 'owner_id as ownerId', 'valid_from as validFrom', 'valid_to as validTo', 'countries',
  'review_every_days as reviewEveryDays', 'review_at as reviewAt', 'reviewed_at as reviewedAt', 'helped', 'not_helped as notHelped', 'used', 'updated_at as updatedAt',
] as const;

export type Text = {
  articleId: string; language: Language; version: number; title: string; updatedAt: Date;
  liveVersion: number | null; liveTitle: string | null; liveSummary: string | null; liveHtml: string | null; liveAt: Date | null; meaningVersion: number; translates: number | null;
};
const textColumns = [
  'article_id as articleId', 'language', 'version', 'title', 'updated_at as updatedAt', 'live_version as liveVersion', 'live_title as liveTitle', 'live_summary as liveSummary',
  'live_html as liveHtml', 'live_at as liveAt', 'meaning_version as meaningVersion', 'translates',
] as const;
export type TextHead = Omit<Text, 'liveHtml' | 'liveSummary'>;
const headColumns = textColumns.filter((column) => !column.startsWith('live_html') && !column.startsWith('live_summary'));

export type Words = { title: string; summary: string; keywords: string; html: string };
export type Version = Words & { version: number; writtenAt: Date; writtenBy: string | null; restoredFrom: number | null };
const versionColumns = ['version', 'title', 'summary', 'keywords', 'html', 'written_at as writtenAt', 'written_by as writtenBy', 'restored_from as restoredFrom'] as const;

/** Numbers are given one after the other; whoever asks waits for the one before. */
export async function nextNumber(tx: Tx, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ number: number }>`
    insert into knowledge_settings (workspace_id, next_number) values (${workspaceId}, 2)
    on conflict (workspace_id) do update set next_number = knowledge_settings.next_number + 1 returning next_number - 1 as number`.execute(tx);
  return rows[0]!.number;
}

export const findArticle = (tx: Tx, workspaceId: string, id: string): Promise<Article | undefined> =>
  tx.selectFrom('articles').select(articleColumns).where('workspace_id', '=', workspaceId).where('id', '=', id).$castTo<Article>().executeTakeFirst();

export const lockArticle = (tx: Tx, workspaceId: string, id: string): Promise<Article | undefined> =>
  tx.selectFrom('articles').select(articleColumns).where('workspace_id', '=', workspaceId).where('id', '=', id).forUpdate().$castTo<Article>().executeTakeFirst();

export const articlesByIds = (tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Article[]> =>
  (ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('articles').select(articleColumns).where('workspace_id', '=', workspaceId).where('id', 'in', ids).$castTo<Article>().execute());

export type ArticleFilter = {
  state?: ArticleState | undefined; language?: Language | undefined; categoryId?: string | undefined; overdueAt?: Date | null; stale?: boolean; limit: number; after: readonly [string, string] | null;
};

/** Newest change first. */
export const articlesPage = (tx: Tx, workspaceId: string, { state, language, categoryId, overdueAt, stale, limit, after }: ArticleFilter): Promise<(Article & { cursorAt: string })[]> => {
  let query = tx.selectFrom('articles as a').select(articleColumns.map((column) => `a.${column}` as const)).select(sql<string>`to_char(a.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`.as('cursorAt'))
    .where('a.workspace_id', '=', workspaceId).orderBy('a.updated_at', 'desc').orderBy('a.id', 'desc').limit(limit);
  if (state) query = query.where('a.state', '=', state);
  if (categoryId) query = query.where('a.category_id', '=', categoryId);
  if (overdueAt) query = query.where('a.review_at', '<=', overdueAt);
  if (language) query = query.where((e) => e.exists(e.selectFrom('article_texts as t').select('t.language').where('t.workspace_id', '=', workspaceId).whereRef('t.article_id', '=', 'a.id').where('t.language', '=', language)));
  if (stale) {
    query = query.where(sql<SqlBool>`exists (select 1 from article_texts t join article_texts s on s.workspace_id = t.workspace_id and s.article_id = t.article_id and s.language = a.source_language
      where t.workspace_id = a.workspace_id and t.article_id = a.id and t.language <> a.source_language and coalesce(t.translates, 0) < s.meaning_version)`);
  }
  if (after) query = query.where(sql<SqlBool>`(a.updated_at, a.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`);
  return query.$castTo<Article & { cursorAt: string }>().execute();
};

export async function insertArticle(tx: Tx, workspaceId: string, article: Article, by: string | null): Promise<void> {
  await tx.insertInto('articles').values({ ...rowOf(article), workspace_id: workspaceId, id: article.id, number: article.number, created_at: article.updatedAt, created_by: by }).execute();
}

export async function updateArticle(tx: Tx, workspaceId: string, article: Article): Promise<void> {
  await tx.updateTable('articles').set(rowOf(article)).where('workspace_id', '=', workspaceId).where('id', '=', article.id).execute();
}

const rowOf = (article: Article) => ({
  state: article.state, source_language: article.sourceLanguage, category_id: article.categoryId, owner_id: article.ownerId, valid_from: article.validFrom, valid_to: article.validTo,
  countries: article.countries, review_every_days: article.reviewEveryDays, review_at: article.reviewAt, reviewed_at: article.reviewedAt, updated_at: article.updatedAt,
});

export const deleteArticle = (tx: Tx, workspaceId: string, id: string) =>
  tx.deleteFrom('articles').where('workspace_id', '=', workspaceId).where('id', '=', id).returning('id').executeTakeFirst();

export async function countUse(tx: Tx, workspaceId: string, id: string): Promise<void> {
  await tx.updateTable('articles').set({ used: sql`used + 1` }).where('workspace_id', '=', workspaceId).where('id', '=', id).execute();
}

export const textHeads = (tx: Tx, workspaceId: string, ids: readonly string[]): Promise<TextHead[]> =>
  (ids.length === 0 ? Promise.resolve([]) : tx.selectFrom('article_texts').select(headColumns).where('workspace_id', '=', workspaceId).where('article_id', 'in', ids).$castTo<TextHead>().execute());

export const textsOf = (tx: Tx, workspaceId: string, articleId: string): Promise<Text[]> =>
  tx.selectFrom('article_texts').select(textColumns).where('workspace_id', '=', workspaceId).where('article_id', '=', articleId).$castTo<Text>().execute();

export async function saveText(tx: Tx, workspaceId: string, text: Text): Promise<void> {
  const row = {
    version: text.version, title: text.title, updated_at: text.updatedAt, live_version: text.liveVersion, live_title: text.liveTitle, live_summary: text.liveSummary, live_html: text.liveHtml,
    live_at: text.liveAt, meaning_version: text.meaningVersion, translates: text.translates,
  };
  await tx.insertInto('article_texts').values({ workspace_id: workspaceId, article_id: text.articleId, language: text.language, ...row })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'article_id', 'language']).doUpdateSet(row)).execute();
}

export async function deleteText(tx: Tx, workspaceId: string, articleId: string, language: Language): Promise<void> {
  await tx.deleteFrom('article_texts').where('workspace_id', '=', workspaceId).where('article_id', '=', articleId).where('language', '=', language).execute();
  await tx.deleteFrom('article_versions').where('workspace_id', '=', workspaceId).where('article_id', '=', articleId).where('language', '=', language).execute();
}

export async function insertVersion(tx: Tx, workspaceId: string, articleId: string, language: Language, version: Version): Promise<void> {
  await tx.insertInto('article_versions').values({
    workspace_id: workspaceId, article_id: articleId, language, version: version.version, title: version.title, summary: version.summary, keywords: version.keywords, html: version.html,
    written_at: version.writtenAt, written_by: version.writtenBy, restored_from: version.restoredFrom,
  }).execute();
}

export const findVersion = (tx: Tx, workspaceId: string, articleId: string, language: Language, version: number): Promise<Version | undefined> =>
  tx.selectFrom('article_versions').select(versionColumns).where('workspace_id', '=', workspaceId).where('article_id', '=', articleId).where('language', '=', language)
    .where('version', '=', version).executeTakeFirst();

export const latestVersions = (tx: Tx, workspaceId: string, articleId: string): Promise<(Version & { language: Language })[]> =>
  tx.selectFrom('article_texts as t').innerJoin('article_versions as v', (join) => join.onRef('v.workspace_id', '=', 't.workspace_id').onRef('v.article_id', '=', 't.article_id')
    .onRef('v.language', '=', 't.language').onRef('v.version', '=', 't.version'))
    .select(['v.language', ...versionColumns.map((column) => `v.${column}` as const)]).where('t.workspace_id', '=', workspaceId).where('t.article_id', '=', articleId)
    .$castTo<Version & { language: Language }>().execute();

export const versionsPage = (tx: Tx, workspaceId: string, articleId: string, language: Language, { limit, before }: { limit: number; before: number | null }): Promise<Version[]> => {
  let query = tx.selectFrom('article_versions').select(versionColumns).where('workspace_id', '=', workspaceId).where('article_id', '=', articleId).where('language', '=', language)
    .orderBy('version', 'desc').limit(limit);
  if (before !== null) query = query.where('version', '<', before);
  return query.execute();
};

export async function insertPicture(tx: Tx, workspaceId: string, { sha256, size, contentType, at, by }: { sha256: string; size: number; contentType: string; at: Date; by: string }): Promise<void> {
  await tx.insertInto('article_pictures').values({ workspace_id: workspaceId, sha256, content_type: contentType, size, created_at: at, created_by: by })
    .onConflict((conflict) => conflict.columns(['workspace_id', 'sha256']).doNothing()).execute();
}

export const findPicture = (tx: Tx, workspaceId: string, sha256: string): Promise<{ contentType: string } | undefined> =>
  tx.selectFrom('article_pictures').select('content_type as contentType').where('workspace_id', '=', workspaceId).where('sha256', '=', sha256).executeTakeFirst();
