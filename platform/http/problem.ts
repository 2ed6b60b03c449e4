import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod';
import { AppError, type ErrorKind } from '../../kernel/errors.ts';
import { mayPass } from '../db/refusals.ts';
import { isFullDisk } from '../files/space.ts';

const STATUS: Record<ErrorKind, number> = {
  invalid: 400, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, mismatch: 422, too_large: 413,
  rate_limited: 429, unavailable: 503,
};

const TITLE: Record<number, string> = {
  400: 'The request is not right', 401: 'Sign in first', 403: 'Not allowed', 404: 'Not found', 405: 'Method not allowed',
  409: 'In conflict with what is there', 413: 'Too large', 415: 'Unsupported content type', 422: 'Does not match',
  429: 'Too many requests', 500: 'Something went wrong on our side', 503: 'Not available right now',
};

/** RFC 9457. `code` is stable and for programs, `detail` is for people who write them. */
type Problem = {
  type: string; title: string; status: number; code: string; detail: string; instance: string;
  errors?: { pointer: string; detail: string }[];
  [extension: string]: unknown;
};

export function toProblem(error: unknown, request: FastifyRequest): Problem {
  const problem = (status: number, code: string, detail: string, more: Record<string, unknown> = {}): Problem => ({
    type: 'about:blank', title: TITLE[status] ?? 'Refused', status, code, detail, instance: request.id, ...more,
  });
  if (error instanceof AppError) return problem(STATUS[error.kind], error.code, error.detail, error.details);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({ pointer: `#${issue.instancePath}`, detail: issue.message ?? 'is not valid' }));
    const where = error.validationContext ?? 'request';
    return problem(400, 'request.invalid', `The ${where} is not valid: ${errors.map((e) => `${e.pointer} ${e.detail}`).join('; ').slice(0, 500)}`, { errors });
  }
  if (isResponseSerializationError(error)) return problem(500, 'internal.error', 'The answer broke its own contract; it has been logged.');
  if (isFullDisk(error)) return problem(503, 'storage.full', 'The disk of the server is full; nothing can be kept until there is room again.');
  return problem(...fromForeign(error as Partial<FastifyError>));
}

/** Refusals of the libraries below us: the web server's and PostgreSQL's. */
function fromForeign({ statusCode = 500, code = '', message = '' }: Partial<FastifyError>): [status: number, code: string, detail: string] {
  if (statusCode >= 400 && statusCode < 500) return [statusCode, `request.${(code || 'refused').toLowerCase().replace(/^fst_(err_)?/, '')}`, message];
  if (mayPass({ code, message })) return [503, 'database.busy', 'The database is busy; try again in a moment.'];
  if (code === '22021' || code === '22P05') return [400, 'request.bad_text', 'A text holds a NUL character, which cannot be kept; leave it out.'];
  return [500, 'internal.error', 'It has been logged; try again, and report the instance if it stays.'];
}

export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error, request);
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  const { retryAfter } = problem;
  if (typeof retryAfter === 'number') void reply.header('retry-after', Math.ceil(retryAfter));
  else if (problem.status === 503) void reply.header('retry-after', 1);
  return reply.code(problem.status).header('cache-control', 'no-store').type('application/problem+json')
    .serializer((payload: unknown) => JSON.stringify(payload)).send(problem);
}

/** What is not HTTP at all gets the same shape of refusal, and no second chance on its connection. */
export function refuseGarbage(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, words] = error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'The headers of this request are too large.']
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? [408, 'The request did not arrive in time.'] : [400, 'This is not a request that can be understood.'];
  const body = JSON.stringify({ type: 'about:blank', title: TITLE[status as number] ?? 'Refused', status, code: 'request.not_http', detail: words });
  socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
