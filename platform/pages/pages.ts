import { createHash } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/errors.ts';
import { isLanguage, type Language } from '../../kernel/languages.ts';
import { isStorable } from '../http/bodies.ts';
import { toProblem } from '../http/problem.ts';
import { refuseForeignWrites, type Routes, type Section } from '../http/server.ts';
import { frame, type Page, type Site } from './frame.ts';
import { html } from './html.ts';
import { wishedLanguage } from './language.ts';
import type { Style } from './style.ts';
import { pageWords } from './words.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose public pages are asked for; on the routes of `pages.section` alone. */
    site: Site;
  }
}

export type Pages = ReturnType<typeof createPages>;
export type Form = Readonly<Record<string, string>>;

/** Who may keep an answer, and for which readers it is the same. */
export type Kept = {
  /** For how long without asking again, in seconds; null: nobody, it is one reader's own. */
  readonly keep?: number | null;
  /** Headers besides the usual by which it differs. */
  readonly by?: readonly string[];
  /** Of this reader's choice: nobody keeps it for others. */
  readonly isOwn?: boolean;
};

/** Requests a minute from one address. A brake against accidents; forms have limits of their own. */
const PER_MINUTE = 120_000;
const FORM_LIMIT = 256 * 1024;
const MOST_FIELDS = 200;

const policy = ({ scripts, frames }: { scripts: boolean; frames: readonly string[] }): string => [
  "default-src 'none'", "style-src 'self'", "img-src 'self' data:", ...(frames.length > 0 ? [`frame-src ${frames.join(' ')}`] : []), ...(scripts ? ["script-src 'self'", "connect-src 'self'"] : []), "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

/**
 * Public pages: rendered here, of use without script, in the reader's language, under a policy that allows nothing from
 * elsewhere. `siteAt` says whose pages a host shows; null: nobody's yet.
 */
export function createPages({ siteAt, style, publicUrl }: { siteAt: (host: string) => Promise<Omit<Site, 'origin'> | null>; style: Style; publicUrl: string }) {
  const own = new URL(publicUrl);

  const siteOf = async (request: FastifyRequest): Promise<Site | null> => {
    const host = request.host.toLowerCase();
    const site = await siteAt(host);
    return site && { ...site, origin: host === own.host ? own.origin : `${request.protocol}://${host}` };
  };

  /** The language of the address (`/help/ar/…`, `?lang=ar`), else what the browser asks for. */
  function languageOf(request: FastifyRequest): Language {
    const { lang } = request.query as { lang?: unknown };
    const inPath = /^\/[a-z-]+\/([a-z]{2})(?:[/?.]|$)/.exec(request.url)?.[1] ?? '';
    if (typeof lang === 'string' && isLanguage(lang)) return lang;
    return isLanguage(inPath) ? inPath : wishedLanguage(request.headers['accept-language'], request.site?.language ?? 'en');
  }

  /**
   * Answers with a page. A reader who has it already is told so (304).
   */
  function show(request: FastifyRequest, reply: FastifyReply, page: Page, kept: Kept & { status?: number } = {}): FastifyReply {
    const { status = 200 } = kept;
    void reply.code(status).headers({
      'content-security-policy': policy({ scripts: (page.scripts ?? []).length > 0, frames: page.frames ?? [] }), 'x-content-type-options': 'nosniff', 'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()', 'content-language': page.language,
    }).type('text/html; charset=utf-8');
    return send(request, reply, frame(request.site, page, style.path).text, kept);
  }

  /** Any text that may be asked for again: a page, a feed, a map of the site. */
  function send(request: FastifyRequest, reply: FastifyReply, text: string, { status = 200, ...kept }: Kept & { status?: number } = {}): FastifyReply {
    if (status !== 200 || kept.keep === null) return reply.code(status).header('cache-control', 'no-store').send(text);
    // A page names the host that it was asked for: whoever keeps it for others must not mix up two of them.
    const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
    void reply.headers({ etag: tag, ...keeping(kept) });
    return isKnown(request, tag) ? reply.code(304).send() : reply.send(text);
  }

  const isKnown = ({ headers }: FastifyRequest, tag: string): boolean =>
    (headers['if-none-match'] ?? '').split(',').some((one) => one.trim().replace(/^W\//, '') === tag);

  function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const problem = toProblem(error, request);
    const { status, retryAfter } = problem;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    if (typeof retryAfter === 'number') void reply.header('retry-after', Math.ceil(retryAfter));
    if (!request.site) return reply.code(status).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(pageWords('en')('page.missing.title'));
    const language = languageOf(request);
    const t = pageWords(language);
    const kind = kindOf(status);
    const main = html`<h1>${t(`page.${kind}.title`)}</h1>
<p>${t(`page.${kind}.text`, { seconds: typeof retryAfter === 'number' ? Math.ceil(retryAfter) : 60, number: request.id })}</p>
<p><a href="${request.site.home(language)}">${t('page.home')}</a></p>`;
    return show(request, reply, { language, title: t(`page.${kind}.title`), main }, { status, keep: null });
  }

  /** Pages below one address, e.g. `/help`, with everything that they share: whose they are, forms, limits, refusals as pages. */
  const section = (prefix: string, routes: Routes): Section => ({
    prefix,
    routes: async (app) => {
      hidden(app as unknown as FastifyInstance);
      app.decorateRequest('site', undefined as unknown as Site);
      app.setErrorHandler(refuse);
      app.setNotFoundHandler((request, reply) => refuse(new AppError('not_found', 'page.not_found', 'There is no such page.'), request, reply));
      await app.register(rateLimit, {
        hook: 'onRequest', max: PER_MINUTE, timeWindow: 60_000, cache: 20_000,
        errorResponseBuilder: (_request, { ttl }) => new AppError('rate_limited', 'request.rate_limited', 'Slow down.', { retryAfter: Math.ceil(ttl / 1000) }),
      });
      app.addHook('onRequest', begin);
      parseForms(app as unknown as FastifyInstance);
      await routes(app, { prefix });
    },
  });

  async function begin(request: FastifyRequest): Promise<void> {
    const site = await siteOf(request);
    if (!site) throw new AppError('not_found', 'site.not_found', 'Nobody shows pages under this host.');
    request.site = site;
    refuseForeignWrites(request, own.origin);
  }

  /** The stylesheet, under an address that never shows anything else. */
  const assets: Section = {
    prefix: '/style',
    routes: async (app) => {
      hidden(app as unknown as FastifyInstance);
      app.get('/:name', async (request, reply) => {
        if (`/style/${(request.params as { name: string }).name}` !== style.path) return reply.code(404).send();
        const small = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
        if (small) void reply.header('content-encoding', 'br');
        return reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff', vary: 'accept-encoding' })
          .type('text/css; charset=utf-8').send(small ? style.brotli() : style.css);
      });
    },
  };

  return { section, assets, show, send, refuse, languageOf };
}

const keeping = ({ keep = 0, by = [], isOwn = false }: Kept) => ({
  'cache-control': `${isOwn ? 'private' : 'public'}, ${keep === 0 ? 'no-cache' : `max-age=${keep}`}`, vary: ['accept-language', 'x-forwarded-host', ...by].join(', '),
});

/** Pages are no part of the API. */
function hidden(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => { route.schema = { ...route.schema, hide: true }; });
}

/** Nothing but forms: what else a program sends holds other things than texts. */
function parseForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_request, body, done) => {
    const fields = [...new URLSearchParams(body as string)].slice(0, MOST_FIELDS);
    const form = Object.fromEntries(fields.map(([name, value]) => [name, value.replace(/\r\n?/g, '\n')]));
    if (isStorable(form)) done(null, form);
    else done(new AppError('invalid', 'request.bad_text', 'A text holds a NUL character or half of a surrogate pair, which cannot be kept; leave it out.'));
  });
}

const kindOf = (status: number) => (status === 404 ? 'missing' : status === 403 ? 'forbidden' : status === 429 ? 'busy' : status === 503 ? 'unavailable' : status >= 500 ? 'broken' : 'bad');
