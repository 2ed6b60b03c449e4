import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepIn } from '../../kernel/bounded.ts';
import { askedBy, type Asking } from '../audit/asking.ts';
import { addAuditLine } from '../audit/lines.ts';
import type { Database } from '../db/db.ts';

type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

const MOST_KNOWN = 10_000;

/** Whoever asks is known to everything that a request writes; what only reads leaves a line when it takes much away. */
export function createAudited(db: Database) {
  /** Token and address, and the day of the last line. */
  const known = new Map<string, string>();

  return {
    write: (handler: Handler): Handler => (request, reply) => askedBy(askingOf(request), () => handler(request, reply)),

    /** Before the answer begins: nothing leaves unrecorded, though one that is refused afterwards is recorded too. */
    export: (handler: Handler): Handler => (request, reply) => askedBy(askingOf(request), async () => {
      if (request.hasActor) await db.work(request.actor.workspaceId, (tx) => addAuditLine(tx, request.actor.workspaceId, { action: 'exported', kind: 'export', thing: pathOf(request) }));
      return handler(request, reply);
    }),

    /** A program at work: one line for each day, token and address. */
    async token(request: FastifyRequest): Promise<void> {
      const { workspaceId, credential } = request.actor;
      if (credential.kind !== 'token') return;
      const [use, today] = [`${credential.id} ${request.ip}`, new Date().toISOString().slice(0, 10)];
      if (known.get(use) === today) return;
      keepIn(known, use, today, MOST_KNOWN);
      const line = { action: 'used', kind: 'token', thing: credential.id, daily: use } as const;
      await askedBy(askingOf(request), () => db.work(workspaceId, (tx) => addAuditLine(tx, workspaceId, line)))
        .catch((error: unknown) => { known.delete(use); request.log.warn({ err: error }, 'the use of a token could not be recorded'); });
    },
  };
}

const pathOf = (request: FastifyRequest): string => (request.routeOptions.url ?? '').replace(/^\/api\/v1/, '');

const askingOf = (request: FastifyRequest): Asking => ({
  actor: request.hasActor ? request.actor.id : null, token: request.hasActor && request.actor.credential.kind === 'token' ? request.actor.credential.id : null,
  address: request.ip, operation: `${request.method} ${pathOf(request)}`, request: request.id,
});
