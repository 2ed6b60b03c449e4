import { z } from 'zod';
import { IdParams, PageQuery } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import {
  ArticleCreate, ArticleDetail, ArticleFiguresDetail, ArticlePage, ArticlePatch, ArticleQuery, ArticleTextPut, CategoryCreate, CategoryList, CategoryPatch, CategoryView, FiguresPage, FiguresQuery, FiguresSpan, GapClosure, GapPage, GapQuery, KnowledgeSettings,
  PictureView, ProposalRequest, Restoration, SynonymCreate, SynonymPage, SynonymView, TextParams, UseRequest, UseView, VersionDetail, VersionPage, VersionParams, VotePage,
} from '../core/contract.ts';
import type { Knowledge } from './knowledge.ts';

const tags = ['articles'];
const Against = z.strictObject({ against: z.coerce.number().int().min(1).max(1_000_000).optional() });

export const articleRoutes = (knowledge: Knowledge): Routes => async (app) => {
  app.get('/articles', { schema: { tags, summary: 'Articles, the last changed first; with q the best match first', querystring: ArticleQuery, response: { 200: ArticlePage } } },
    async ({ actor, query }) => knowledge.articles(actor, query));

  app.post('/articles', { schema: { tags, summary: 'Write an article', body: ArticleCreate, response: { 201: ArticleDetail } } },
    async ({ actor, body }, reply) => { void reply.code(201); return knowledge.createArticle(actor, body); });

  app.post('/articles/proposals', { schema: { tags, summary: 'A draft from a ticket, without what points at the customer', body: ProposalRequest, response: { 201: ArticleDetail } } },
    async ({ actor, body }, reply) => { void reply.code(201); return knowledge.proposeArticle(actor, body.ticketId); });

  app.post('/articles/pictures', { bodyLimit: 3 * 1024 * 1024, schema: { tags, summary: 'A picture for articles: its bytes', response: { 201: PictureView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return knowledge.addPicture(actor, Buffer.isBuffer(body) ? body : Buffer.alloc(0)); });

  app.get('/articles/:id', { schema: { tags, summary: 'An article with its words in every language', params: IdParams, response: { 200: ArticleDetail } } },
    async ({ actor, params }) => knowledge.article(actor, params.id));

  app.patch('/articles/:id', { schema: { tags, summary: 'Change who reads it, when it is valid, where it stands', params: IdParams, body: ArticlePatch, response: { 200: ArticleDetail } } },
    async ({ actor, params, body }) => knowledge.changeArticle(actor, params.id, body));

  app.delete('/articles/:id', { schema: { tags, summary: 'Delete an article', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await knowledge.removeArticle(actor, params.id); void reply.code(204); });

  app.put('/articles/:id/texts/:language', { schema: { tags, summary: 'Write a version in a language', params: TextParams, body: ArticleTextPut, response: { 200: ArticleDetail } } },
    async ({ actor, params, body }) => knowledge.writeText(actor, params.id, params.language, body));

  app.delete('/articles/:id/texts/:language', { schema: { tags, summary: 'Take a translation away', params: TextParams, response: { 200: ArticleDetail } } },
    async ({ actor, params }) => knowledge.removeText(actor, params.id, params.language));

  app.get('/articles/:id/versions/:language', { schema: { tags, summary: 'Versions in a language, newest first', params: TextParams, querystring: PageQuery, response: { 200: VersionPage } } },
    async ({ actor, params, query }) => knowledge.versions(actor, params.id, { ...query, language: params.language }));

  app.get('/articles/:id/versions/:language/:version', { schema: { tags, summary: 'A version, and what it changed', params: VersionParams, querystring: Against, response: { 200: VersionDetail } } },
    async ({ actor, params, query }) => knowledge.version(actor, params.id, { ...params, ...query }));

  app.post('/articles/:id/restorations', { schema: { tags, summary: 'Write an earlier version again', params: IdParams, body: Restoration, response: { 200: ArticleDetail } } },
    async ({ actor, params, body }) => knowledge.restoreVersion(actor, params.id, body.language, body.version));

  app.post('/articles/:id/reviews', { schema: { tags, summary: 'It is still true', params: IdParams, response: { 200: ArticleDetail } } },
    async ({ actor, params }) => knowledge.reviewArticle(actor, params.id));

  app.post('/articles/:id/uses', { schema: { tags, summary: 'Put it into a reply', params: IdParams, body: UseRequest, response: { 200: UseView } } },
    async ({ actor, params, body }) => knowledge.useArticle(actor, params.id, body));

  app.get('/articles/:id/figures', { schema: { tags, summary: 'How it does: shown, helpful or not, and tickets that came all the same', params: IdParams, querystring: FiguresSpan, response: { 200: ArticleFiguresDetail } } },
    async ({ actor, params, query }) => knowledge.figuresOfArticle(actor, params.id, query));

  app.get('/articles/:id/votes', { schema: { tags, summary: 'What readers said whom it did not help, newest first', params: IdParams, response: { 200: VotePage } } },
    async ({ actor, params }) => knowledge.votes(actor, params.id));
};

export const knowledgeRoutes = (knowledge: Knowledge): Routes => async (app) => {
  app.get('/article-categories', { schema: { tags, summary: 'Categories and their sections', response: { 200: CategoryList } } }, async ({ actor }) => knowledge.categories(actor));

  app.post('/article-categories', { schema: { tags, summary: 'Add a category or a section', body: CategoryCreate, response: { 201: CategoryView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return knowledge.createCategory(actor, body); });

  app.patch('/article-categories/:id', { schema: { tags, summary: 'Change a category', params: IdParams, body: CategoryPatch, response: { 200: CategoryView } } },
    async ({ actor, params, body }) => knowledge.changeCategory(actor, params.id, body));

  app.delete('/article-categories/:id', { schema: { tags, summary: 'Remove an empty category', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await knowledge.removeCategory(actor, params.id); void reply.code(204); });

  app.get('/article-synonyms', { schema: { tags, summary: 'Words of one meaning', response: { 200: SynonymPage } } }, async ({ actor }) => knowledge.synonyms(actor));

  app.post('/article-synonyms', { schema: { tags, summary: 'Let words find what others would', body: SynonymCreate, response: { 201: SynonymView } } },
    async ({ actor, body }, reply) => { void reply.code(201); return knowledge.addSynonyms(actor, body); });

  app.delete('/article-synonyms/:id', { schema: { tags, summary: 'Remove a group of words', params: IdParams, response: { 204: z.void() } } },
    async ({ actor, params }, reply) => { await knowledge.removeSynonyms(actor, params.id); void reply.code(204); });

  app.get('/knowledge/gaps', { schema: { tags, summary: 'What people looked for and did not find', querystring: GapQuery, response: { 200: GapPage } } },
    async ({ actor, query }) => knowledge.gaps(actor, query));

  app.post('/knowledge/gaps/closures', { schema: { tags, summary: 'A gap was dealt with', body: GapClosure, response: { 204: z.void() } } },
    async ({ actor, body }, reply) => { await knowledge.closeGap(actor, body); void reply.code(204); });

  app.get('/knowledge/figures', { schema: { tags, summary: 'How the articles do that customers may read', querystring: FiguresQuery, response: { 200: FiguresPage } } },
    async ({ actor, query }) => knowledge.articleFigures(actor, query));

  app.get('/knowledge/settings', { schema: { tags, summary: 'What search leaves out', response: { 200: KnowledgeSettings } } }, async ({ actor }) => knowledge.knowledgeSettings(actor));

  app.put('/knowledge/settings', { schema: { tags, summary: 'Change what search leaves out', body: KnowledgeSettings, response: { 200: KnowledgeSettings } } },
    async ({ actor, body }) => knowledge.changeKnowledgeSettings(actor, body));
};
