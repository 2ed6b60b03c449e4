import type { Now } from '../../../kernel/actor.ts';
import { LANGUAGES, type Language } from '../../../kernel/languages.ts';
import type { Database, Tx } from '../../../platform/db/db.ts';
import { bareText } from '../../../platform/html/bare-text.ts';
import { foldedText, searchVectorInSlices } from '../../../platform/search/stems.ts';
import { keepable, READABLE, type Reader } from '../core/article.ts';
import { questionOf, type Question } from './asking.ts';
import { logSearch } from './gaps-store.ts';
import { alike, hideOverdueDays, matching, saveDocument, synonymsOf, type Hit, type Scope } from './search-store.ts';
import type { Article, Words } from './store.ts';

export type Asked = { readonly q: string; readonly language: Language; readonly reader: Reader; readonly country?: string | null; readonly limit: number };
export type FoundArticles = {
  readonly hits: readonly Hit[];
  /** `whole`: every word was found, as meant; otherwise this is the nearest there is. */
  readonly kind: 'whole' | 'near' | 'none';
};

const DAY_MS = 86_400_000;
const NOTHING: FoundArticles = { hits: [], kind: 'none' };

export type Finding = ReturnType<typeof createFinding>;

/** Search among articles: stems in five languages, synonyms, beginnings, misspelt words; and what is kept of a question. */
export function createFinding({ db, now }: { db: Database; now: Now }) {
  async function find(tx: Tx, workspaceId: string, { q, language, reader, country = null, limit }: Asked): Promise<FoundArticles> {
    const question = questionOf(q, await synonymsOf(tx, workspaceId));
    if (!question) return NOTHING;
    const days = reader === 'staff' ? null : await hideOverdueDays(tx, workspaceId);
    const at = now();
    const scope: Scope = {
      states: READABLE[reader], languages: [language], country: reader === 'staff' ? null : country, at: reader === 'staff' ? null : at,
      overdueBefore: days === null ? null : new Date(at.getTime() - days * DAY_MS),
    };
    const hits = await inOneLanguage(tx, workspaceId, question, scope, limit);
    if (hits) return { hits, kind: 'whole' };
    const near = await matching(tx, workspaceId, question.some, scope, limit);
    if (near.length > 0) return { hits: near, kind: 'near' };
    const elsewhere = await matching(tx, workspaceId, question.whole, { ...scope, languages: LANGUAGES }, limit);
    return elsewhere.length > 0 ? { hits: oneEach(elsewhere), kind: 'near' } : NOTHING;
  }

  return {
    find,

    /** As a customer searches, in a unit of work of its own; what was looked for is kept, who looked is not. */
    search: (workspaceId: string, asked: Asked): Promise<FoundArticles> => db.work(workspaceId, async (tx) => {
      const found = await find(tx, workspaceId, asked);
      const words = keepable(asked.q);
      if (words !== null) await logSearch(tx, workspaceId, { language: asked.language, words, found: found.kind === 'whole', at: now() });
      return found;
    }),

    /** Makes an article found by these words. */
    async index(tx: Tx, workspaceId: string, article: Article, language: Language, words: Words): Promise<void> {
      const vector = await searchVectorInSlices([
        { text: words.title, weight: 'A' }, { text: words.keywords, weight: 'A' }, { text: words.summary, weight: 'B' }, { text: bareText(words.html) },
      ], language);
      await saveDocument(tx, workspaceId, {
        articleId: article.id, language, state: article.state, validFrom: article.validFrom, validTo: article.validTo, reviewAt: article.reviewAt, countries: article.countries,
        words: foldedText(`${words.title} ${words.keywords}`), vector,
      });
    },
  };
}

/** From what was meant to what is nearest to it; null when nothing is. */
async function inOneLanguage(tx: Tx, workspaceId: string, { whole, begun, nearly, folded }: Question, scope: Scope, limit: number): Promise<readonly Hit[] | null> {
  const hits = await matching(tx, workspaceId, whole, scope, limit);
  if (hits.length > 0) return hits;
  for (const query of [begun, nearly]) {
    const more = query === null ? [] : await matching(tx, workspaceId, query, scope, limit);
    if (more.length > 0) return more;
  }
  const misspelt = folded.length < 4 ? [] : await alike(tx, workspaceId, folded, scope, limit);
  return misspelt.length > 0 ? misspelt : null;
}

const oneEach = (hits: readonly Hit[]): Hit[] => [...new Map(hits.map((hit) => [hit.articleId, hit])).values()];
