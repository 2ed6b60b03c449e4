import { z } from 'zod';
import { LanguageCode } from '../../../kernel/contract.ts';
import type { Routes } from '../../../platform/http/server.ts';
import { CharterInput, CharterView } from '../core/contract.ts';
import type { Charter } from './charter.ts';

const tags = ['published promises'];
const InLanguage = z.strictObject({ language: LanguageCode.default('en') });

export const charterRoutes = (charter: Charter): Routes => async (app) => {
  app.get('/charter', { schema: { tags, summary: 'What the company promises in public', querystring: InLanguage, response: { 200: CharterView } } }, async ({ actor, query }) => charter.get(actor, query.language));

  app.put('/charter', { schema: { tags, summary: 'Change what the company promises in public', querystring: InLanguage, body: CharterInput, response: { 200: CharterView } } },
    async ({ actor, query, body }) => charter.put(actor, body, query.language));
};
