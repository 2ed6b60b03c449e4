import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../../kernel/errors.ts';
import { isLanguage, type Language } from '../../../../kernel/languages.ts';
import { isHeadOnly, type Routes, type Section } from '../../../../platform/http/server.ts';
import { html, type Html } from '../../../../platform/pages/html.ts';
import type { MenuEntry, Page } from '../../../../platform/pages/frame.ts';
import type { Form, Pages } from '../../../../platform/pages/pages.ts';
import { isRobot, type Reader } from '../../core/article.ts';
import { VOTE_REASONS } from '../../core/contract.ts';
import type { Knowledge } from '../knowledge.ts';
import type { ReadArticle } from '../showing.ts';
import { articlePage, notedPage, reasonPage } from './article-page.ts';
import { countryForm, createWhereabouts } from './country.ts';
import { feed, sitemap, sitemapIndex } from './feeds.ts';
import { categoryPage, homePage, searchPage } from './list-pages.ts';
import { articlePath, helpPath } from './parts.ts';
import { VIDEO } from './video.ts';
import { helpWords } from './words.ts';

export type HelpDeps = {
  knowledge: Knowledge; pages: Pages;
  /** Whether a customer is signed in, and who, of the rooms above. */
  readerOf?: (request: FastifyRequest) => Promise<Reading>;
  /** Where somebody writes to us; with a token of what they looked for in vain, or read. */
  contact: (language: Language, before: string | null) => string;
  secure: boolean;
  /** From which country somebody reads, by the word of a proxy, and the header in which it says so. */
  toldCountry?: { readonly of: (request: FastifyRequest) => string | null; readonly header: string | null };
  /** Pages of rooms above that stand among those of the help centre. */
  further?: Routes;
};

/** `customerId` null: nobody here knows them. */
type Reading = { readonly reader: Reader; readonly customerId: string | null };
/** And from which country, as far as anybody says so. */
type Placed = Reading & { readonly country: string | null };
const A_VISITOR: Reading = { reader: 'visitor', customerId: null };

export const helpEntry = (language: Language): MenuEntry => ({ href: helpPath(language), text: helpWords(language)('help.title') });

const READER_SECONDS = 30 * 86_400;
const FOUND = 20;
const SUGGESTED = 5;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const missing = () => new AppError('not_found', 'page.not_found', 'There is no such page.');

/** The help centre. Each address says its language; what is not for the reader looks like what is not there. */
export function helpSection({ knowledge, pages, readerOf = async () => A_VISITOR, contact, secure, toldCountry = { of: () => null, header: null }, further }: HelpDeps): Section {
  const { help } = knowledge;
  const cookieName = secure ? '__Host-rapport-reader' : 'rapport-reader';
  const where = createWhereabouts({ told: toldCountry.of, toldIn: toldCountry.header, secure });
  const recorded = async ({ site }: FastifyRequest, { customerId }: Reading): Promise<string | null> => (customerId === null ? null : help.countryOf(site.workspaceId, customerId));
  const placed = async (request: FastifyRequest): Promise<Placed> => {
    const reading = await readerOf(request);
    return { ...reading, country: await where.of(request, () => recorded(request, reading)) };
  };
  const ask = (language: Language, before: string | null): Html => html`<p><a class="button plain" href="${contact(language, before)}">${helpWords(language)('help.ask')}</a></p>`;

  async function article(request: FastifyRequest): Promise<{ found: ReadArticle; language: Language } & Placed> {
    const { language, name } = request.params as { language: string; name: string };
    const number = Number(/^(\d{1,9})(?:-|$)/.exec(name)?.[1] ?? NaN);
    if (!isLanguage(language) || !Number.isInteger(number)) throw missing();
    const reading = await placed(request);
    const found = await help.read(request.site.workspaceId, number, { language, reader: reading.reader });
    if (!found) throw missing();
    return { found, language, ...reading };
  }

  const languageIn = (request: FastifyRequest): Language => {
    const { language } = request.params as { language: string };
    if (!isLanguage(language)) throw missing();
    return language;
  };

  /** A page with the choice of a country at its foot, kept for nobody who reads in another one. */
  async function show(request: FastifyRequest, reply: FastifyReply, page: Page, { reader, country }: Placed, { isPassing = false } = {}): Promise<FastifyReply> {
    const foot = countryForm(page.language, { countries: await help.countries(request.site.workspaceId, reader), country, back: request.url.replace(/\?thanks$/, '') });
    return pages.show(request, reply, { ...page, foot }, { keep: reader === 'visitor' && !isPassing ? 0 : null, by: where.by, isOwn: country !== null });
  }

  return pages.section('/help', async (app, options) => {
    await further?.(app, options);
    app.get('/', async (request, reply) => reply.header('vary', 'accept-language').header('cache-control', 'no-cache').redirect(helpPath(pages.languageOf(request)), 302));

    app.get('/search', async (request, reply) => {
      const language = pages.languageOf(request);
      const reader = await placed(request);
      const { q, results, token } = await searched(request, language, reader);
      return show(request, reply, searchPage(language, q, results, ask(language, token)), reader, { isPassing: true });
    });

    app.get('/search.json', async (request, reply) => {
      const language = pages.languageOf(request);
      const { cards, searched: token } = (request.query as { asked?: unknown }).asked === undefined ? await suggested(request, language) : await searchedInVain(request, language);
      return reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
        .send({ items: cards.map(({ number, title, summary, path, language: of }) => ({ number, title, summary, path, language: of })), searched: token });
    });

    app.post('/country', async (request, reply) => where.pick(request, reply, await recorded(request, await readerOf(request)) !== null));

    app.get('/video.js', async (_request, reply) => reply.headers({ 'cache-control': 'public, max-age=3600', 'x-content-type-options': 'nosniff' }).type('text/javascript; charset=utf-8').send(VIDEO));

    app.get('/sitemap.xml', async (request, reply) => pages.send(request, reply.type('application/xml; charset=utf-8'), sitemapIndex(request.site), { keep: 3_600 }));

    app.get('/pictures/:sha256', async (request, reply) => {
      const { sha256 } = request.params as { sha256: string };
      const picture = /^[0-9a-f]{64}$/.test(sha256) ? await help.picture(request.site.workspaceId, sha256) : null;
      if (!picture) throw missing();
      return reply.headers({ 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'", 'cross-origin-resource-policy': 'cross-origin' })
        .type(picture.contentType).send(picture.bytes);
    });

    app.get('/:language', async (request, reply) => {
      const language = languageIn(request);
      const reader = await placed(request);
      return show(request, reply, homePage(request.site, language, await help.home(request.site.workspaceId, language, reader.reader, reader.country), ask(language, null)), reader);
    });

    app.get('/:language/feed.xml', async (request, reply) => {
      const language = languageIn(request);
      return pages.send(request, reply.type('application/rss+xml; charset=utf-8'), feed(request.site, language, await help.newest(request.site.workspaceId, language)), { keep: 900 });
    });

    app.get('/:language/sitemap.xml', async (request, reply) => {
      const language = languageIn(request);
      return pages.send(request, reply.type('application/xml; charset=utf-8'), sitemap(request.site, language, await help.addresses(request.site.workspaceId, language)), { keep: 3_600 });
    });

    app.get('/:language/categories/:id', async (request, reply) => {
      const language = languageIn(request);
      const { id } = request.params as { id: string };
      const { after } = request.query as { after?: string };
      const reader = await placed(request);
      const found = ID.test(id) ? await help.category(request.site.workspaceId, id, { language, reader: reader.reader, country: reader.country, after: /^\d{1,9}$/.test(after ?? '') ? Number(after) : 0 }) : null;
      if (!found) throw missing();
      return show(request, reply, categoryPage(request.site, language, { ...found, languages: Object.keys(found.names).filter(isLanguage) }), reader);
    });

    app.get('/:language/articles/:name', async (request, reply) => {
      const { found, language, ...reader } = await article(request);
      const right = found.language === language ? found.card.path : articlePath(language, found.number, found.title);
      const [path, query = ''] = request.url.split('?') as [string, string?];
      if (path !== right && found.language === language) return reply.header('cache-control', 'no-cache').redirect(right, 301);
      const thanks = query === 'thanks';
      if (!thanks && isRead(request)) await knowledge.shownTo(request.site.workspaceId, found.id, reader.customerId === null ? null : { customerId: reader.customerId });
      return show(request, reply, articlePage(found, { language, thanks, contact: ask(language, knowledge.readToken(found.id)), country: reader.country }), reader, { isPassing: thanks });
    });

    app.post('/:language/articles/:name/opinions', async (request, reply) => {
      const { found, language, reader } = await article(request);
      const { helped, reason = '', note = '' } = (request.body ?? {}) as Form;
      if (helped !== 'yes' && helped !== 'no') throw new AppError('invalid', 'article.no_opinion', 'Say whether it helped: yes or no.');
      const visitor = visitorOf(request, reply);
      const isReason = VOTE_REASONS.some((known) => known === reason);
      await knowledge.vote(request.site.workspaceId, request.ip, visitor, { number: found.number, language, reader, helped: helped === 'yes', reason: isReason ? reason : null, note });
      if (helped === 'yes') return reply.redirect(`${found.card.path}?thanks`, 303);
      return pages.show(request, reply, isReason ? notedPage(found, language, ask(language, knowledge.readToken(found.id))) : reasonPage(found, language, note === '' ? [] : [{ name: 'reason', text: helpWords(language)('help.helped.choose') }], note), { keep: null });
    });
  });

  async function searched(request: FastifyRequest, language: Language, { reader, country }: Placed) {
    const q = askedIn(request);
    const results = q === '' ? { cards: [], kind: 'none' as const } : await help.search(request.site.workspaceId, { q, language, reader, limit: FOUND, country });
    return { q, results, token: q !== '' && results.kind !== 'whole' ? knowledge.searchToken(language, q) : null };
  }

  /** While somebody writes: nothing of it is kept. Without words, what is new. */
  async function suggested(request: FastifyRequest, language: Language) {
    const q = askedIn(request);
    const { reader, country } = await placed(request);
    if (q === '') return { cards: (await help.newest(request.site.workspaceId, language, country)).slice(0, SUGGESTED), searched: null };
    return { cards: await help.suggest(request.site.workspaceId, { q, language, reader, limit: SUGGESTED, country }), searched: null };
  }

  /** As on the page of the search, for programs that show it themselves. */
  async function searchedInVain(request: FastifyRequest, language: Language) {
    const { results, token } = await searched(request, language, await placed(request));
    return { cards: results.cards.slice(0, SUGGESTED), searched: token };
  }

  function visitorOf(request: FastifyRequest, reply: FastifyReply): string {
    const given = request.headers.cookie?.split(';').map((pair) => pair.trim()).find((pair) => pair.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1) ?? null;
    const known = knowledge.visitorOf(given);
    if (known !== null) return known;
    const { visitor, token } = knowledge.newVisitor();
    void reply.header('set-cookie', `${cookieName}=${token}; Path=/; Max-Age=${READER_SECONDS}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`);
    return visitor;
  }
}

function askedIn(request: FastifyRequest): string {
  const { q } = request.query as { q?: unknown };
  return typeof q === 'string' && q.isWellFormed() ? q.replaceAll('\u0000', '').trim().slice(0, 200) : '';
}

/** By somebody, and not only in case they might. */
const isRead = (request: FastifyRequest): boolean => !isHeadOnly(request) && request.headers['sec-purpose'] === undefined && !isRobot(request.headers['user-agent'] ?? '');

/** Tells machines what is to be found: the public pages, and nothing of the desk. */
export const robots = (pages: Pages): Section => pages.section('/robots.txt', async (app) => {
  app.get('/', async (request, reply) => pages.send(request, reply.type('text/plain; charset=utf-8'),
    `User-agent: *\nAllow: /help\nAllow: /style/\nAllow: /status\nDisallow: /help/search\nDisallow: /\n\nSitemap: ${request.site.origin}/help/sitemap.xml\n`, { keep: 3_600 }));
});
