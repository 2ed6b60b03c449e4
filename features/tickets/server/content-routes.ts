import { createHash } from 'node:crypto';
import { z } from 'zod';
import { asDownload, type Routes } from '../../../platform/http/server.ts';
import { AppError } from '../../../kernel/errors.ts';
import { spanOf } from '../../../platform/http/ranges.ts';
import { isPlayable } from '../core/playable.ts';
import { DraftBody, DraftParams, DraftQuery, DraftView } from '../core/draft.ts';
import type { Tickets } from './tickets.ts';

const tags = ['tickets'];
const Token = z.strictObject({ token: z.string().min(1).max(600) });
const gone = () => new AppError('not_found', 'link.expired', 'This link is out of date; open the ticket again.');
/** Shown in place when asked for; everything else is a download. SVG and PDF are not on it: they can hold script. */
const RASTER = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp']);

export const contentRoutes = (tickets: Tickets): Routes => async (app) => {
  app.get('/files/:token', { config: { public: true }, schema: { tags, summary: 'A file by signed link', params: Token } },
    async ({ params, headers }, reply) => {
      const link = await tickets.openLink(params.token, 'file');
      if (!link) throw gone();
      const file = await tickets.file(link.workspaceId, link.id);
      const etag = `"${file.etag}"`;
      void reply.header('cache-control', 'private, max-age=3600, immutable').header('etag', etag).header('accept-ranges', 'bytes');
      const span = (headers['if-range'] ?? etag) === etag ? spanOf(headers.range, file.bytes.length) : null;
      if (span === 'outside') return reply.code(416).header('content-range', `bytes */${file.bytes.length}`).send();
      const answer = asDownload(reply, { name: file.name, contentType: file.contentType, inline: RASTER.has(file.contentType) });
      if (span === null) return answer.send(file.bytes);
      return answer.code(206).header('content-range', `bytes ${span.from}-${span.to}/${file.bytes.length}`).send(file.bytes.subarray(span.from, span.to + 1));
    });

  app.get('/files/:token/preview', { config: { public: true }, schema: { tags, summary: 'What a HEIC file looks like, as a JPEG', params: Token, produces: ['image/jpeg'] } },
    async ({ params }, reply) => {
      const link = await tickets.openLink(params.token, 'file');
      if (!link) throw gone();
      const bytes = await tickets.filePreview(link.reader, link.id);
      return asDownload(reply, { name: 'preview.jpg', contentType: 'image/jpeg', inline: true }).header('cache-control', 'private, max-age=3600, immutable').send(bytes);
    });

  // A page of its own, so that the policy of the app need not let media in; of no origin, and with no script but the one that hears Escape.
  app.get('/files/:token/player', { config: { public: true }, schema: { tags, summary: 'A film or a recording as a page of its own', params: Token } },
    async ({ params, headers }, reply) => {
      const link = await tickets.openLink(params.token, 'file');
      if (!link) throw gone();
      const { contentType } = await tickets.file(link.workspaceId, link.id);
      if (!isPlayable(contentType)) throw new AppError('not_found', 'file.not_playable', 'This is no film and no recording; download it.');
      const own = `http://${headers.host ?? ''}/api/v1/files/ https://${headers.host ?? ''}/api/v1/files/`;
      return reply
        .header('content-security-policy', `sandbox allow-scripts; default-src 'none'; script-src ${CLOSES_POLICY}; style-src 'unsafe-inline'; media-src ${own}; frame-ancestors 'self'`)
        .header('referrer-policy', 'no-referrer').header('x-content-type-options', 'nosniff').type('text/html; charset=utf-8').send(playerPage(params.token, contentType));
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

/** The page around hears no key that is pressed in here. */
const CLOSES = "addEventListener('keydown',(event)=>{if(event.key==='Escape')parent.postMessage('escape','*')})";
const CLOSES_POLICY = `'sha256-${createHash('sha256').update(CLOSES).digest('base64')}'`;

const playerPage = (token: string, contentType: string): string => {
  const tag = contentType.startsWith('video/') ? 'video' : 'audio';
  return `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%;background:#000}body{display:flex;align-items:center;justify-content:center}video,audio{width:100%;max-height:100%}</style><${tag} controls preload="metadata" src="../${encodeURIComponent(token)}"></${tag}><script>${CLOSES}</script>`;
};
