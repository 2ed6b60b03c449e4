import { diffWordsWithSpace } from 'diff';
import type { z } from 'zod';
import type { Actor } from '../../../kernel/actor.ts';
import type { Page } from '../../../kernel/contract.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import { textOfHtml } from '../../../platform/html/reading.ts';
import { decodeCursor, pageOfRows } from '../../../platform/http/cursor.ts';
import type { ArticleDetail, ArticleQuery, ArticleView, Change, VersionDetail, VersionView, VoteView } from '../core/contract.ts';
import type { Context } from './context.ts';
import { votesOf } from './gaps-store.ts';
import { articlesByIds, articlesPage, findVersion, textHeads, versionsPage, type Version, type Words } from './store.ts';

const MOST_VOTES = 50;
/** Longer texts are compared line by line: word by word would take too long. */
const MOST_WORDWISE = 60_000;

/** What the people of a workspace see of its articles. */
export function createReading(context: Context) {
  const { work, required, views, detail, finding, now } = context;

  return {
    articles: (actor: Actor, { q, limit, cursor, state, language, categoryId, overdue, stale }: z.infer<typeof ArticleQuery>): Promise<Page<ArticleView>> =>
      work(actor, 'articles.read', async (tx) => {
        const { workspaceId } = actor;
        if (q !== undefined && q.trim() !== '') {
          const { hits } = await finding.find(tx, workspaceId, { q, language: language ?? (await context.workspaces.get(workspaceId)).language, reader: 'staff', limit });
          const ids = [...new Set(hits.map(({ articleId }) => articleId))];
          const found = new Map((await articlesByIds(tx, workspaceId, ids)).map((article) => [article.id, article]));
          const kept = ids.flatMap((id) => found.get(id) ?? []).filter((article) => (!state || article.state === state) && (!categoryId || article.categoryId === categoryId));
          return { items: await views(tx, workspaceId, kept), nextCursor: null };
        }
        const after = cursor === undefined ? null : decodeCursor(cursor, ['time', 'id']);
        const rows = await articlesPage(tx, workspaceId, { state, language, categoryId, overdueAt: overdue ? now() : null, stale: stale !== undefined, limit: limit + 1, after });
        const page = pageOfRows(rows, limit, (row) => [row.cursorAt, row.id], (row) => row);
        return { items: await views(tx, workspaceId, page.items), nextCursor: page.nextCursor };
      }),

    article: (actor: Actor, id: string): Promise<ArticleDetail> =>
      work(actor, 'articles.read', async (tx) => detail(tx, actor, await required(tx, actor.workspaceId, id))),

    versions: (actor: Actor, id: string, { language, limit, cursor }: { language: Language; limit: number; cursor?: string | undefined }): Promise<Page<VersionView>> =>
      work(actor, 'articles.read', async (tx) => {
        await required(tx, actor.workspaceId, id);
        const [before] = cursor === undefined ? [null] : decodeCursor(cursor, ['number']);
        const live = (await textHeads(tx, actor.workspaceId, [id])).find((head) => head.language === language)?.liveVersion ?? null;
        return pageOfRows(await versionsPage(tx, actor.workspaceId, id, language, { limit: limit + 1, before }), limit, (row) => [row.version], (row) => present(row, live));
      }),

    /** One version, and what it changed against another, by default the one before. */
    version: (actor: Actor, id: string, { language, version, against }: { language: Language; version: number; against?: number | undefined }): Promise<VersionDetail> =>
      work(actor, 'articles.read', async (tx) => {
        await required(tx, actor.workspaceId, id);
        const words = await findVersion(tx, actor.workspaceId, id, language, version);
        const other = await findVersion(tx, actor.workspaceId, id, language, against ?? version - 1);
        if (!words || (against !== undefined && !other)) throw new AppError('not_found', 'article.no_version', 'There is no such version.');
        const live = (await textHeads(tx, actor.workspaceId, [id])).find((head) => head.language === language)?.liveVersion ?? null;
        const { summary, keywords, html } = words;
        return { ...present(words, live), summary, keywords, html, against: other?.version ?? null, changes: other ? changesBetween(other, words, language) : [] };
      }),

    votes: (actor: Actor, id: string): Promise<{ items: z.infer<typeof VoteView>[] }> =>
      work(actor, 'articles.read', async (tx) => {
        await required(tx, actor.workspaceId, id);
        const votes = await votesOf(tx, actor.workspaceId, id, MOST_VOTES);
        return { items: votes.map((vote) => ({ ...vote, at: vote.at.toISOString() })) };
      }),

  };
}

const present = ({ version, title, writtenAt, writtenBy, restoredFrom }: Version, live: number | null): VersionView =>
  ({ version, title, writtenAt: writtenAt.toISOString(), writtenBy, restoredFrom, isLive: version === live });

const readable = ({ title, summary, keywords, html }: Words): string => [title, summary, keywords, textOfHtml(html)].filter((part) => part !== '').join('\n\n');

function changesBetween(before: Words, after: Words, language: Language): Change[] {
  const [old, young] = [readable(before), readable(after)];
  const parts = old.length + young.length > MOST_WORDWISE
    ? [{ value: old, added: false, removed: true }, { value: young, added: true, removed: false }]
    : diffWordsWithSpace(old, young, { intlSegmenter: new Intl.Segmenter(language, { granularity: 'word' }) });
  return parts.map(({ added, removed, value }) => ({ kind: added ? 'added' : removed ? 'removed' : 'same', text: value }));
}
