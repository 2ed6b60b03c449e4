import type { FastifyReply, FastifyRequest } from 'fastify';
import { MailAddress } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Section } from '../../../../platform/http/server.ts';
import { isPlainAddress } from '../../../../platform/mail/header.ts';
import { errorSummary, submitButton, textField, titleWith, type FieldError } from '../../../../platform/pages/forms.ts';
import type { MenuEntry } from '../../../../platform/pages/frame.ts';
import { html, type Html } from '../../../../platform/pages/html.ts';
import type { Form, Pages } from '../../../../platform/pages/pages.ts';
import { dateIn } from '../../../requests/core/dates.ts';
import type { Workspaces } from '../../../workspaces/server/workspaces.ts';
import type { ComponentState, IncidentView } from '../../core/contract.ts';
import { STATE_WORDS } from '../../core/letters.ts';
import type { Facts, Status } from '../status.ts';
import { publicNotice } from './banner.ts';
import { feedOf, overall, said, summaryOf } from './summary.ts';
import { statusWords } from './words.ts';

const HISTORY = 20;
/** Nobody has to ask again sooner; monitors ask often. */
const KEEP_S = 15;
const TONE = { none: 'good', maintenance: '', minor: 'warn', major: 'danger', critical: 'danger' } as const;
const MARK: Readonly<Record<ComponentState, string>> = { operational: 'good', under_maintenance: 'accent', degraded_performance: 'warn', partial_outage: 'danger', major_outage: 'danger' };

export const statusEntry = (language: Language): MenuEntry => ({ href: '/status', text: statusWords(language)('status.menu') });

type Reading = { readonly request: FastifyRequest; readonly language: Language; readonly timeZone: string; readonly date: (at: Date | string) => string };

/** `/status`: what works and what does not, for everybody, of use without script. */
export function statusSection({ status, pages, workspaces }: { status: Status; pages: Pages; workspaces: Pick<Workspaces, 'get'> }): Section {
  const elsewhere = (path: string) => (language: Language): string => `${path}?lang=${language}`;
  async function reading(request: FastifyRequest): Promise<Reading> {
    const language = pages.languageOf(request);
    const { timeZone } = await workspaces.get(request.site.workspaceId);
    return { request, language, timeZone, date: (at) => dateIn(language, new Date(at), timeZone, { withTime: true, withZone: true }) };
  }

  async function front(request: FastifyRequest, reply: FastifyReply, form: Form, errors: readonly FieldError[]) {
    const read = await reading(request);
    const { language } = read;
    const t = statusWords(language);
    const facts = await status.facts(request.site.workspaceId);
    const title = titleWith(language, t('status.title'), errors);
    return pages.show(request, reply, {
      language, title, path: '/status', current: '/status', banner: null, elsewhere: elsewhere('/status'), feed: { href: `/status/feed.xml?lang=${language}`, title: t('status.feed') }, main: frontPage(read, facts, form, errors),
    }, errors.length > 0 ? { status: 400, keep: null } : {});
  }

  return pages.section('/status', async (app) => {
    app.get('/', (request, reply) => front(request, reply, {}, []));

    app.get('/history', async (request, reply) => {
      const read = await reading(request);
      const t = statusWords(read.language);
      const { cursor } = request.query as { cursor?: unknown };
      const { items, nextCursor } = await status.history(request.site.workspaceId, { limit: HISTORY, ...(typeof cursor === 'string' && cursor !== '' && { cursor: cursor.slice(0, 500) }) });
      return pages.show(request, reply, {
        language: read.language, title: t('status.history'), path: '/status/history', current: '/status', banner: null, elsewhere: elsewhere('/status/history'),
        main: html`<p><a href="/status">${t('status.back')}</a></p><h1>${t('status.history')}</h1>
${items.length === 0 ? html`<p>${t('status.history_empty')}</p>` : items.map((one) => incidentView(read, one, 2))}
${nextCursor && html`<p><a class="button plain" href="${`/status/history?cursor=${encodeURIComponent(nextCursor)}`}">${t('status.older')}</a></p>`}`,
      });
    });

    app.get('/api/v2/summary.json', async (request, reply) => {
      const { language, timeZone } = await reading(request);
      const summary = summaryOf(request.site, await status.facts(request.site.workspaceId), language, timeZone);
      return pages.send(request, reply.header('access-control-allow-origin', '*').header('x-content-type-options', 'nosniff').type('application/json; charset=utf-8'), JSON.stringify(summary), { keep: KEEP_S });
    });

    app.get('/notices.json', async (request, reply) => {
      const language = pages.languageOf(request);
      const items = (await status.shownOnPages(request.site.workspaceId)).map((one) => publicNotice(one, language, request.site));
      return pages.send(request, reply.header('access-control-allow-origin', '*').header('x-content-type-options', 'nosniff').type('application/json; charset=utf-8'), JSON.stringify({ items }), { keep: KEEP_S });
    });

    app.get('/feed.xml', async (request, reply) => {
      const { items } = await status.history(request.site.workspaceId, { limit: HISTORY });
      return pages.send(request, reply.header('x-content-type-options', 'nosniff').type('application/rss+xml; charset=utf-8'), feedOf(request.site, items, pages.languageOf(request)), { keep: KEEP_S });
    });

    app.post('/subscriptions', async (request, reply) => {
      const language = pages.languageOf(request);
      const t = statusWords(language);
      const form = (request.body ?? {}) as Form;
      const address = MailAddress.safeParse(form.email).data ?? '';
      if (!isPlainAddress(address)) return front(request, reply, form, [{ name: 'email', text: t('status.subscribe.error') }]);
      await status.wish(request.site.workspaceId, { address, language }, request.ip);
      return reply.header('cache-control', 'no-store').redirect(`/status/subscriptions?sent&lang=${language}`, 303);
    });

    const plain = (request: FastifyRequest, reply: FastifyReply, title: string, main: Html, code = 200) =>
      pages.show(request, reply, { language: pages.languageOf(request), title, current: '/status', banner: null, main: html`<h1>${title}</h1>${main}` }, { status: code, keep: null });

    app.get('/subscriptions', async (request, reply) => {
      // Opened by hand: no mail is on its way.
      if (!('sent' in (request.query as object))) return reply.header('cache-control', 'no-store').redirect(`/status?lang=${pages.languageOf(request)}#subscribe`, 302);
      const t = statusWords(pages.languageOf(request));
      return plain(request, reply, t('status.subscribe.sent_title'), html`<p>${t('status.subscribe.sent')}</p><p><a href="/status">${t('status.back')}</a></p>`);
    });

    const opened = async (request: FastifyRequest, reply: FastifyReply, act: (secret: string) => Promise<unknown>) => {
      try {
        return await act((request.params as { secret: string }).secret);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'subscription.gone') throw error;
        const t = statusWords(pages.languageOf(request));
        return plain(request, reply, t('status.gone_title'), html`<p>${t('status.gone')}</p><p><a href="/status">${t('status.back')}</a></p>`, 404);
      }
    };

    app.get('/subscriptions/:secret', (request, reply) => opened(request, reply, async (secret) => {
      const t = statusWords(pages.languageOf(request));
      const { address } = await status.readWish(request.site.workspaceId, secret);
      return plain(request, reply, t('status.subscribe.confirm_title'), html`<p>${t('status.subscribe.confirm', { address })}</p>
<form method="post" action="${`/status/subscriptions/${secret}`}">${submitButton(t('status.subscribe.yes'))}</form>`);
    }));

    app.post('/subscriptions/:secret', (request, reply) => opened(request, reply, async (secret) => {
      const t = statusWords(pages.languageOf(request));
      await status.confirm(request.site.workspaceId, secret);
      return plain(request, reply, t('status.subscribe.done_title'), html`<p>${t('status.subscribe.done')}</p><p><a href="/status">${t('status.back')}</a></p>`);
    }));
  });
}

function frontPage(read: Reading, facts: Facts, form: Form, errors: readonly FieldError[]): Html {
  const { language, request, date } = read;
  const t = statusWords(language);
  const indicator = overall(facts);
  const news = facts.open.filter((one) => one.kind === 'announcement' && one.state !== 'scheduled');
  const matters = facts.open.filter((one) => one.kind !== 'announcement');
  const going = matters.filter((one) => one.state !== 'scheduled');
  const planned = facts.open.filter((one) => one.state === 'scheduled').toReversed();
  return html`<h1>${t('status.title')}</h1>
${errorSummary(language, errors)}
<p class="${`notice ${TONE[indicator]}`}"><strong>${t(`status.indicator.${indicator}`)}</strong></p>
${news.length > 0 && html`<section><h2>${t('status.news')}</h2>${news.map((one) => incidentView(read, one, 3))}</section>`}
${going.length > 0 && html`<section><h2>${t('status.now')}</h2>${going.map((one) => incidentView(read, one, 3))}</section>`}
${facts.components.length > 0 && html`<section><h2>${t('status.components')}</h2><ul class="states">${facts.components.map(({ names, state }) =>
  html`<li><span class="written">${said(names, language, request.site)}</span> <span class="${`mark ${MARK[state]}`}">${t(`status.component.${state}`)}</span></li>`)}</ul></section>`}
${planned.length > 0 && html`<section><h2>${t('status.planned')}</h2>${planned.map((one) => incidentView(read, one, 3))}</section>`}
<p><a href="/status/history">${t('status.history')}</a> · <a href="${`/status/feed.xml?lang=${language}`}">${t('status.feed')}</a></p>
<section id="subscribe"><h2>${t('status.subscribe.title')}</h2><form method="post" action="${`/status/subscriptions?lang=${language}`}" novalidate>
${textField({ language, name: 'email', label: t('status.subscribe.email'), type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr', maxlength: 320, value: form.email, errors })}
${submitButton(t('status.subscribe.send'), { tone: 'plain' })}</form></section>
<p class="faint small">${t('status.as_of', { date: date(facts.now) })}</p>`;
}

function incidentView({ language, request, date }: Reading, one: IncidentView, level: 2 | 3): Html {
  const t = statusWords(language);
  const title = said(one.titles, language, request.site);
  return html`<article class="entry">${level === 2 ? html`<h2>${title}</h2>` : html`<h3>${title}</h3>`}
${one.endsAt !== null && html`<p>${one.kind !== 'announcement' && html`<span class="mark">${STATE_WORDS[language][one.state]}</span> `}<span class="soft">${t('status.span', { from: date(one.startsAt), to: date(one.endsAt) })}</span></p>`}
<ol class="said-so-far">${one.updates.map(({ state, texts, at }) => html`<li><p class="small soft">${one.kind !== 'announcement' && html`<strong>${STATE_WORDS[language][state]}</strong>, `}<time datetime="${at}">${date(at)}</time></p><p class="said" dir="auto">${said(texts, language, request.site)}</p></li>`)}</ol></article>`;
}
