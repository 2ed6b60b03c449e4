import { LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { escapeXml as xml } from '../../../../platform/html/escape.ts';
import type { Site } from '../../../../platform/pages/frame.ts';
import { helpPath } from './parts.ts';
import { helpWords } from './words.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function feed(site: Site, language: Language, articles: readonly { path: string; title: string; summary: string; liveAt: Date }[]): string {
  const items = articles.map(({ path, title, summary, liveAt }) =>
    `<item><title>${xml(title)}</title><link>${xml(site.origin + path)}</link><guid isPermaLink="false">${xml(`${site.origin}${path.replace(/-.*$/, '')}@${liveAt.toISOString()}`)}</guid><pubDate>${liveAt.toUTCString()}</pubDate><description>${xml(summary)}</description></item>`);
  return `${HEAD}<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>${xml(`${site.name}: ${helpWords(language)('help.feed')}`)}</title><link>${xml(site.origin + helpPath(language))}</link>`
    + `<atom:link href="${xml(`${site.origin}/help/${language}/feed.xml`)}" rel="self" type="application/rss+xml"/><description>${xml(helpWords(language)('help.lead'))}</description><language>${language}</language>${items.join('')}</channel></rss>\n`;
}

export const sitemapIndex = (site: Site): string =>
  `${HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${LANGUAGES.map((language) => `<sitemap><loc>${xml(`${site.origin}/help/${language}/sitemap.xml`)}</loc></sitemap>`).join('')}</sitemapindex>\n`;

export const sitemap = (site: Site, language: Language, articles: readonly { path: string; at: Date }[]): string =>
  `${HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>${xml(site.origin + helpPath(language))}</loc></url>${articles.map(({ path, at }) =>
    `<url><loc>${xml(site.origin + path)}</loc><lastmod>${at.toISOString()}</lastmod></url>`).join('')}</urlset>\n`;
