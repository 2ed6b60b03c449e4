import { IdParams } from '../../../kernel/contract.ts';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { PrivacyDecision, PrivacyPage, PrivacyQuery, PrivacyRequestView } from '../core/privacy-contract.ts';
import type { Requests } from './requests.ts';

export const privacyRoutes = ({ privacy }: Pick<Requests, 'privacy'>): Routes => async (app) => {
  const tags = ['requests'];
  app.get('/privacy-requests', { schema: { tags, summary: 'Who asked for their data, or for its deletion', querystring: PrivacyQuery, response: { 200: PrivacyPage } } },
    async ({ actor, query }) => privacy.list(actor, query));

  app.post('/privacy-requests/:id/decision', { schema: { tags, summary: 'Done or refused, with a word to the customer', params: IdParams, body: PrivacyDecision, response: { 200: PrivacyRequestView } } },
    async ({ actor, params, body }) => privacy.decide(actor, params.id, body));

  app.get('/privacy-requests/:id/export.json', { config: { fresh: true }, schema: { tags, summary: 'What is kept of them, to hand over', params: IdParams, produces: ['application/json'] } },
    async ({ actor, params }, reply) => asDownload(reply, { name: 'data.json', contentType: 'application/json; charset=utf-8' }).send(JSON.stringify(await privacy.exportOf(actor, params.id), null, 2)));
};
