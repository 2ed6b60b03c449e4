import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FallbackPage, Http } from '../../platform/http/server.ts';

const FOLDER = join(import.meta.dirname, '../../build/agent');

const POLICY = (nonce: string, host: string) => [
  "default-src 'none'", "script-src 'self'", `style-src 'self' 'nonce-${nonce}'`, "style-src-attr 'unsafe-inline'", "font-src 'self'",
  "img-src 'self' data: blob:", `connect-src 'self' ws://${host} wss://${host}`, "frame-src 'self'", "manifest-src 'self'", "worker-src 'self'",
  "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "object-src 'none'",
].join('; ');

/** A browser looks at the icon of its tab again at every address. */
const ICON = /\.(?:png|svg)$/;

/** The built app of the agents: its files by name, and its page for every other address, under a strict content policy. */
export async function serveAgentApp(http: Http): Promise<void> {
  if (!existsSync(join(FOLDER, 'index.html'))) return;
  await http.register(fastifyStatic, {
    // The page itself is answered by `agentPage` alone: as a file it would come without its policy.
    root: FOLDER, wildcard: false, index: false, serveDotFiles: false, globIgnore: ['index.html', '**/*.br'],
    preCompressed: true,
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : ICON.test(path) ? 'public, max-age=86400' : 'no-cache');
      void reply.header('vary', 'accept-encoding');
      void reply.header('x-content-type-options', 'nosniff');
    },
  });
}

/** For GET requests of a browser that name no file and no API address. */
export function agentPage(): FallbackPage {
  const file = join(FOLDER, 'index.html');
  const template = existsSync(file) ? readFileSync(file, 'utf8') : null;
  return (request: FastifyRequest, reply: FastifyReply) => {
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api/') && /text\/html|\*\/\*/.test(request.headers.accept ?? '*/*') && !/\.[a-z0-9]{2,5}$/i.test(request.url.split('?')[0]!);
    if (template === null || !wantsPage) return null;
    const nonce = randomBytes(16).toString('base64');
    return reply.code(200).type('text/html; charset=utf-8').headers({
      'content-security-policy': POLICY(nonce, request.headers.host ?? ''), 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
      'cache-control': 'no-store', 'cross-origin-opener-policy': 'same-origin', 'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
    }).send(template.replaceAll('__CSP_NONCE__', nonce));
  };
}
