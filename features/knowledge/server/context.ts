import type { Actor, Now } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import type { Emit } from '../../../platform/events/events.ts';
import type { Files } from '../../../platform/files/files.ts';
import type { Signer } from '../../../platform/http/signing.ts';
import type { Customers } from '../../customers/server/customers.ts';
import { can, demand, type Permission } from '../../people/core/permissions.ts';
import type { People } from '../../people/server/people.ts';
import type { Tickets } from '../../tickets/server/tickets.ts';
import type { Workspaces } from '../../workspaces/server/workspaces.ts';
import { articlePath, isStale, shownAt } from '../core/article.ts';
import type { ArticleDetail, ArticleTextView, ArticleView } from '../core/contract.ts';
import type { Finding } from './finding.ts';
import { findArticle, latestVersions, lockArticle, textHeads, type Article, type TextHead } from './store.ts';

export type KnowledgeDeps = {
  db: Database; now: Now; machineNow: Now; emit: Emit; log: Log; files: Pick<Files, 'put' | 'read'>; signer: Pick<Signer, 'sign' | 'open'>;
  people: Pick<People, 'peopleByIds'>; customers: Pick<Customers, 'known'>; tickets: Pick<Tickets, 'find' | 'get' | 'entries' | 'readable'>; workspaces: Pick<Workspaces, 'get' | 'publicUrlOf'>;
};
export type Context = ReturnType<typeof createContext>;

export const noArticle = (): AppError => new AppError('not_found', 'article.not_found', 'There is no such article.');

export function createContext(deps: KnowledgeDeps & { finding: Finding }) {
  const { db, now, emit } = deps;

  const work = <T>(actor: Actor, permission: Permission, act: (tx: Tx) => Promise<T>): Promise<T> => {
    demand(actor, permission);
    return db.work(actor.workspaceId, act);
  };

  async function required(tx: Tx, workspaceId: string, id: string): Promise<Article> {
    const article = await findArticle(tx, workspaceId, id);
    if (!article) throw noArticle();
    return article;
  }

  async function locked(tx: Tx, workspaceId: string, id: string): Promise<Article> {
    const article = await lockArticle(tx, workspaceId, id);
    if (!article) throw noArticle();
    return article;
  }

  async function views(tx: Tx, workspaceId: string, articles: readonly Article[]): Promise<ArticleView[]> {
    const heads = await textHeads(tx, workspaceId, articles.map(({ id }) => id));
    const at = now();
    return articles.map((article) => viewOf(article, heads.filter(({ articleId }) => articleId === article.id), at));
  }

  async function detail(tx: Tx, actor: Actor, article: Article): Promise<ArticleDetail> {
    const [view] = await views(tx, actor.workspaceId, [article]);
    const latest = await latestVersions(tx, actor.workspaceId, article.id);
    const heads = await textHeads(tx, actor.workspaceId, [article.id]);
    const words: ArticleDetail['words'] = {};
    for (const { language, title, summary, keywords, html, writtenAt, writtenBy } of latest) words[language] = { title, summary, keywords, html, writtenAt: writtenAt.toISOString(), writtenBy };
    const paths: ArticleDetail['paths'] = {};
    for (const { language, liveTitle } of heads) if (liveTitle !== null) paths[language] = articlePath(language, article.number, liveTitle);
    return { ...view!, words, paths, mayPublish: can(actor, 'articles.publish') };
  }

  /** Of tickets that are named beside an article or a search, those that this person may open. */
  async function readable<T extends { readonly id: string }>(actor: Actor, named: readonly T[]): Promise<T[]> {
    if (named.length === 0 || !can(actor, 'tickets.read')) return [];
    const ids = new Set(await deps.tickets.readable(actor, [...new Set(named.map(({ id }) => id))]));
    return named.filter(({ id }) => ids.has(id));
  }

  const changed = (tx: Tx, actor: Actor, type: 'article.changed' | 'article.removed' | 'knowledge.changed', id: string, data: Record<string, string> = {}) =>
    emit(tx, actor.workspaceId, { type, subjectId: id, actor: { kind: 'person', id: actor.id }, data, at: now() });

  return { ...deps, work, required, locked, views, detail, readable, changed };
}

function viewOf(article: Article, heads: readonly TextHead[], at: Date): ArticleView {
  const source = heads.find(({ language }) => language === article.sourceLanguage);
  const first = source ?? heads[0];
  return {
    id: article.id, number: article.number, state: article.state, shown: shownAt(article, at), sourceLanguage: article.sourceLanguage, title: first?.title ?? '', categoryId: article.categoryId, ownerId: article.ownerId,
    validFrom: iso(article.validFrom), validTo: iso(article.validTo), countries: article.countries, reviewEveryDays: article.reviewEveryDays, reviewAt: iso(article.reviewAt),
    isOverdue: article.reviewAt !== null && article.reviewAt <= at, reviewedAt: iso(article.reviewedAt), helped: article.helped, notHelped: article.notHelped, used: article.used,
    texts: heads.map((head) => textView(head, source)), updatedAt: article.updatedAt.toISOString(),
  };
}

const textView = (head: TextHead, source: TextHead | undefined): ArticleTextView => ({
  language: head.language, title: head.title, version: head.version, liveVersion: head.liveVersion, liveAt: iso(head.liveAt), updatedAt: head.updatedAt.toISOString(), isStale: isStale(head, source),
});

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;
