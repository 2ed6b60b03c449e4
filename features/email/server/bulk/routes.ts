import { z } from 'zod';
import { directionOf, type Language } from '../../../../kernel/languages.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { UNSUBSCRIBE_WORDS } from '../../core/unsubscribe-words.ts';
import type { Email } from '../email.ts';

const tags = ['mail'];
const Token = z.strictObject({ token: z.string().min(1).max(1200) });
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
const STYLE = 'body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}button{font:inherit;padding:.5rem 1rem}';

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(language: Language, address: string, what: 'ask' | 'done'): string {
  const words = UNSUBSCRIBE_WORDS[language];
  const line = escape(words[what]).replace('{address}', `<bdi>${escape(address)}</bdi>`);
  const form = what === 'ask' ? `<form method="post"><button>${escape(words.verb)}</button></form>` : '';
  return `<!DOCTYPE html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escape(words.title)}</title><style>${STYLE}</style></head><body><main><h1>${escape(words.title)}</h1><p>${line}</p>${form}</main></body></html>`;
}

export const unsubscribeRoutes = ({ unsubscribing }: Pick<Email, 'unsubscribing'>): Routes => async (app) => {
  // What mail programs send with one click, in either form of RFC 8058; nothing in it is needed.
  app.addContentTypeParser('multipart/form-data', { parseAs: 'string', bodyLimit: 4_000 }, (_request, _body, done) => { done(null, null); });
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 1_000 }, (_request, _body, done) => { done(null, null); });

  app.get('/unsubscriptions/:token', { config: { public: true }, schema: { tags, summary: 'Asks whether somebody wants no more of a kind of mail; changes nothing', params: Token } },
    async ({ params }, reply) => {
      const { language, address } = unsubscribing.read(params.token);
      return reply.header('content-security-policy', POLICY).header('referrer-policy', 'no-referrer').type('text/html; charset=utf-8').send(page(language, address, 'ask'));
    });

  app.post('/unsubscriptions/:token', { config: { public: true }, schema: { tags, summary: 'Sends no more of a kind of mail to an address (RFC 8058)', params: Token } },
    async ({ params }, reply) => {
      const { language, address } = await unsubscribing.unsubscribe(params.token);
      return reply.header('content-security-policy', POLICY).header('referrer-policy', 'no-referrer').type('text/html; charset=utf-8').send(page(language, address, 'done'));
    });
};
