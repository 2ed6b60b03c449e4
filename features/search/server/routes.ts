import type { Routes } from '../../../platform/http/server.ts';
import { SearchPage, SearchQuery } from '../core/contract.ts';
import type { SearchRoom } from './search.ts';

export const searchRoutes = (search: SearchRoom): Routes => async (app) => {
  app.get('/search', { schema: { tags: ['search'], summary: 'Tickets, customers and articles by words and operators', querystring: SearchQuery, response: { 200: SearchPage } } },
    async ({ actor, query }) => search.search(actor, query));
};
