import type { FastifyInstance } from 'fastify';
import type { Now } from '../../../../kernel/actor.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Section } from '../../../../platform/http/server.ts';
import type { Signer } from '../../../../platform/http/signing.ts';
import type { MenuEntry } from '../../../../platform/pages/frame.ts';
import { parseFormsWithFiles } from '../../../../platform/pages/multipart.ts';
import type { Pages } from '../../../../platform/pages/pages.ts';
import { MAX_FILES_BYTES } from '../../core/contract.ts';
import type { Requests } from '../requests.ts';
import { formPages, type Suggest } from './form-pages.ts';
import { ownPages } from './own-pages.ts';
import { signInPages } from './sign-in-pages.ts';
import { createTurns } from './turn.ts';
import { SUGGEST } from './suggest.ts';
import { requestWords } from './words.ts';
import { WORK } from './work.ts';

/** Fields and the borders between them, beside the files. */
const FIELDS_BYTES = 512 * 1024;

export const requestsEntry = (language: Language): MenuEntry => ({ href: '/requests', text: requestWords(language)('requests.menu') });

/** Where somebody writes to us. `searched`: the help centre's token of what they looked for there in vain. */
export const newRequestPath = (language: Language, searched: string | null): string => `/requests/new?${new URLSearchParams({ lang: language, ...(searched !== null && { searched }) })}`;

/** `/requests`: everything that customers do for themselves. */
export function requestPages({ pages, requests, signer, now, publicUrl, suggest }: {
  pages: Pages; requests: Requests; signer: Signer; now: Now; publicUrl: string; suggest: Suggest;
}): Section {
  const turns = createTurns({ pages, requests, signer, now, publicUrl });
  return pages.section('/requests', async (app, options) => {
    parseFormsWithFiles(app as unknown as FastifyInstance, MAX_FILES_BYTES + FIELDS_BYTES);
    app.get('/work.js', async (_request, reply) => reply.headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' }).type('text/javascript; charset=utf-8').send(WORK));
    app.get('/suggest.js', async (_request, reply) => reply.headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' }).type('text/javascript; charset=utf-8').send(SUGGEST));
    await signInPages({ requests, turns })(app, options);
    await formPages({ requests, turns, suggest })(app, options);
    await ownPages({ requests, turns })(app, options);
  });
}
