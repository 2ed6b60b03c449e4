import { AppError } from '../../../../kernel/errors.ts';
import { DATE_LOCALES, isLanguage, LANGUAGES, textIn, type Language } from '../../../../kernel/languages.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { html, type Html } from '../../../../platform/pages/html.ts';
import type { MenuEntry, Site } from '../../../../platform/pages/frame.ts';
import type { Pages } from '../../../../platform/pages/pages.ts';
import type { PublicHours } from '../../../calendars/server/calendars.ts';
import { WEEKDAYS } from '../../../calendars/core/week.ts';
import { ENOUGH, lengthOf, shareOf, type Figure } from '../../core/charter.ts';
import { charterPath, type Charter, type Promised, type Shown } from '../charter.ts';
import { charterWords } from './words.ts';

export const charterEntry = (language: Language): MenuEntry => ({ href: charterPath(language), text: charterWords(language)('charter.menu') });

/** `/help/<lang>/promises`: how fast, on which channel, in which hours, and what cannot be done. */
export const charterPages = ({ charter, pages }: { charter: Pick<Charter, 'show'>; pages: Pages }): Routes => async (app) => {
  app.get('/:language/promises', async (request, reply) => {
    const { language } = request.params as { language: string };
    const { preview } = request.query as { preview?: unknown };
    if (!isLanguage(language)) throw missing();
    const token = typeof preview === 'string' ? preview.slice(0, 500) : null;
    const shown = await charter.show(request.site.workspaceId, language, token, request.site.brand?.id ?? null);
    if (!shown) throw missing();
    const t = charterWords(language);
    const translations = Object.fromEntries(LANGUAGES.map((one) => [one, charterPath(one)]));
    return pages.show(request, reply, {
      language, title: t('charter.title'), current: charterPath(language), main: main(shown, language, request.site),
      // What is shown before it is published is not for search engines.
      ...(token === null ? { path: charterPath(language), translations } : { elsewhere: (other: Language) => `${charterPath(other)}?preview=${encodeURIComponent(token)}` }),
    }, { keep: token === null ? 0 : null });
  });
};

const missing = () => new AppError('not_found', 'page.not_found', 'There is no such page.');
const said = (texts: Shown['intro'], language: Language, site: Pick<Site, 'language'>): string => textIn(texts, [language, site.language])?.text ?? '';

function main({ intro, limits, lines, month }: Shown, language: Language, site: Site): Html {
  const t = charterWords(language);
  const [opening, cannot] = [said(intro, language, site), said(limits, language, site)];
  return html`<h1>${t('charter.title')}</h1>
${opening !== '' && html`<p class="said lead" dir="auto">${opening}</p>`}
${lines.length === 0 && html`<p>${t('charter.empty')}</p>`}
${lines.map((line) => promised(line, { language, site, month }))}
${month !== null && lines.length > 0 && html`<section><h2>${t('charter.how_counted')}</h2><p>${t('charter.counted', { month: monthIn(language, month), enough: ENOUGH })}</p></section>`}
${cannot !== '' && html`<section><h2>${t('charter.limits')}</h2><p class="said" dir="auto">${cannot}</p></section>`}`;
}

function promised({ names, channel, targets, hours }: Promised, { language, site, month }: { language: Language; site: Site; month: string | null }): Html {
  const t = charterWords(language);
  return html`<section class="card"><h2>${said(names, language, site)}</h2>
${channel !== null && html`<p><span class="mark">${t(`charter.channel.${channel}`)}</span></p>`}
<div class="scroll" role="region" tabindex="0" aria-label="${said(names, language, site)}"><table><thead><tr><th scope="col">${t('charter.what')}</th><th scope="col">${t('charter.at_most')}</th>${month !== null && html`<th scope="col">${monthIn(language, month)}</th>`}</tr></thead>
<tbody>${targets.map((target) => html`<tr><th scope="row">${t(`charter.metric.${target.metric}`)}</th>
<td>${durationIn(language, target)} <span class="small soft">${t(target.time === 'working' ? 'charter.working' : 'charter.calendar')}</span></td>${month !== null && html`<td>${figureIn(language, target.figure)}</td>`}</tr>`)}</tbody></table></div>
${hours && hoursIn(hours, language)}</section>`;
}

function figureIn(language: Language, figure: Figure | null): Html {
  const t = charterWords(language);
  const share = figure && shareOf(figure);
  if (!figure || share === null) return html`<span class="soft">${t('charter.too_few')}</span>`;
  const number = (value: number) => new Intl.NumberFormat(DATE_LOCALES[language]).format(value);
  return html`${new Intl.NumberFormat(DATE_LOCALES[language], { style: 'percent' }).format(share / 100)} <span class="small soft">${t('charter.of', { kept: number(figure.kept), decided: number(figure.decided) })}</span>`;
}

function hoursIn({ timeZone, week, days, closures }: PublicHours, language: Language): Html {
  const t = charterWords(language);
  const span = (hours: readonly { from: string; to: string }[] | undefined) => (hours && hours.length > 0 ? html`<bdi dir="ltr">${hours.map(({ from, to }) => `${from}–${to}`).join(', ')}</bdi>` : t('charter.closed'));
  return html`<h3>${t('charter.hours')}</h3><table><tbody>${WEEKDAYS.map((day, i) => html`<tr><th scope="row">${weekdayIn(language, i)}</th><td>${span(week[day])}</td></tr>`)}</tbody></table>
<p class="small soft">${t('charter.zone', { zone: timeZone })}</p>
${days.length + closures.length > 0 && html`<p>${t('charter.days')}</p><ul>${closures.map(({ from, to }) => html`<li>${momentIn(language, from)} – ${momentIn(language, to)}: ${t('charter.closed')}</li>`)}${days.map(({ date, name, hours, closedFrom }) => html`<li>${dayIn(language, date)}${name !== '' && html` (<span class="written">${name}</span>)`}: ${closedFrom ? t('charter.closed_from', { time: closedFrom }) : span(hours)}</li>`)}</ul>`}`;
}

const momentIn = (language: Language, local: string): string => `${dayIn(language, local.slice(0, 10))}, ${local.slice(11)}`;
const at = (date: string): Date => new Date(`${date}T12:00:00Z`);
const dayIn = (language: Language, date: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' }).format(at(date));
const monthIn = (language: Language, month: string): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(at(`${month}-15`));
/** The first of January 2024 was a Monday. */
const weekdayIn = (language: Language, day: number): string => new Intl.DateTimeFormat(DATE_LOCALES[language], { timeZone: 'UTC', weekday: 'long' }).format(at(`2024-01-0${day + 1}`));
const durationIn = (language: Language, target: Parameters<typeof lengthOf>[0]): string =>
  new Intl.ListFormat(DATE_LOCALES[language], { type: 'unit', style: 'narrow' }).format(Object.entries(lengthOf(target)).map(([unit, count]) =>
    new Intl.NumberFormat(DATE_LOCALES[language], { style: 'unit', unit: unit.slice(0, -1), unitDisplay: 'long' }).format(count)));
