import type { IncomingMessage } from 'node:http';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform, validatorCompiler, type FastifyPluginAsyncZod, type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Database } from '../db/db.ts';
import { createAudited } from './audited.ts';
import { parseBodies } from './bodies.ts';
import { idempotent, type Shelf } from './idempotency.ts';
import { refuseGarbage, sendProblem } from './problem.ts';
import { requestId } from './request-id.ts';
import { askerOfPart, togetherRoutes } from './together.ts';
import { writtenByContract } from './written.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whoever is signed in; reading it on a public route without a session is a bug and throws. */
    actor: Actor;
    hasActor: boolean;
  }
  interface FastifyContextConfig {
    /** Needs no session. */
    public?: boolean;
    /** Could do lasting harm, or takes much away: whoever sits there has proved within the last minutes who they are, and a line is kept. */
    fresh?: boolean;
    /** Is no part of a request for several answers. */
    alone?: boolean;
    /** What is sent is secret: not even a hash of it is kept, so a repetition is known by its key and address alone. */
    secretBody?: boolean;
  }
}

/** The largest ordinary request; uploads and raw mail say their own. */
const BODY_LIMIT = 2 * 1024 * 1024;
/** Requests a minute for one actor, or one address without a session. A brake against accidents, far above people's use. */
const PER_MINUTE = 120_000;

const NO_LINKS: Shelf = { shelve: (text) => text, unshelve: (text) => text };

export type Authenticate = (headers: { authorization?: string | undefined; cookie?: string | undefined }) => Promise<Actor | null>;
export type Http = Awaited<ReturnType<typeof createHttp>>;
export type Routes = FastifyPluginAsyncZod;
/** Addresses outside the API that begin alike. */
export type Section = { readonly prefix: string; readonly routes: Routes };
/** What to answer where no route is: a page of an app, or null for the usual refusal. */
export type FallbackPage = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | null;

/** The HTTP side of the server: every route under /api/v1, one way in, one shape of refusal. */
export async function createHttp({ db, authenticate, requireFresh, shelf = NO_LINKS, publicUrl, version, logger, routes, sections = [], fallback = () => null, observe = () => undefined, trustedProxies = [], position = () => 0 }: {
  db: Database; authenticate: Authenticate;
  /** Throws unless a proof is fresh; asked for routes that say `fresh`. */
  requireFresh?: (actor: Actor) => Promise<void>;
  /** Takes signed links out of answers that are kept, and puts them back. */
  shelf?: Shelf;
  publicUrl: string; version: string; logger: FastifyBaseLogger; routes: readonly Routes[];
  /** Public pages. */
  sections?: readonly Section[];
  fallback?: FallbackPage;
  /** Only what these say about the client's address is believed. */
  trustedProxies?: readonly string[];
  /** How far the log of events is known here: whatever is read from now on knows that much. 0: not yet. */
  position?: () => number;
  /** Before any route is registered. */
  observe?: (app: FastifyInstance) => void;
}) {
  const app = Fastify({
    loggerInstance: logger, bodyLimit: BODY_LIMIT, trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false, logController: new LogController({ disableRequestLogging: true }),
    genReqId: requestId, requestTimeout: 60_000, keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 600 }, exposeHeadRoutes: false, rewriteUrl: headAsGet,
    frameworkErrors: (error, request, reply) => { void sendProblem(error, request, reply); }, clientErrorHandler: refuseGarbage,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(writtenByContract);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => fallback(request, reply)
    ?? sendProblem(new AppError('not_found', 'route.not_found', 'There is nothing at this address.'), request, reply));
  parseBodies(app);
  if (publicUrl.startsWith('https:')) app.addHook('onSend', async (_request, reply) => { void reply.header('strict-transport-security', 'max-age=31536000'); });
  observe(app as unknown as FastifyInstance);

  app.decorateRequest('hasActor', false);
  app.decorateRequest('actor', undefined as unknown as Actor);
  const ownOrigin = new URL(publicUrl).origin;
  const audited = createAudited(db);

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Rapport', version, description: 'Everything the web app does goes through this API.' },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, cookie: { type: 'apiKey', in: 'cookie', name: 'rapport' } } },
      security: [{ bearer: [] }, { cookie: [] }],
    },
    transform: jsonSchemaTransform,
  });

  await app.register(named(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      const asker = askerOfPart(request);
      if (asker) {
        Object.assign(request, { actor: asker, hasActor: true });
        return;
      }
      refuseForeignWrites(request, ownOrigin);
      const actor = await authenticate({ authorization: request.headers.authorization, cookie: request.headers.cookie });
      if (actor) {
        refuseForOthers(request, actor);
        request.actor = actor;
        request.hasActor = true;
        const known = request.method === 'GET' ? position() : 0;
        if (known > 0) void reply.header('rapport-position', known);
        if (request.routeOptions.config.fresh) await requireFresh?.(actor);
        await audited.token(request);
      } else if (!request.routeOptions.config.public) {
        throw new AppError('unauthenticated', 'session.missing', 'Sign in, or send a valid token as "Authorization: Bearer …".');
      }
    });
    // `?q=&cursor=` says no more than leaving both out. What changes something is told what is meant, or refused.
    api.addHook('preValidation', async (request) => {
      if (request.method !== 'GET') return;
      request.query = Object.fromEntries(Object.entries(request.query as Record<string, unknown>).filter(([, value]) => value !== ''));
    });
    await api.register(rateLimit, {
      global: false, max: PER_MINUTE, timeWindow: 60_000, cache: 20_000, enableDraftSpec: true,
      keyGenerator: (request) => (request.hasActor ? request.actor.id : request.ip),
      errorResponseBuilder: (_request, context) =>
        new AppError('rate_limited', 'request.rate_limited', 'Slow down.', { retryAfter: Math.ceil(context.ttl / 1000) }),
    });
    // One for all: by itself it would make one for each route.
    api.addHook('preValidation', api.rateLimit());
    api.addHook('onRoute', (route) => {
      if (route.method !== 'GET') route.handler = audited.write(idempotent(db, route.handler as never, shelf)) as never;
      else if (route.config?.fresh) route.handler = audited.export(route.handler as never) as never;
    });
    api.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      void reply.header('x-content-type-options', 'nosniff');
    });
    for (const plugin of [...routes, togetherRoutes(db)]) await api.register(named(plugin, 'routes'));
  }, 'api'), { prefix: '/api/v1' });
  for (const { prefix, routes: pages } of sections) await app.register(named(pages, 'section'), { prefix });

  app.get('/api/openapi.json', { schema: { hide: true } }, async (_request, reply) => {
    void reply.header('cache-control', 'no-cache');
    return app.swagger();
  });
  return app;
}

/** Fastify looks for a name of what has none in every module that was ever loaded, which takes longer than its routes. */
const named = (plugin: Routes, name: string): Routes => Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });

/** Whoever asks for the head of an answer gets it from the same route: a second one for each would cost every start a third more. Node leaves the body out. */
function headAsGet(request: IncomingMessage): string {
  if (request.method === 'HEAD') {
    heads.add(request);
    request.method = 'GET';
  }
  return request.url ?? '/';
}

const heads = new WeakSet<IncomingMessage>();
/** Nobody reads what comes of it: programs that look whether a link leads somewhere ask so. */
export const isHeadOnly = ({ raw }: Pick<FastifyRequest, 'raw'>): boolean => heads.has(raw);

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A browser says where a write comes from; one that another site caused is refused before anybody is looked up. */
export function refuseForeignWrites(request: FastifyRequest, ownOrigin: string): void {
  if (SAFE.has(request.method) || request.headers.authorization !== undefined) return;
  const { origin, 'sec-fetch-site': site, host } = request.headers;
  const ours = origin === undefined || origin === ownOrigin || (origin !== 'null' && URL.canParse(origin) && new URL(origin).host === host);
  if (!ours || site === 'cross-site' || site === 'same-site') {
    throw new AppError('forbidden', 'request.cross_site', 'Writes are taken from our own pages only; programs send "Authorization: Bearer …".');
  }
}

/** What waited in a browser for its writer's network says whose it is: nobody who signs in there later sends it. */
function refuseForOthers({ headers }: FastifyRequest, { id }: Actor): void {
  const meant = headers['rapport-person'];
  if (meant !== undefined && meant !== id) throw new AppError('unauthenticated', 'session.somebody_else', 'Somebody else is signed in; sign in as who this is from.');
}

/** For files of strangers: never shown inside our origin, never guessed at. */
export function asDownload(reply: FastifyReply, { name, contentType, inline = false }: { name: string; contentType: string; inline?: boolean }): FastifyReply {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return reply
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, escape)}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('referrer-policy', 'no-referrer')
    .type(contentType);
}
