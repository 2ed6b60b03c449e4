import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { directionOf, isLanguage, type Language } from '../../kernel/languages.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Http, Section } from '../../platform/http/server.ts';
import { type Html, html, raw } from '../../platform/pages/html.ts';
import type { Chat } from '../../features/chat/server/chat.ts';

const FOLDER = join(import.meta.dirname, '../../build/widget');
const LOADER = 'widget.js';
const PANEL = 'src/panel/main.tsx';
const EXAMPLE = '../../clients/visitor/example/main.ts';
const YEAR = 'public, max-age=31536000, immutable';
/** Its address never changes, so that it is asked for anew every few minutes. */
const MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

type BuiltFile = { readonly type: string; readonly content: Buffer; readonly brotli: Buffer | null; readonly tag: string };
type Page = { readonly script: string; readonly sheets: readonly string[] };
type Built = { readonly files: ReadonlyMap<string, BuiltFile>; readonly panel: Page; readonly example: Page | null };
type Manifest = Readonly<Record<string, { readonly file: string; readonly css?: readonly string[] }>>;

/** Read once and kept, so that what is served stays whole while a new version is built. */
function builtIn(folder: string): () => Built | null {
  let built: Built | null = null;
  return () => (built ??= readBuilt(folder));
}

function readBuilt(folder: string): Built | null {
  const manifest = join(folder, '.vite/manifest.json');
  if (!existsSync(manifest)) return null;
  const parts = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const panel = pageOf(parts[PANEL]);
  if (!panel) return null;
  const names = [LOADER, ...readdirSync(join(folder, 'assets')).map((name) => `assets/${name}`)].filter((name) => /\.(?:js|css)$/.test(name));
  return { files: new Map(names.map((name) => [name, readBuiltFile(join(folder, name))])), panel, example: pageOf(parts[EXAMPLE]) };
}

const pageOf = (part: Manifest[string] | undefined): Page | null => part ? { script: `/widget/${part.file}`, sheets: (part.css ?? []).map((sheet) => `/widget/${sheet}`) } : null;

const brings = ({ script, sheets }: Page): Html => html`${sheets.map((sheet) => html`<link rel="stylesheet" href="${sheet}">`)}
<script type="module" src="${script}"></script>`;

function readBuiltFile(path: string): BuiltFile {
  const content = readFileSync(path);
  return {
    content, type: path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8', brotli: existsSync(`${path}.br`) ? readFileSync(`${path}.br`) : null,
    tag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
  };
}

const DOCTYPE = raw('<!doctype html>');

const gone = () => new AppError('not_found', 'widget.not_found', 'There is no such chat, or it is switched off.');

function sendFile(built: Built | null, request: FastifyRequest, reply: FastifyReply, name: string, keep: string): FastifyReply {
  const file = built?.files.get(name);
  if (!file) throw gone();
  // Any page may carry it, also one that takes nothing from elsewhere unless told so.
  void reply.headers({ 'cache-control': keep, etag: file.tag, vary: 'accept-encoding', 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'cross-origin', 'access-control-allow-origin': '*' }).type(file.type);
  if (request.headers['if-none-match'] === file.tag) return reply.code(304).send();
  const packed = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') ? file.brotli : null;
  if (packed) void reply.header('content-encoding', 'br');
  return reply.send(packed ?? file.content);
}

const policy = (host: string, ancestors: string): string => [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob:", `connect-src 'self' ws://${host} wss://${host}`, "base-uri 'none'", "form-action 'none'", `frame-ancestors ${ancestors}`,
].join('; ');

const PanelQuery = z.object({ widget: z.uuid(), lang: z.string().max(20).default('en') });
const AssetParams = z.object({ name: z.string().max(200) });

/** What a company's page carries, and the page that stands in its frame: shown in nobody's frame but the allowed sites'. */
export const widgetSection = (chat: Pick<Chat, 'look'>, folder = FOLDER): Section => ({
  prefix: '',
  routes: async (app) => {
    const widgetApp = builtIn(folder);
    app.get('/widget.js', { schema: { hide: true } }, (request, reply) => sendFile(widgetApp(), request, reply, LOADER, MINUTES));
    app.get('/widget/assets/:name', { schema: { hide: true, params: AssetParams } }, (request, reply) => sendFile(widgetApp(), request, reply, `assets/${request.params.name}`, YEAR));
    app.get('/widget/panel', { schema: { hide: true, querystring: PanelQuery } }, async ({ query, headers }, reply) => {
      const page = widgetApp();
      const found = page && await chat.look(query.widget);
      if (!found) throw gone();
      const language = isLanguage(query.lang) ? query.lang : 'en';
      return reply.type('text/html; charset=utf-8').headers({
        'content-security-policy': policy(headers.host ?? '', found.frameAncestors), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
        'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
      }).send(html`${DOCTYPE}
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>Chat</title>
${brings(page.panel)}
</head>
<body><div id="panel" data-widget="${found.look.id}"></div></body>
</html>
`.text);
    });
  },
});

const DEMO_POLICY = "default-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const DEMO_TEXTS: Readonly<Record<Language, readonly [title: string, text: string]>> = {
  en: ['Kettles and cups for calm mornings', 'This is a page of a shop. The button in the corner opens its chat.'],
  bg: ['Чайници и чаши за спокойни утрини', 'Това е страница на магазин. Бутонът в ъгъла отваря чата му.'],
  pl: ['Czajniki i kubki na spokojne poranki', 'To jest strona sklepu. Przycisk w rogu otwiera czat.'],
  ru: ['Чайники и чашки для спокойного утра', 'Это страница магазина. Кнопка в углу открывает чат.'],
  ar: ['أباريق وأكواب لصباح هادئ', 'هذه صفحة متجر. الزر في الزاوية يفتح المحادثة.'],
};

/** A page of a shop with the chat on it, for demonstrations: `?lang=` shows it in another language. */
export function serveWidgetDemo(http: Http, widgetId: () => Promise<string | null>): void {
  http.get('/widget/demo', { schema: { hide: true } }, async ({ query }, reply) => {
    const id = await widgetId();
    if (id === null) throw gone();
    const { lang } = query as { lang?: unknown };
    const language = typeof lang === 'string' && isLanguage(lang) ? lang : 'en';
    const [title, text] = DEMO_TEXTS[language];
    return reply.type('text/html; charset=utf-8').headers({ 'content-security-policy': DEMO_POLICY, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).send(html`${DOCTYPE}
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="icon" href="/mark.svg" type="image/svg+xml">
<script src="/widget.js" data-widget="${id}" defer></script>
</head>
<body><main><h1>${title}</h1><p>${text}</p></main></body>
</html>
`.text);
  });
}

/** What a mobile app's web view may show instead: a screen of one's own on the package in `clients/visitor`. */
export function serveVisitorExample(http: Http, widgetId: () => Promise<string | null>, folder = FOLDER): void {
  const widgetApp = builtIn(folder);
  http.get('/widget/demo/app', { schema: { hide: true } }, async ({ headers }, reply) => {
    const [id, page] = [await widgetId(), widgetApp()?.example];
    if (id === null || !page) throw gone();
    return reply.type('text/html; charset=utf-8').headers({ 'content-security-policy': policy(headers.host ?? '', "'none'"), 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).send(html`${DOCTYPE}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="robots" content="noindex">
<title>Chat</title>
${brings(page)}
</head>
<body data-widget="${id}"><header><h1>Chat</h1><p id="standing" role="status"></p></header>
<div id="log" role="log" aria-label="Conversation" tabindex="0"></div>
<form id="form"><textarea id="field" rows="2" aria-label="Your message" maxlength="8000" dir="auto"></textarea><button type="submit">Send</button><input id="file" type="file" aria-label="Add a file"></form></body>
</html>
`.text);
  });
}
