import { directionOf, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../../kernel/languages.ts';
import { attributes, html, type Html, NOTHING } from '../../../../platform/pages/html.ts';
import { articlePath, categoryPath } from '../../core/article.ts';
import type { ArticleCard } from '../../core/contract.ts';
import { helpWords } from './words.ts';

export const helpPath = (language: Language): string => `/help/${language}`;
export const searchPath = (language: Language, q: string): string => `/help/search?${new URLSearchParams({ q, lang: language })}`;
export { articlePath, categoryPath };

/** The same page in every language. */
export const inAll = (path: (language: Language) => string): Readonly<Record<Language, string>> =>
  Object.fromEntries(LANGUAGES.map((language) => [language, path(language)])) as Record<Language, string>;

export function searchForm(language: Language, { q = '', autofocus = false }: { q?: string; autofocus?: boolean } = {}): Html {
  const t = helpWords(language);
  return html`<form class="search" role="search" action="/help/search"><input type="hidden" name="lang" value="${language}">
<div class="field"><label for="help-q">${t('help.search.label')}</label><input ${attributes({ id: 'help-q', name: 'q', type: 'search', value: q, maxlength: 200, dir: 'auto', autocomplete: 'off', autofocus })}></div>
<button class="button primary" type="submit">${t('help.search.verb')}</button></form>`;
}

export const cardList = (cards: readonly ArticleCard[], language: Language): Html => (cards.length === 0 ? NOTHING : html`<ul class="links">${cards.map((card) =>
  html`<li><a ${attributes({ href: card.path, lang: card.language === language ? null : card.language, dir: card.language === language ? null : directionOf(card.language) })}>${card.title}</a>${whereOf(card, language)}${card.summary !== '' && html`<p class="written">${card.summary}</p>`}</li>`)}</ul>`);

/** Beside the name of an article that does not hold everywhere. */
export const whereOf = ({ countries }: Pick<ArticleCard, 'countries'>, language: Language): Html => (countries.length === 0 ? NOTHING : html` <span class="mark">${countriesIn(language, countries)}</span>`);

export const crumbs = (language: Language, steps: readonly { href: string; text: string }[]): Html =>
  html`<nav class="crumbs" aria-label="${helpWords(language)('help.crumbs')}"><ol>${steps.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ol></nav>`;

export const languageName = (language: Language): string => LANGUAGE_NAMES[language];

export const dateIn = (language: Language, at: Date): string => new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at);

export const countryName = (language: Language, code: string): string => new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(code) ?? code;

export const countriesIn = (language: Language, countries: readonly string[]): string =>
  new Intl.ListFormat(language).format(countries.map((code) => countryName(language, code)));
