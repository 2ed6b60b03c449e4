import { z } from 'zod';
import { Id, LanguageCode, PageQuery, pageOf, PLAIN, Timestamp } from '../../../kernel/contract.ts';

/** What can be chosen. `scheduled` and `ended` follow from the times between which an article is valid. */
export const ARTICLE_STATES = ['draft', 'review', 'public', 'customers_only', 'internal'] as const;
export const ArticleState = z.enum(ARTICLE_STATES);
export type ArticleState = z.infer<typeof ArticleState>;
/** Whether somebody can read it now. */
export const Shown = z.enum(['no', 'scheduled', 'now', 'ended']);
export type Shown = z.infer<typeof Shown>;

const Title = z.string().trim().min(1).max(300).regex(PLAIN);
const Summary = z.string().trim().max(500).regex(PLAIN);
const Keywords = z.string().trim().max(1_000).regex(PLAIN);
const Body = z.string().max(400_000);
const Countries = z.array(z.string().regex(/^[A-Z]{2}$/)).max(60);
const Days = z.number().int().min(1).max(3650);
const Version = z.number().int().min(1);

/** In one language: what is live, and what was written last. */
export const ArticleTextView = z.object({
  language: LanguageCode, title: z.string(), version: z.number(), liveVersion: z.number().nullable(), liveAt: Timestamp.nullable(), updatedAt: Timestamp,
  /** The source has changed since. */
  isStale: z.boolean(),
});
export type ArticleTextView = z.infer<typeof ArticleTextView>;

/** GET /articles?q=&state=&language=&categoryId=&overdue=&stale= → page; POST /articles → 201 ArticleDetail. */
export const ArticleView = z.object({
  id: Id, number: z.number(), state: ArticleState, shown: Shown, sourceLanguage: LanguageCode, title: z.string(), categoryId: Id.nullable(), ownerId: Id.nullable(),
  validFrom: Timestamp.nullable(), validTo: Timestamp.nullable(), countries: z.array(z.string()),
  reviewEveryDays: z.number().nullable(), reviewAt: Timestamp.nullable(), isOverdue: z.boolean(), reviewedAt: Timestamp.nullable(),
  helped: z.number(), notHelped: z.number(), used: z.number(), texts: z.array(ArticleTextView), updatedAt: Timestamp,
});
export type ArticleView = z.infer<typeof ArticleView>;
export const ArticlePage = pageOf(ArticleView);
export const ArticleQuery = PageQuery.extend({
  q: z.string().max(200).optional(), state: ArticleState.optional(), language: LanguageCode.optional(), categoryId: Id.optional(),
  overdue: z.literal('true').optional(), stale: z.literal('true').optional(),
});

/** The words of the latest version in one language. */
export const ArticleWords = z.object({ title: z.string(), summary: z.string(), keywords: z.string(), html: z.string(), writtenAt: Timestamp, writtenBy: Id.nullable() });
export type ArticleWords = z.infer<typeof ArticleWords>;
/** GET /articles/:id. `paths`: where customers read it, for languages in which it is live; followed by nobody while it is not shown. */
export const ArticleDetail = ArticleView.extend({ words: z.partialRecord(LanguageCode, ArticleWords), paths: z.partialRecord(LanguageCode, z.string()), mayPublish: z.boolean() });
export type ArticleDetail = z.infer<typeof ArticleDetail>;

const Facts = {
  state: ArticleState.optional(), categoryId: Id.nullable().optional(), ownerId: Id.nullable().optional(), validFrom: Timestamp.nullable().optional(), validTo: Timestamp.nullable().optional(),
  countries: Countries.optional(), reviewEveryDays: Days.nullable().optional(),
};
export const ArticleCreate = z.strictObject({ language: LanguageCode, title: Title, summary: Summary.default(''), keywords: Keywords.default(''), html: Body.default(''), ...Facts });
export type ArticleCreate = z.infer<typeof ArticleCreate>;
/** PATCH /articles/:id. Making it readable makes the latest words of every language live that has none yet. */
export const ArticlePatch = z.strictObject(Facts);
export type ArticlePatch = z.infer<typeof ArticlePatch>;

/**
 * PUT /articles/:id/texts/:language. `base`: the version that was edited; another one since is refused with 409 `article.changed`.
 * `live`: what readers see from now on. `minor`: the meaning is the same, translations stay good. `translates`: this text follows the source as it is now.
 */
export const ArticleTextPut = z.strictObject({
  title: Title, summary: Summary.default(''), keywords: Keywords.default(''), html: Body, base: z.number().int().min(0).optional(), live: z.boolean().default(false), minor: z.boolean().default(false), translates: z.boolean().default(true),
});
export type ArticleTextPut = z.infer<typeof ArticleTextPut>;
export const TextParams = z.strictObject({ id: Id, language: LanguageCode });

/** GET /articles/:id/versions/:language → page, newest first; GET /articles/:id/versions/:language/:version?against= → words and what changed. */
export const VersionView = z.object({ version: z.number(), title: z.string(), writtenAt: Timestamp, writtenBy: Id.nullable(), restoredFrom: z.number().nullable(), isLive: z.boolean() });
export type VersionView = z.infer<typeof VersionView>;
export const VersionPage = pageOf(VersionView);
export const VersionParams = z.strictObject({ id: Id, language: LanguageCode, version: z.coerce.number().int().min(1).max(1_000_000) });
export const Change = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type Change = z.infer<typeof Change>;
export const VersionDetail = VersionView.extend({ summary: z.string(), keywords: z.string(), html: z.string(), against: z.number().nullable(), changes: z.array(Change) });
export type VersionDetail = z.infer<typeof VersionDetail>;
/** POST /articles/:id/restorations: an earlier version becomes the latest; it is live when somebody says so. */
export const Restoration = z.strictObject({ language: LanguageCode, version: Version });

/** GET|POST /article-categories, PATCH|DELETE /article-categories/:id. */
const CategoryText = z.strictObject({ name: z.string().trim().min(1).max(120).regex(PLAIN), description: Summary.default('') });
const CategoryTexts = z.partialRecord(LanguageCode, CategoryText).refine((texts) => Object.keys(texts).length > 0, { message: 'Give the name in at least one language.' });
export const CategoryView = z.object({ id: Id, parentId: Id.nullable(), place: z.number(), texts: z.partialRecord(LanguageCode, z.object({ name: z.string(), description: z.string() })), articles: z.number() });
export type CategoryView = z.infer<typeof CategoryView>;
export const CategoryList = z.object({ items: z.array(CategoryView) });
export const CategoryCreate = z.strictObject({ parentId: Id.nullable().optional(), texts: CategoryTexts, place: z.number().int().min(0).max(100_000).optional() });
export const CategoryPatch = z.strictObject({ parentId: Id.nullable().optional(), texts: CategoryTexts.optional(), place: z.number().int().min(0).max(100_000).optional() });

/** GET|POST /article-synonyms, DELETE /article-synonyms/:id: any of the words finds what the others would. */
export const SynonymView = z.object({ id: Id, language: LanguageCode, words: z.array(z.string()) });
export type SynonymView = z.infer<typeof SynonymView>;
export const SynonymPage = pageOf(SynonymView);
export const SynonymCreate = z.strictObject({ language: LanguageCode, words: z.array(z.string().trim().min(2).max(60).regex(PLAIN)).min(2).max(20) });

/** GET /knowledge/gaps?language=&days= → what people looked for and did not find, the most often first. */
export const GapView = z.object({
  language: LanguageCode, words: z.string(), searched: z.number(), failed: z.number(), lastAt: Timestamp,
  /** Tickets that were written right after such a search; the newest few. */
  tickets: z.array(z.object({ id: Id, number: z.number(), subject: z.string() })), ticketCount: z.number(),
});
export type GapView = z.infer<typeof GapView>;
export const GapPage = z.object({ items: z.array(GapView), days: z.number(), searched: z.number(), failed: z.number() });
export const GapQuery = z.object({ language: LanguageCode.optional(), days: z.coerce.number().int().min(1).max(365).default(30), limit: z.coerce.number().int().min(1).max(100).default(50) });
/** POST /knowledge/gaps/closures: dealt with; it comes back when it is looked for in vain again. */
export const GapClosure = z.strictObject({ language: LanguageCode, words: z.string().min(1).max(200) });

/** GET|PUT /knowledge/settings */
export const KnowledgeSettings = z.strictObject({ hideOverdueDays: z.number().int().min(0).max(3650).nullable() });
export type KnowledgeSettings = z.infer<typeof KnowledgeSettings>;

/** POST /articles/:id/uses {ticketId, language} → what goes into a reply: its words, and a link to it when customers may read it. */
export const UseRequest = z.strictObject({ ticketId: Id, as: z.enum(['link', 'text']) });
export const UseView = z.object({ html: z.string(), language: LanguageCode });
/** POST /articles/proposals {ticketId} → 201 ArticleDetail: a draft from a ticket, without what points at the customer. */
export const ProposalRequest = z.strictObject({ ticketId: Id });

/** POST /articles/pictures (the bytes) → 201 {src} */
export const PictureView = z.object({ src: z.string() });

/** How an article does with customers, since `days` ago. */
export const ArticleFigures = z.object({
  id: Id, number: z.number(), title: z.string(), state: ArticleState,
  /** Times that its page was shown to somebody, robots left out; the same reader counts each time. */
  shown: z.number(), helped: z.number(), notHelped: z.number(),
  /** Written within a day of reading it, by the same customer or visitor of a chat, or from its page. At least so many: others cannot be known again. */
  ticketCount: z.number(),
});
export type ArticleFigures = z.infer<typeof ArticleFigures>;
export const FIGURE_SORTS = ['shown', 'helped', 'notHelped', 'tickets'] as const;
export type FigureSort = (typeof FIGURE_SORTS)[number];
const Span = z.coerce.number().int().min(1).max(90).default(30);
/** GET /knowledge/figures: of all articles that customers may read. */
export const FiguresQuery = PageQuery.extend({ days: Span, sort: z.enum(FIGURE_SORTS).default('shown'), order: z.enum(['asc', 'desc']).default('desc') });
export const FiguresPage = pageOf(ArticleFigures).extend({ days: z.number() });
/** GET /articles/:id/figures: with the newest of the tickets that the asker may open. */
export const FiguresSpan = z.strictObject({ days: Span });
export const ArticleFiguresDetail = ArticleFigures.pick({ shown: true, helped: true, notHelped: true, ticketCount: true }).extend({ days: z.number(), tickets: z.array(z.object({ id: Id, number: z.number(), subject: z.string() })) });
export type ArticleFiguresDetail = z.infer<typeof ArticleFiguresDetail>;

export const VOTE_REASONS = ['unclear', 'incomplete', 'wrong', 'not_mine', 'other'] as const;
/** GET /articles/:id/votes: what readers said who were not helped, newest first. */
export const VoteView = z.object({ at: Timestamp, language: LanguageCode, helped: z.boolean(), reason: z.enum(VOTE_REASONS).nullable(), note: z.string().nullable() });
export const VotePage = z.object({ items: z.array(VoteView) });

/** What a customer may read of an article in a list. `path`: where it is. */
export type ArticleCard = { readonly id: string; readonly number: number; readonly language: z.infer<typeof LanguageCode>; readonly title: string; readonly summary: string; readonly path: string; /** Where it holds; none: everywhere. */ readonly countries: readonly string[] };
