import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/errors.ts';
import type { Database, Tx } from '../db/db.ts';
import { sha256Of } from '../files/slices.ts';
import type { Signer } from './signing.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** Answers are kept without the signed links in them: what opens a file has no business in a table. */
export type Shelf = Pick<Signer, 'shelve' | 'unshelve'>;

const MAX_KEY = 255;

/**
 * Runs a write at most once for each Idempotency-Key of an actor: the key, the effect and the answer are committed in
 * one transaction, so a repetition gets the first answer, and one that comes while the first is running waits for it.
 * The same key with another request is refused. Keys are kept for 48 hours.
 */
export function idempotent(db: Database, handler: Handler, shelf: Shelf): Handler {
  return async (request, reply) => {
    const key = request.headers['idempotency-key'];
    if (key === undefined || !request.hasActor) return handler(request, reply);
    if (typeof key !== 'string' || key === '' || key.length > MAX_KEY) {
      throw new AppError('invalid', 'idempotency.bad_key', `Idempotency-Key must be 1 to ${MAX_KEY} characters.`);
    }
    const { workspaceId, id: actorId } = request.actor;
    const fingerprint = await fingerprintOf(request);

    return db.work(workspaceId, async (tx) => {
      // A second request with the key waits here until the first has committed or rolled back.
      const inserted = await tx.insertInto('idempotency_keys')
        .values({ workspace_id: workspaceId, actor_id: actorId, key, fingerprint })
        .onConflict((conflict) => conflict.doNothing()).returning('key').executeTakeFirst();
      if (!inserted) {
        const first = await tx.selectFrom('idempotency_keys').select(['fingerprint', 'status', 'response'])
          .where('actor_id', '=', actorId).where('key', '=', key).executeTakeFirstOrThrow();
        if (first.fingerprint !== fingerprint) {
          throw new AppError('mismatch', 'idempotency.other_request', 'This Idempotency-Key was used for another request; take a new one.');
        }
        void reply.code(first.status ?? 200).header('idempotency-replayed', 'true');
        return first.response === null ? undefined : JSON.parse(jsonOf(first.response, shelf.unshelve)) as unknown;
      }
      const body = await answerOf(handler, request, reply);
      await tx.updateTable('idempotency_keys')
        .set({ status: reply.statusCode, response: body === undefined ? null : jsonOf(body, shelf.shelve), subject_id: subjectOf(request, body) })
        .where('actor_id', '=', actorId).where('key', '=', key).execute();
      return body;
    });
  };
}

/** What the handler wants to answer, also when it sends by itself: nothing may leave before the commit. */
async function answerOf(handler: Handler, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { send } = reply;
  let sent: { payload: unknown } | null = null;
  reply.send = (payload?: unknown) => {
    sent = { payload };
    return reply;
  };
  // A handler may return the reply, which is a promise of the answer's departure: waiting for that here would be for ever.
  // oxlint-disable-next-line unicorn/no-thenable -- it takes `then` away, so that the reply is no promise for a while
  Object.defineProperty(reply, 'then', { value: undefined, configurable: true });
  try {
    const returned = await handler(request, reply);
    return sent === null ? returned : (sent as { payload: unknown }).payload;
  } finally {
    reply.send = send;
    Reflect.deleteProperty(reply, 'then');
  }
}

/** As JSON, with each of its texts changed. */
const jsonOf = (value: unknown, change: (text: string) => string): string =>
  JSON.stringify(value, (_name, inner: unknown) => (typeof inner === 'string' ? change(inner) : inner));

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What an answer tells of: what the address names, else what was made. */
function subjectOf({ params, query }: FastifyRequest, body: unknown): string | null {
  const named = [(params as { id?: unknown } | undefined)?.id, (query as { ticket?: unknown } | undefined)?.ticket, (body as { id?: unknown } | null | undefined)?.id];
  return named.find((one): one is string => typeof one === 'string' && UUID.test(one)) ?? null;
}

/** Changes the texts of kept answers that tell of these subjects; what was asked is forgotten, and its keys take no repetition. */
export async function changeAnswers(tx: Tx, subjectIds: readonly string[], change: (text: string) => string): Promise<void> {
  if (subjectIds.length === 0) return;
  const kept = await tx.selectFrom('idempotency_keys').select(['actor_id', 'key', 'response']).where('subject_id', 'in', subjectIds).execute();
  for (const { actor_id: actorId, key, response } of kept) {
    const after = response === null ? null : jsonOf(response, change);
    await tx.updateTable('idempotency_keys').set({ response: after, fingerprint: '' }).where('actor_id', '=', actorId).where('key', '=', key).execute();
  }
}

/** The rights belong to it: an answer that was given to a wider token is not repeated to a narrower one. */
async function fingerprintOf(request: FastifyRequest): Promise<string> {
  const given = request.routeOptions.config.secretBody ? null : request.body;
  const body = Buffer.isBuffer(given) ? given : Buffer.from(JSON.stringify(given ?? null));
  const sha256 = await sha256Of(Buffer.from(`${request.method} ${request.url} ${request.actor.scopes?.join(' ') ?? 'all'}\n`), body);
  return Buffer.from(sha256, 'hex').toString('base64url');
}

/** The answer holds a secret or the request a password: neither may be kept for the sake of a repetition. */
export async function neverRepeated(request: FastifyRequest): Promise<void> {
  delete request.headers['idempotency-key'];
}
