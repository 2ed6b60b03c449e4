import { directionOf, LANGUAGE_NAMES, type Language } from '../../kernel/languages.ts';
import { attributes, html, type Html, NOTHING, raw } from './html.ts';
import { pageWords } from './words.ts';

/** Whose pages these are. */
export type Site = {
  readonly workspaceId: string;
  /** What the company calls itself to its customers. */
  readonly name: string;
  readonly language: Language;
  /** Whose pages they are, of several brands; null: the company's own. */
  readonly brand: { readonly id: string; readonly name: string; readonly host: string } | null;
  /** Of this request: `https://help.shop.test`. */
  readonly origin: string;
  /** Where its name leads. */
  readonly home: (language: Language) => string;
  readonly menu: (language: Language) => readonly MenuEntry[];
  /** What stands above every page that has no banner of its own. */
  readonly banner?: (language: Language) => Html;
};
export type MenuEntry = { readonly href: string; readonly text: string };

export type Page = {
  readonly language: Language;
  /** Shown in the window's title, before the company's name. */
  readonly title: string;
  readonly main: Html;
  readonly description?: string | null;
  /** This page's own address, for search engines; pages without one ask not to be found. */
  readonly path?: string;
  /** The same page in other languages: paths. */
  readonly translations?: Readonly<Partial<Record<Language, string>>>;
  /** Where the other languages lead that have no such page; `translations` wins. */
  readonly elsewhere?: (language: Language) => string;
  /** A feed about what is on this page. */
  readonly feed?: { readonly href: string; readonly title: string } | null;
  /** What it is to those who share it; without one it is a page among others. */
  readonly kind?: 'website' | 'article';
  /** A picture for those who share it: a path. */
  readonly picture?: string | null;
  /** Above everything, in place of the site's; null: nothing. */
  readonly banner?: Html | null;
  /** Scripts from our own address; the page must be of use without them. */
  readonly scripts?: readonly string[];
  /** Origins whose frames may stand in this page. */
  readonly frames?: readonly string[];
  /** Which entry of the menu this page belongs to: its href. */
  readonly current?: string | null;
  /** At the foot of the page, before whose it is. */
  readonly foot?: Html;
  /** Over the whole width, for start pages. */
  readonly wide?: boolean;
};

const DOCTYPE = raw('<!doctype html>');

/** The whole document of a public page. */
export function frame(site: Site, page: Page, style: string): Html {
  const { language, title } = page;
  const t = pageWords(language);
  const menu = site.menu(language);
  return html`${DOCTYPE}
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title === site.name ? title : `${title} · ${site.name}`}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${style}">
<link rel="icon" href="data:,">
${head(site, page)}
</head>
<body>
<a class="skip" href="#content">${t('page.skip')}</a>
${page.banner === undefined ? site.banner?.(language) : page.banner}
<header class="top"><div class="row">
<a class="brand" href="${site.home(language)}">${site.name}</a>
${menu.length > 0 && html`<nav aria-label="${t('page.menu')}"><ul>${menu.map(({ href, text }) =>
  html`<li><a ${attributes({ href, 'aria-current': href === page.current ? 'page' : null })}>${text}</a></li>`)}</ul></nav>`}
${languages(page)}
</div></header>
<main id="content" tabindex="-1" class="${page.wide ? 'row wide' : 'row'}">
${page.main}
</main>
<footer class="row">${page.foot}<p>${site.name}</p><p class="faint">${t('page.made_with')}</p></footer>
${(page.scripts ?? []).map((src) => html`<script src="${src}" defer></script>`)}
</body>
</html>
`;
}

function head(site: Site, { title, description, path, translations = {}, feed, kind = 'website', picture, language }: Page): Html {
  const absolute = (to: string): string => `${site.origin}${to}`;
  const alternates = Object.entries(translations);
  return html`${description && html`<meta name="description" content="${description}">
`}${path === undefined ? html`<meta name="robots" content="noindex">` : html`<link rel="canonical" href="${absolute(path)}">
<meta property="og:title" content="${title}">
<meta property="og:type" content="${kind}">
<meta property="og:url" content="${absolute(path)}">
<meta property="og:site_name" content="${site.name}">
<meta property="og:locale" content="${language}">
${description && html`<meta property="og:description" content="${description}">`}
${picture && html`<meta property="og:image" content="${absolute(picture)}">`}
${alternates.map(([code, to]) => html`<link rel="alternate" hreflang="${code}" href="${absolute(to)}">
`)}`}${feed && html`<link rel="alternate" type="application/rss+xml" title="${feed.title}" href="${feed.href}">`}`;
}

/** Opens without script; each language is named in itself. */
function languages({ language, translations = {}, elsewhere }: Page): Html {
  const t = pageWords(language);
  const choices = (Object.keys(LANGUAGE_NAMES) as Language[])
    .map((code) => ({ code, href: translations[code] ?? elsewhere?.(code) }))
    .filter((choice): choice is { code: Language; href: string } => choice.href !== undefined && choice.code !== language);
  if (choices.length === 0) return NOTHING;
  return html`<details class="languages"><summary><span class="unseen">${t('page.language')}: </span>${LANGUAGE_NAMES[language]}</summary>
<ul>${choices.map(({ code, href }) => html`<li><a href="${href}" hreflang="${code}" lang="${code}" dir="${directionOf(code)}">${LANGUAGE_NAMES[code]}</a></li>`)}</ul></details>`;
}
