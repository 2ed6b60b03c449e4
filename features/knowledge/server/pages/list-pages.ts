import type { Language } from '../../../../kernel/languages.ts';
import type { Page, Site } from '../../../../platform/pages/frame.ts';
import { html, type Html } from '../../../../platform/pages/html.ts';
import type { ArticleCard } from '../../core/contract.ts';
import type { Shelf } from '../showing.ts';
import { cardList, categoryPath, crumbs, helpPath, inAll, searchForm, searchPath, whereOf } from './parts.ts';
import { helpWords } from './words.ts';

const feedOf = (language: Language, site: Site) => ({ href: `/help/${language}/feed.xml`, title: `${site.name}: ${helpWords(language)('help.feed')}` });

export function homePage(site: Site, language: Language, { shelves, newest }: { shelves: readonly Shelf[]; newest: readonly ArticleCard[] }, contact: Html): Page {
  const t = helpWords(language);
  const main = html`<h1>${t('help.lead')}</h1>${searchForm(language)}
${shelves.length > 0 && html`<ul class="cards shelves">${shelves.map((shelf) => html`<li class="card"><h2><a href="${categoryPath(language, shelf.id)}">${shelf.name}</a></h2>${shelf.description !== '' && html`<p class="soft small">${shelf.description}</p>`}
<ul class="bare">${shelf.articles.map(({ path, title, countries }) => html`<li><a href="${path}">${title}</a>${whereOf({ countries }, language)}</li>`)}</ul></li>`)}</ul>`}
${newest.length > 0 ? html`<section><h2>${t('help.newest')}</h2>${cardList(newest, language)}</section>` : html`<p class="soft">${t('help.empty')}</p>`}
<section class="card"><h2>${t('help.not_found_ask')}</h2>${contact}</section>`;
  return { language, title: t('help.title'), main, wide: true, path: helpPath(language), translations: inAll(helpPath), feed: feedOf(language, site), current: helpPath(language), description: t('help.lead') };
}

export function categoryPage(site: Site, language: Language, { shelf, parent, sections, next, languages }: {
  shelf: Shelf; parent: Shelf | null; sections: readonly Shelf[]; next: number | null; languages: readonly Language[];
}): Page {
  const t = helpWords(language);
  const main = html`${crumbs(language, [{ href: helpPath(language), text: t('help.title') }, ...(parent ? [{ href: categoryPath(language, parent.id), text: parent.name }] : [])])}
<h1>${shelf.name}</h1>${shelf.description !== '' && html`<p class="lead">${shelf.description}</p>`}
${cardList(shelf.articles, language)}
${next !== null && html`<p><a href="${`${categoryPath(language, shelf.id)}?after=${next}`}">${t('help.more')}</a></p>`}
${sections.map((section) => html`<section><h2>${section.name}</h2>${section.description !== '' && html`<p class="soft">${section.description}</p>`}${cardList(section.articles, language)}</section>`)}`;
  return {
    language, title: shelf.name, main, path: categoryPath(language, shelf.id), feed: feedOf(language, site), current: helpPath(language), description: shelf.description === '' ? null : shelf.description,
    translations: Object.fromEntries(languages.map((code) => [code, categoryPath(code, shelf.id)])),
  };
}

/** `contact`: the way to a person, which carries along what was looked for in vain. */
export function searchPage(language: Language, q: string, { cards, kind }: { cards: readonly ArticleCard[]; kind: 'whole' | 'near' | 'none' }, contact: Html): Page {
  const t = helpWords(language);
  const title = q === '' ? t('help.search.title') : t('help.search.for', { words: q });
  const said = q === '' ? html`<p class="soft">${t('help.search.short')}</p>`
    : kind === 'whole' ? html`<p class="soft" role="status">${t('help.search.found', { count: cards.length })}</p>`
    : kind === 'near' ? html`<p class="notice" role="status">${t('help.search.near')}</p>`
    : html`<div class="notice warn" role="status"><p><strong>${t('help.search.none', { words: q })}</strong></p><p>${t('help.search.none_hint')}</p></div>`;
  const main = html`${crumbs(language, [{ href: helpPath(language), text: t('help.title') }])}<h1>${t('help.search.title')}</h1>${searchForm(language, { q })}${said}
${cardList(cards, language)}${q !== '' && kind !== 'whole' && html`<section class="card"><h2>${t('help.not_found_ask')}</h2>${contact}</section>`}`;
  return { language, title, main, current: helpPath(language), elsewhere: (other) => searchPath(other, q) };
}
