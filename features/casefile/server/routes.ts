import { IdParams } from '../../../kernel/contract.ts';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { CaseQuery } from '../core/contract.ts';
import type { CaseFile } from './casefile.ts';

export const caseRoutes = (casefile: CaseFile): Routes => async (app) => {
  app.get('/tickets/:id/case.pdf', { schema: { tags: ['tickets'], summary: 'The complete case as one PDF', params: IdParams, querystring: CaseQuery, produces: ['application/pdf'] } },
    async ({ actor, params, query }, reply) => {
      const { name, bytes } = await casefile.print(actor, params.id, query);
      return asDownload(reply, { name, contentType: 'application/pdf' }).header('cache-control', 'private, no-store').send(bytes);
    });
};
