import { z } from 'zod';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { AppError } from '../../../kernel/errors.ts';
import { DraftBody, DraftParams, DraftQuery, DraftView } from '../core/draft.ts';
import type { Tickets } from './tickets.ts';

const tags = ['tickets'];
const Token = z.strictObject({ token: z.string().min(1).max(600) });
const gone = () => new AppError('not_found', 'link.expired', 'This link is out of date; open the ticket again.');
/** Shown in place when asked for; everything else is a download. SVG and PDF are not on it: they can hold script. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

export const contentRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/files/:token', { config: { public: true }, schema: { tags, summary: 'A file by signed link', params: Token } },
    async ({ params }, reply) => {
      const link = await tickets.openLink(params.token, 'file');
      if (!link) throw gone();
      const file = await tickets.file(link.workspaceId, link.id);
      void reply.header('cache-control', 'private, max-age=3600, immutable').header('etag', `"${file.etag}"`);
      return asDownload(reply, { name: file.name, contentType: file.contentType, inline: RASTER.has(file.contentType) }).send(file.bytes);
    });

  app.get('/content/:token', { config: { public: true }, schema: { tags, summary: 'The HTML of a message as a page of its own', params: Token, querystring: z.strictObject({ images: z.literal('1').optional() }) } },
    async ({ params, query, headers }, reply) => {
      const link = await tickets.openLink(params.token, 'html');
      if (!link) throw gone();
      const page = await tickets.entryPage(link.reader, link.id, { images: query.images === '1' });
      const own = `http://${headers.host ?? ''}/api/v1/files/ https://${headers.host ?? ''}/api/v1/files/`;
      return reply
        .header('content-security-policy', `sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: ${own}${query.images === '1' ? ' https:' : ''}; frame-ancestors 'self'`)
        .header('referrer-policy', 'no-referrer').header('x-content-type-options', 'nosniff').type('text/html; charset=utf-8').send(page);
    });

  const draft = { params: DraftParams, querystring: DraftQuery };

  app.get('/drafts/:kind', { schema: { tags, summary: 'What I was writing; null when nothing', ...draft, response: { 200: DraftView.nullable() } } },
    async ({ actor, params, query }) => tickets.draft(actor, params.kind, query.ticket ?? null));

  app.put('/drafts/:kind', { schema: { tags, summary: 'Save what I am writing', ...draft, body: DraftBody, response: { 200: DraftView } } },
    async ({ actor, params, query, body }) => tickets.saveDraft(actor, params.kind, query.ticket ?? null, body));

  app.delete('/drafts/:kind', { schema: { tags, summary: 'Discard what I was writing', ...draft, response: { 204: z.void() } } },
    async ({ actor, params, query }, reply) => { await tickets.discardDraft(actor, params.kind, query.ticket ?? null); void reply.code(204); });
};
