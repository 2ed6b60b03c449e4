import { queryOptions, type QueryClient } from '@tanstack/react-query';
import type { Language } from '../../../kernel/languages.ts';
import { api } from '../../../platform/browser/api.ts';
import { pagedQuery } from '../../../platform/browser/paged.ts';
import { PersonPage } from '../../people/core/contract.ts';
import { ArticleDetail, ArticleFiguresDetail, ArticlePage, CategoryList, FiguresPage, GapPage, KnowledgeSettings, SynonymPage, VersionDetail, VersionPage, VotePage, type CategoryView, type FigureSort } from '../core/contract.ts';

export const SHELVES = ['all', 'public', 'draft', 'review', 'customers_only', 'internal', 'overdue', 'stale'] as const;
export type ShelfName = (typeof SHELVES)[number];

const asked = (shelf: ShelfName): Record<string, string> => (shelf === 'all' ? {} : shelf === 'overdue' || shelf === 'stale' ? { [shelf]: 'true' } : { state: shelf });

export const articlesQuery = ({ shelf, q, language }: { shelf: ShelfName; q: string; language: Language }) =>
  pagedQuery(['knowledge', 'articles', shelf, q, q === '' ? null : language], '/articles', ArticlePage, { ...asked(shelf), ...(q !== '' && { q, language }) });

export const articleOne = (id: string) =>
  queryOptions({ queryKey: ['knowledge', 'article', id], queryFn: ({ signal }) => api.get(`/articles/${id}`, ArticleDetail, { signal }) });

export const versionsQuery = (id: string, language: Language) => pagedQuery(['knowledge', 'versions', id, language], `/articles/${id}/versions/${language}`, VersionPage);

export const versionOne = (id: string, language: Language, version: number) =>
  queryOptions({ queryKey: ['knowledge', 'version', id, language, version], queryFn: ({ signal }) => api.get(`/articles/${id}/versions/${language}/${version}`, VersionDetail, { signal }) });

export const votesQuery = (id: string) => queryOptions({ queryKey: ['knowledge', 'votes', id], queryFn: ({ signal }) => api.get(`/articles/${id}/votes`, VotePage, { signal }) });

export const figuresQuery = ({ days, sort, order }: { days: number; sort: FigureSort; order: 'asc' | 'desc' }) =>
  pagedQuery(['knowledge', 'figures', days, sort, order], '/knowledge/figures', FiguresPage, { days: String(days), sort, order });
export const figuresOne = (id: string, days: number) =>
  queryOptions({ queryKey: ['knowledge', 'figures-of', id, days], queryFn: ({ signal }) => api.get(`/articles/${id}/figures?days=${days}`, ArticleFiguresDetail, { signal }) });

export const categoriesQuery = queryOptions({ queryKey: ['knowledge', 'categories'], queryFn: ({ signal }) => api.get('/article-categories', CategoryList, { signal }) });
export const synonymsQuery = queryOptions({ queryKey: ['knowledge', 'synonyms'], queryFn: ({ signal }) => api.get('/article-synonyms', SynonymPage, { signal }) });
export const settingsQuery = queryOptions({ queryKey: ['knowledge', 'settings'], queryFn: ({ signal }) => api.get('/knowledge/settings', KnowledgeSettings, { signal }) });
export const gapsQuery = (days: number, language: Language | null) =>
  queryOptions({ queryKey: ['knowledge', 'gaps', days, language], queryFn: ({ signal }) => api.get(`/knowledge/gaps?days=${days}${language ? `&language=${language}` : ''}`, GapPage, { signal }) });

/** Under the key of the room that they belong to, so that the answer is shared. */
export const colleagues = queryOptions({
  queryKey: ['people', 'to-assign'],
  queryFn: async ({ signal }) => (await api.get('/people?limit=100', PersonPage, { signal })).items.filter(({ state }) => state !== 'deactivated'),
});

export const refresh = (cache: QueryClient): Promise<void> => cache.invalidateQueries({ queryKey: ['knowledge'] });

export const categoryName = ({ texts }: Pick<CategoryView, 'texts'>, language: Language): string => (texts[language] ?? Object.values(texts)[0])?.name ?? '';
