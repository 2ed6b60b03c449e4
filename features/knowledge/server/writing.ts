import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Language } from '../../../kernel/languages.ts';
import type { Tx } from '../../../platform/db/db.ts';
import { newId } from '../../../platform/db/ids.ts';
import { sanitiseArticle } from '../../../platform/html/article.ts';
import { demand } from '../../people/core/permissions.ts';
import { nextReview } from '../core/article.ts';
import type { ArticleCreate, ArticleDetail, ArticlePatch, ArticleState, ArticleTextPut } from '../core/contract.ts';
import { findCategory } from './categories-store.ts';
import type { Context } from './context.ts';
import { updateDocuments } from './search-store.ts';
import {
  deleteArticle, deleteText, findVersion, insertArticle, insertPicture, insertVersion, nextNumber, saveText, textsOf, updateArticle, type Article, type Text, type Words,
} from './store.ts';

const MAX_PICTURE = 2 * 1024 * 1024;
const isReadable = (state: ArticleState): boolean => state !== 'draft' && state !== 'review';

/** Articles are written by every agent, and made readable by who may publish. */
export function createWriting(context: Context) {
  const { now, finding, work, locked, detail, changed } = context;

  async function create(tx: Tx, actor: Actor, { language, title, summary, keywords, html, ...facts }: ArticleCreate): Promise<ArticleDetail> {
    const at = now();
    const workspaceId = actor.workspaceId;
    const article: Article = {
      id: newId(), number: await nextNumber(tx, workspaceId), state: 'draft', sourceLanguage: language, categoryId: null, ownerId: actor.id, validFrom: null, validTo: null, countries: [],
      reviewEveryDays: null, reviewAt: null, reviewedAt: null, helped: 0, notHelped: 0, used: 0, updatedAt: at,
    };
    await insertArticle(tx, workspaceId, article, actor.id);
    await write(tx, actor, article, language, { title, summary, keywords, html: sanitiseArticle(html) }, { live: false, minor: false, translates: true, restoredFrom: null });
    return settle(tx, actor, article, facts);
  }

  /** What the patch says, checked against what is there; then what readers see and find follows. */
  async function settle(tx: Tx, actor: Actor, before: Article, patch: ArticlePatch): Promise<ArticleDetail> {
    const workspaceId = actor.workspaceId;
    const after = patched(before, patch, now());
    if (isReadable(after.state) || isReadable(before.state)) demand(actor, 'articles.publish');
    await check(tx, workspaceId, after, patch);
    await updateArticle(tx, workspaceId, after);
    if (isReadable(after.state) && !isReadable(before.state)) await makeAllLive(tx, actor, after);
    await updateDocuments(tx, workspaceId, after.id, after);
    await changed(tx, actor, 'article.changed', after.id, { state: after.state });
    return detail(tx, actor, after);
  }

  async function check(tx: Tx, workspaceId: string, { validFrom, validTo }: Article, { categoryId, ownerId }: ArticlePatch): Promise<void> {
    if (validFrom && validTo && validFrom >= validTo) throw new AppError('invalid', 'article.bad_validity', 'An article has to be valid for some time: let validTo be later than validFrom.');
    if (categoryId && !await findCategory(tx, workspaceId, categoryId)) throw new AppError('invalid', 'article.unknown_category', 'There is no such category.');
    if (ownerId && !(await context.people.peopleByIds(tx, [ownerId])).has(ownerId)) throw new AppError('invalid', 'article.unknown_owner', 'The owner has to be one of the workspace.');
  }

  async function makeAllLive(tx: Tx, actor: Actor, article: Article): Promise<void> {
    for (const text of await textsOf(tx, actor.workspaceId, article.id)) {
      if (text.liveVersion === null) await makeLive(tx, actor, article, text, await wordsOf(tx, actor.workspaceId, text), false);
    }
  }

  type Manner = { live: boolean; minor: boolean; translates: boolean; restoredFrom: number | null };

  async function write(tx: Tx, actor: Actor, article: Article, language: Language, words: Words, { live, minor, translates, restoredFrom }: Manner): Promise<void> {
    const workspaceId = actor.workspaceId;
    const at = now();
    const texts = await textsOf(tx, workspaceId, article.id);
    const before = texts.find((text) => text.language === language);
    const source = texts.find((text) => text.language === article.sourceLanguage);
    const text: Text = {
      articleId: article.id, language, liveVersion: null, liveTitle: null, liveSummary: null, liveHtml: null, liveAt: null, meaningVersion: 0, ...before,
      version: (before?.version ?? 0) + 1, title: words.title, updatedAt: at,
      translates: language === article.sourceLanguage ? null : translates ? source?.meaningVersion ?? 0 : before?.translates ?? 0,
    };
    await saveText(tx, workspaceId, text);
    await insertVersion(tx, workspaceId, article.id, language, { ...words, version: text.version, writtenAt: at, writtenBy: actor.id, restoredFrom });
    if (live) await makeLive(tx, actor, article, text, words, minor);
    else if (text.liveVersion === null) await finding.index(tx, workspaceId, { ...article, state: 'draft' }, language, words);
  }

  async function makeLive(tx: Tx, actor: Actor, article: Article, text: Text, words: Words, minor: boolean): Promise<void> {
    const isFirst = text.liveVersion === null;
    await saveText(tx, actor.workspaceId, {
      ...text, liveVersion: text.version, liveTitle: words.title, liveSummary: words.summary, liveHtml: words.html, liveAt: now(), meaningVersion: minor && !isFirst ? text.meaningVersion : text.version,
    });
    await finding.index(tx, actor.workspaceId, article, text.language, words);
  }

  async function wordsOf(tx: Tx, workspaceId: string, { articleId, language, version }: Text): Promise<Words> {
    const found = await findVersion(tx, workspaceId, articleId, language, version);
    if (!found) throw new Error('an article lost its latest version');
    return found;
  }

  return {
    createArticle: (actor: Actor, given: ArticleCreate): Promise<ArticleDetail> => work(actor, 'articles.write', (tx) => create(tx, actor, given)),
    /** For other verbs of the room. */
    createIn: create,

    changeArticle: (actor: Actor, id: string, patch: ArticlePatch): Promise<ArticleDetail> =>
      work(actor, 'articles.write', async (tx) => settle(tx, actor, await locked(tx, actor.workspaceId, id), patch)),

    writeText: (actor: Actor, id: string, language: Language, { base, live, minor, translates, html, ...words }: ArticleTextPut): Promise<ArticleDetail> =>
      work(actor, 'articles.write', async (tx) => {
        const article = await locked(tx, actor.workspaceId, id);
        const text = (await textsOf(tx, actor.workspaceId, id)).find((one) => one.language === language);
        if (base !== undefined && base !== (text?.version ?? 0)) throw new AppError('conflict', 'article.changed', 'Somebody has written a version since; look at it, and save on top of it.', { version: text?.version ?? 0 });
        if (live) demand(actor, 'articles.publish');
        const after = { ...article, updatedAt: now() };
        await write(tx, actor, after, language, { ...words, html: sanitiseArticle(html) }, { live, minor, translates, restoredFrom: null });
        await updateArticle(tx, actor.workspaceId, after);
        await changed(tx, actor, 'article.changed', id, { language });
        return detail(tx, actor, after);
      }),

    /** An earlier version becomes the latest. Readers see it when somebody who may publish makes it live. */
    restoreVersion: (actor: Actor, id: string, language: Language, version: number): Promise<ArticleDetail> =>
      work(actor, 'articles.write', async (tx) => {
        const article = { ...await locked(tx, actor.workspaceId, id), updatedAt: now() };
        const words = await findVersion(tx, actor.workspaceId, id, language, version);
        if (!words) throw new AppError('not_found', 'article.no_version', 'There is no such version.');
        await write(tx, actor, article, language, words, { live: false, minor: false, translates: false, restoredFrom: version });
        await updateArticle(tx, actor.workspaceId, article);
        await changed(tx, actor, 'article.changed', id, { language });
        return detail(tx, actor, article);
      }),

    removeText: (actor: Actor, id: string, language: Language): Promise<ArticleDetail> =>
      work(actor, 'articles.publish', async (tx) => {
        const article = { ...await locked(tx, actor.workspaceId, id), updatedAt: now() };
        if (language === article.sourceLanguage) throw new AppError('conflict', 'article.source_text', 'The language that an article was written in cannot be taken away; delete the article.');
        await deleteText(tx, actor.workspaceId, id, language);
        await updateArticle(tx, actor.workspaceId, article);
        await changed(tx, actor, 'article.changed', id, { language });
        return detail(tx, actor, article);
      }),

    /** Still true: the next look is due after its time. */
    reviewArticle: (actor: Actor, id: string): Promise<ArticleDetail> =>
      work(actor, 'articles.publish', async (tx) => {
        const before = await locked(tx, actor.workspaceId, id);
        const at = now();
        const article = { ...before, reviewedAt: at, reviewAt: nextReview(before.reviewEveryDays, at), updatedAt: at };
        await updateArticle(tx, actor.workspaceId, article);
        await updateDocuments(tx, actor.workspaceId, id, article);
        await changed(tx, actor, 'article.changed', id);
        return detail(tx, actor, article);
      }),

    removeArticle: (actor: Actor, id: string): Promise<void> =>
      work(actor, 'articles.write', async (tx) => {
        const article = await locked(tx, actor.workspaceId, id);
        if (isReadable(article.state)) demand(actor, 'articles.publish');
        await deleteArticle(tx, actor.workspaceId, id);
        await changed(tx, actor, 'article.removed', id);
      }),

    /** A picture for articles, known by what its bytes say, never by what somebody calls it. */
    addPicture: (actor: Actor, bytes: Buffer): Promise<{ src: string }> =>
      work(actor, 'articles.write', async (tx) => {
        if (bytes.length > MAX_PICTURE) throw new AppError('too_large', 'article.picture_too_large', 'A picture can be 2 MB at most; make it smaller.');
        const contentType = pictureType(bytes);
        if (!contentType) throw new AppError('invalid', 'article.not_a_picture', 'Pictures are PNG, JPEG, GIF or WebP.');
        const { sha256, size } = await context.files.put(tx, actor.workspaceId, bytes);
        await insertPicture(tx, actor.workspaceId, { sha256, size, contentType, at: now(), by: actor.id });
        return { src: `/help/pictures/${sha256}` };
      }),
  };
}

const dateOr = (given: string | null | undefined, before: Date | null): Date | null => (given === undefined ? before : given === null ? null : new Date(given));

function patched(before: Article, patch: ArticlePatch, at: Date): Article {
  const every = patch.reviewEveryDays === undefined ? before.reviewEveryDays : patch.reviewEveryDays;
  return {
    ...before, updatedAt: at, state: patch.state ?? before.state, countries: patch.countries ?? before.countries,
    categoryId: patch.categoryId === undefined ? before.categoryId : patch.categoryId, ownerId: patch.ownerId === undefined ? before.ownerId : patch.ownerId,
    validFrom: dateOr(patch.validFrom, before.validFrom), validTo: dateOr(patch.validTo, before.validTo),
    reviewEveryDays: every, reviewAt: every === before.reviewEveryDays ? before.reviewAt : nextReview(every, before.reviewedAt ?? at),
  };
}

function pictureType(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 12).toString('latin1');
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(head)) return 'image/gif';
  return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : null;
}
