import { directionOf, type Language } from '../../../../kernel/languages.ts';
import { furnishArticle, PLAYERS } from '../../../../platform/html/article.ts';
import { radioField, submitButton, textField, hiddenField, type FieldError, errorSummary, titleWith } from '../../../../platform/pages/forms.ts';
import type { Page } from '../../../../platform/pages/frame.ts';
import { attributes, html, type Html, raw } from '../../../../platform/pages/html.ts';
import { VOTE_REASONS } from '../../core/contract.ts';
import type { ReadArticle } from '../showing.ts';
import { categoryPath, countriesIn, crumbs, dateIn, helpPath, languageName, searchForm } from './parts.ts';
import { helpWords } from './words.ts';

/** An article, with the way around it, and the one question at its end. */
export function articlePage(article: ReadArticle, { language, thanks, contact, country }: { language: Language; thanks: boolean; contact: Html; country: string | null }): Page {
  const t = helpWords(language);
  const { html: body, headings, hasVideo } = furnishArticle(article.html, (site) => t('help.watch', { site }));
  const steps = [{ href: helpPath(language), text: t('help.title') }, ...(article.category ? [{ href: categoryPath(language, article.category.id), text: article.category.name }] : [])];
  const main = html`${crumbs(language, steps)}
<article class="article" ${foreign(article, language)}>
<h1>${article.title}</h1>
${remarks(article, language, country)}
${headings.length > 2 && html`<nav class="contents" aria-label="${t('help.contents')}"><ul>${headings.map(({ id, text }) => html`<li><a href="${`#${id}`}">${raw(text)}</a></li>`)}</ul></nav>`}
<div class="prose">${raw(body)}</div>
<p class="small faint" lang="${language}" dir="${directionOf(language)}">${t('help.updated', { date: dateIn(language, article.liveAt) })}</p>
</article>
${thanks ? html`<p class="notice good" role="status">${t('help.helped.thanks')}</p>` : helpfulForm(article, language)}
<section class="card"><h2>${t('help.not_found_ask')}</h2>${searchForm(language)}${contact}</section>`;
  return {
    language, title: article.title, main, kind: 'article', description: article.summary, current: helpPath(language),
    ...(hasVideo && { scripts: ['/help/video.js'], frames: PLAYERS }),
    ...(article.state === 'public' && { path: article.card.path, translations: article.paths }), elsewhere: (other) => article.paths[other] ?? `/help/${other}/articles/${article.number}`,
    picture: /<img [^>]*src="(\/help\/pictures\/[0-9a-f]{64})"/.exec(article.html)?.[1] ?? null,
  };
}

/** Words in another language than the page's are read out, and run, in their own way. */
const foreign = (article: ReadArticle, language: Language): Html =>
  attributes(article.language === language ? {} : { lang: article.language, dir: directionOf(article.language) });

/** For whom it is, in which language, where it holds. */
function remarks(article: ReadArticle, language: Language, country: string | null): Html {
  const t = helpWords(language);
  const own = attributes({ lang: language, dir: directionOf(language) });
  const isHere = country === null || article.countries.includes(country);
  return html`${article.state === 'customers_only' && html`<p ${own}><span class="mark">${t('help.customers_only')}</span></p>`}
${article.language !== language && html`<p class="notice" ${own}>${t('help.other_language', { language: languageName(article.language) })}</p>`}
${article.summary !== '' && html`<p class="lead written">${article.summary}</p>`}
${article.countries.length > 0 && html`<p class="${isHere ? 'notice' : 'notice warn'}" ${own}>${t('help.countries', { countries: countriesIn(language, article.countries) })}${!isHere && html` ${t('help.countries.not_yours')}`}</p>`}`;
}

const helpfulForm = (article: ReadArticle, language: Language): Html => {
  const t = helpWords(language);
  return html`<form class="helpful" method="post" action="${`/help/${language}/articles/${article.number}/opinions`}"><h2 class="small">${t('help.helped.question')}</h2>
<div class="buttons">${submitButton(t('help.helped.yes'), { tone: 'plain', name: 'helped', value: 'yes' })}${submitButton(t('help.helped.no'), { tone: 'plain', name: 'helped', value: 'no' })}</div></form>`;
};

/** After "No": why, in one choice and, if somebody likes, in their words. */
export function reasonPage(article: ReadArticle, language: Language, errors: readonly FieldError[], note: string): Page {
  const t = helpWords(language);
  const main = html`${crumbs(language, [{ href: helpPath(language), text: t('help.title') }, { href: article.card.path, text: article.title }])}
<h1>${t('help.helped.why')}</h1>${errorSummary(language, errors)}
<form method="post" action="${`/help/${language}/articles/${article.number}/opinions`}">${hiddenField('helped', 'no')}
${radioField({ language, name: 'reason', label: t('help.helped.choose'), errors, options: VOTE_REASONS.map((value) => ({ value, text: t(`help.reason.${value}`) })) })}
${textField({ language, name: 'note', label: t('help.helped.note'), hint: t('help.helped.note_hint'), value: note, lines: 4, maxlength: 1_000, required: false })}
<div class="buttons">${submitButton(t('help.helped.send'))}<a href="${article.card.path}">${t('help.back')}</a></div></form>`;
  return { language, title: titleWith(language, t('help.helped.why'), errors), main, current: helpPath(language) };
}

export function notedPage(article: ReadArticle, language: Language, contact: Html): Page {
  const t = helpWords(language);
  const main = html`<h1>${t('help.helped.noted')}</h1><p><a href="${article.card.path}">${t('help.back')}</a></p><section class="card"><h2>${t('help.not_found_ask')}</h2>${searchForm(language)}${contact}</section>`;
  return { language, title: t('help.helped.noted'), main, current: helpPath(language) };
}
