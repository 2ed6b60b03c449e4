import type { FastifyInstance } from 'fastify';
import { AppError } from '../../kernel/errors.ts';

export const RAW_BODY_LIMIT = 52 * 1024 * 1024;
/** Only escapes can bring in what PostgreSQL does not keep; without one nothing needs to be looked through. */
const ESCAPED = /\\u(?:0000|d[89a-f])/i;

/**
 * JSON for the API; bytes for uploads and raw mail. Anything else is 415: a form of another site cannot be sent here.
 * Texts that hold NUL or half of a surrogate pair are refused here, so that no room has to think of them.
 */
export function parseBodies(app: Pick<FastifyInstance, 'removeContentTypeParser' | 'addContentTypeParser' | 'getDefaultJsonParser'>): void {
  app.removeContentTypeParser(['text/plain', 'application/json']);
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
    void parseJson(request, body, (error, value: unknown) => {
      if (error || !ESCAPED.test(body) || isStorable(value)) done(error, value);
      else done(new AppError('invalid', 'request.bad_text', 'A text holds a NUL character or half of a surrogate pair, which cannot be kept; leave it out.'));
    });
  });
  for (const type of ['application/octet-stream', 'message/rfc822']) {
    app.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: RAW_BODY_LIMIT }, (_request, body, done) => done(null, body));
  }
}

/** False for texts that PostgreSQL does not keep. */
export function isStorable(value: unknown): boolean {
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string' && (!next.isWellFormed() || next.includes('\u0000'))) return false;
    if (typeof next === 'object' && next !== null) for (const [key, inner] of Object.entries(next)) waiting.push(key, inner);
  }
  return true;
}
