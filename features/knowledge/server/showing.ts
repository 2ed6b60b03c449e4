import { keepIn } from '../../../kernel/bounded.ts';
import type { Language } from '../../../kernel/languages.ts';
import { LANGUAGES } from '../../../kernel/languages.ts';
import { articlePath, READABLE, type Reader } from '../core/article.ts';
import type { ArticleCard } from '../core/contract.ts';
import { categories, type Category } from './categories-store.ts';
import type { Context } from './context.ts';
import type { Asked } from './finding.ts';
import { firstOf, liveArticle, liveHeads, namedCountries, newest, ofCategory, publicAddresses, type LiveArticle, type LiveHead } from './public-store.ts';
import { findPicture } from './store.ts';

const EACH = 6;
const PAGE = 100;
const NEWEST = 30;
const MOST_ADDRESSES = 50_000;
const NAMED_MS = 10_000;
const MOST_NAMED = 1_000;

export type Shelf = { readonly id: string; readonly name: string; readonly description: string; readonly articles: readonly ArticleCard[] };
export type ReadArticle = LiveArticle & {
  readonly card: ArticleCard;
  /** Addresses of the languages in which it can be read. */
  readonly paths: Readonly<Partial<Record<Language, string>>>;
  readonly category: { readonly id: string; readonly name: string } | null;
};

/** What customers see: never a draft, never what is meant for others, never what is not valid now. */
export function createShowing(context: Context) {
  const { db, now, finding } = context;
  const scope = (reader: Reader, country: string | null = null) => ({ states: READABLE[reader], at: now(), country });
  const named = new Map<string, { until: number; countries: readonly string[] }>();

  return {
    /** The categories in their order, each with its first articles in that language. */
    home: (workspaceId: string, language: Language, reader: Reader, country: string | null = null): Promise<{ shelves: Shelf[]; newest: ArticleCard[] }> => db.work(workspaceId, async (tx) => {
      const all = await categories(tx, workspaceId);
      const tops = all.filter(({ parentId }) => parentId === null);
      const heads = await firstOf(tx, workspaceId, all.map(({ id }) => id), { ...scope(reader, country), language, each: EACH });
      const within = (id: string): LiveHead[] => {
        const ids = new Set([id, ...all.filter(({ parentId }) => parentId === id).map((child) => child.id)]);
        return heads.filter(({ categoryId }) => categoryId !== null && ids.has(categoryId)).slice(0, EACH);
      };
      const shelves = tops.map((category) => shelfOf(category, language, within(category.id))).filter(({ articles }) => articles.length > 0);
      return { shelves, newest: (await newest(tx, workspaceId, { ...scope(reader, country), language, limit: EACH })).map(cardOf) };
    }),

    /** Null when there is no such category, or nothing to read in it. `next`: where the next page begins. */
    category: (workspaceId: string, id: string, { language, reader, after, country = null }: { language: Language; reader: Reader; after: number; country?: string | null }): Promise<{ shelf: Shelf; parent: Shelf | null; sections: Shelf[]; next: number | null; names: Category['texts'] } | null> =>
      db.work(workspaceId, async (tx) => {
        const all = await categories(tx, workspaceId);
        const category = all.find((one) => one.id === id);
        if (!category) return null;
        const heads = await ofCategory(tx, workspaceId, id, { ...scope(reader, country), language, after, limit: PAGE + 1 });
        const children = all.filter(({ parentId }) => parentId === id);
        const inside = await firstOf(tx, workspaceId, children.map((child) => child.id), { ...scope(reader, country), language, each: PAGE });
        const sections = children.map((child) => shelfOf(child, language, inside.filter(({ categoryId }) => categoryId === child.id))).filter(({ articles }) => articles.length > 0);
        if (heads.length === 0 && sections.length === 0) return null;
        const parent = all.find((one) => one.id === category.parentId);
        return {
          shelf: shelfOf(category, language, heads.slice(0, PAGE)), parent: parent ? shelfOf(parent, language, []) : null, sections, names: category.texts,
          next: heads.length > PAGE ? heads[PAGE - 1]!.number : null,
        };
      }),

    /** In that language, else in the one it was written in, else in any; null when the reader may not know of it. */
    read: (workspaceId: string, number: number, { language, reader }: { language: Language; reader: Reader }): Promise<ReadArticle | null> => db.work(workspaceId, async (tx) => {
      const texts = await liveArticle(tx, workspaceId, number, scope(reader));
      const text = texts.find((one) => one.language === language) ?? texts.find(({ isSource }) => isSource) ?? texts[0];
      if (!text) return null;
      const category = text.categoryId === null ? undefined : (await categories(tx, workspaceId)).find(({ id }) => id === text.categoryId);
      return {
        ...text, card: cardOf(text), paths: Object.fromEntries(texts.map((one) => [one.language, cardOf(one).path])),
        category: category ? { id: category.id, name: nameOf(category, language).name } : null,
      };
    }),

    /** What is found, as cards, best first. */
    async search(workspaceId: string, asked: Asked): Promise<{ cards: ArticleCard[]; kind: 'whole' | 'near' | 'none' }> {
      const { hits, kind } = await finding.search(workspaceId, asked);
      const heads = await db.work(workspaceId, (tx) => liveHeads(tx, workspaceId, hits.map(({ articleId }) => articleId), scope(asked.reader)));
      const cards = hits.flatMap((hit) => heads.filter((head) => head.id === hit.articleId && head.language === hit.language).map(cardOf));
      return { cards, kind: cards.length === 0 ? 'none' : kind };
    },

    /** While somebody writes: the nearest few. Nothing of it is kept. */
    suggest: (workspaceId: string, asked: Asked): Promise<ArticleCard[]> => db.work(workspaceId, async (tx) => {
      const { hits } = await finding.find(tx, workspaceId, asked);
      const heads = await liveHeads(tx, workspaceId, hits.map(({ articleId }) => articleId), scope(asked.reader));
      return hits.flatMap((hit) => heads.filter((head) => head.id === hit.articleId && head.language === hit.language).map(cardOf));
    }),

    /** For feeds and the widget. */
    newest: (workspaceId: string, language: Language, country: string | null = null): Promise<(LiveHead & { path: string })[]> => db.work(workspaceId, async (tx) =>
      (await newest(tx, workspaceId, { ...scope('visitor', country), language, limit: NEWEST })).map((head) => ({ ...head, path: cardOf(head).path }))),

    addresses: (workspaceId: string, language: Language): Promise<{ path: string; at: Date }[]> => db.work(workspaceId, async (tx) =>
      (await publicAddresses(tx, workspaceId, { at: now(), language, limit: MOST_ADDRESSES })).map(({ number, title, liveAt }) => ({ path: articlePath(language, number, title), at: liveAt }))),

    /** Between which countries readers can choose. Kept for some seconds: every page asks. */
    async countries(workspaceId: string, reader: Reader): Promise<readonly string[]> {
      const at = now().getTime();
      const key = `${workspaceId} ${reader}`;
      const kept = named.get(key);
      if (kept && kept.until > at) return kept.countries;
      const countries = await db.work(workspaceId, (tx) => namedCountries(tx, workspaceId, READABLE[reader]));
      keepIn(named, key, { until: at + NAMED_MS, countries }, MOST_NAMED);
      return countries;
    },

    /** In the record of a customer, where the company has a field of its own for it, with the key `country` and two letters in it. */
    countryOf: (workspaceId: string, customerId: string): Promise<string | null> => db.work(workspaceId, async (tx) => {
      const value = (await context.customers.known(tx, customerId))?.fields['country'];
      return typeof value === 'string' && /^[a-z]{2}$/i.test(value) ? value.toUpperCase() : null;
    }),

    picture: (workspaceId: string, sha256: string): Promise<{ bytes: Buffer; contentType: string } | null> => db.work(workspaceId, async (tx) => {
      const known = await findPicture(tx, workspaceId, sha256);
      const bytes = known ? await context.files.read(tx, workspaceId, sha256) : null;
      return bytes ? { bytes, contentType: known!.contentType } : null;
    }),
  };
}

const cardOf = ({ id, number, language, title, summary, countries }: LiveHead): ArticleCard => ({ id, number, language, title, summary, countries, path: articlePath(language, number, title) });

const nameOf = ({ texts }: Pick<Category, 'texts'>, language: Language): { name: string; description: string } =>
  texts[language] ?? LANGUAGES.map((other) => texts[other]).find((text) => text !== undefined) ?? { name: '', description: '' };

const shelfOf = (category: Category, language: Language, heads: readonly LiveHead[]): Shelf => ({ id: category.id, ...nameOf(category, language), articles: heads.map(cardOf) });
