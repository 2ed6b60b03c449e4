import { AsyncLocalStorage } from 'node:async_hooks';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Database } from '../db/db.ts';

/** One of the questions that were asked in one request: it is answered as alone, for whoever sent them all. */
type Part = { readonly actor: Actor };
type Answer = { readonly status: number; readonly payload: string };

const MOST = 40;
const LONGEST = 2_000;
const API = '/api/v1';
const JSON_TYPES = /^application\/(problem\+)?json/;
/** What says who asks, and from where. */
const CARRIED = ['authorization', 'cookie', 'host', 'user-agent', 'accept-language'] as const;

const Path = z.string().max(LONGEST).regex(/^\/[!-~]+$/);
const Asked = z.strictObject({ of: z.union([z.array(Path).min(1).max(MOST), Path]) });
const Answers = z.object({ items: z.array(z.object({ status: z.int(), body: z.unknown() })) });

const parts = new AsyncLocalStorage<Part>();

/**
 * Who is known to ask, when a request is one part of another; null for those that came by themselves. Only what answers in JSON,
 * to somebody, without taking much away, can be a part.
 */
export function askerOfPart({ method, routeOptions: { config, schema } }: FastifyRequest): Actor | null {
  const part = parts.getStore();
  if (!part) return null;
  const answers = (schema?.response as Record<string, unknown> | undefined)?.['200'];
  if (method !== 'GET' || config.public || config.fresh || config.alone || answers === undefined) {
    throw new AppError('invalid', 'request.not_together', 'This cannot be asked together with other things; ask it alone.');
  }
  return part.actor;
}

/** Several questions in one request: one authentication and one reading transaction for all of them. */
export const togetherRoutes = (db: Database): FastifyPluginAsyncZod => async (app) => {
  app.get('/answers', {
    config: { alone: true },
    schema: { tags: ['together'], summary: 'Ask several things of this API at once: what GET says to each of these paths, in their order; what is refused leaves the others as they are', querystring: Asked, response: { 200: Answers } },
  }, async (request, reply) => {
    const [paths, { actor }] = [[request.query.of].flat().map(withinApi), request];
    const ask = (path: string) => answerTo(app as unknown as FastifyInstance, request, path);
    // What is asked together is what comes at every opening of something: planned once.
    const asked = await db.work(actor.workspaceId, () => Promise.all(paths.map(ask)), { reads: true, repeats: 'asked' });
    // A statement that fails takes the transaction of all with it, also of those that say so in their own way; what writes on the way finds it closed to that.
    const answers: Answer[] = asked.some(({ status }) => status >= 500) ? [] : asked;
    if (answers.length === 0) for (const path of paths) answers.push(await ask(path));
    const written = `{"items":[${answers.map(({ status, payload }) => `{"status":${status},"body":${payload}}`).join()}]}`;
    return reply.type('application/json; charset=utf-8').serializer((text: unknown) => text as string).send(written as never);
  });
};

/** The path as the router will see it: `..` leads nowhere outside. */
function withinApi(path: string): string {
  const { pathname, search } = new URL(`http://here${API}${path}`);
  if (!pathname.startsWith(`${API}/`)) throw new AppError('invalid', 'request.invalid', 'Paths begin below the API.');
  return `${pathname}${search}`;
}

async function answerTo(app: FastifyInstance, { actor, ip, headers }: FastifyRequest, url: string): Promise<Answer> {
  const carried = Object.fromEntries(CARRIED.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
  // Asked within: the promise of an injected request begins it only when it is waited for.
  const { statusCode, headers: { 'content-type': type }, payload } = await parts.run({ actor }, async () => await app.inject({ method: 'GET', url, headers: carried, remoteAddress: ip }));
  return JSON_TYPES.test(String(type)) ? { status: statusCode, payload } : { status: 406, payload: 'null' };
}
