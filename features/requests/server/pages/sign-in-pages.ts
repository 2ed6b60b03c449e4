import { AppError } from '../../../../kernel/errors.ts';
import { MailAddress } from '../../../../kernel/contract.ts';
import { errorSummary, hiddenField, submitButton, textField, titleWith, type FieldError } from '../../../../platform/pages/forms.ts';
import { html, NOTHING, type Html } from '../../../../platform/pages/html.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { isPlainAddress } from '../../../../platform/mail/header.ts';
import { browserOf } from '../../../people/core/user-agent.ts';
import type { Requests } from '../requests.ts';
import { fieldsOf, type Turn, type Turns } from './turn.ts';

const isGone = (error: unknown): boolean => error instanceof AppError && ['sign_in.gone', 'confirmation.gone', 'visitor.bad_token', 'visitor.no_address'].includes(error.code);
const stale = (): AppError => new AppError('forbidden', 'form.stale', 'Open the page again and send the form from there.');

/** The ways in, and out again. No address here does anything when it is only opened. */
export const signInPages = ({ requests, turns }: { requests: Requests; turns: Turns }): Routes => async (app) => {
  app.get('/sign-in', async (request, reply) => {
    const turn = await turns.take(request, reply);
    return turn.guest ? turn.go('/requests') : askForAddress(turn, {}, []);
  });

  app.post('/sign-in', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const form = fieldsOf(request);
    const address = MailAddress.safeParse(form.email).data ?? '';
    const errors: FieldError[] = isPlainAddress(address) ? [] : [{ name: 'email', text: turn.t('requests.error.email') }];
    if (turn.sealed(form) === null) errors.push({ name: 'email', text: turn.t('requests.error.stale') });
    if (errors.length > 0) return askForAddress(turn, form, errors);
    return turn.go(`/requests/code?id=${await requests.askForWayIn(turn.workspaceId, { address, language: turn.language }, turn.client)}`);
  });

  app.get('/code', async (request, reply) => {
    const turn = await turns.take(request, reply);
    return askForCode(turn, idOf((request.query as { id?: unknown }).id), []);
  });

  app.post('/code', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const form = fieldsOf(request);
    const id = idOf(form.id);
    if (turn.sealed(form) === null) return askForCode(turn, id, [{ name: 'code', text: turn.t('requests.error.stale') }]);
    try {
      return turn.enter(await requests.enterByCode(turn.workspaceId, { id, code: (form.code ?? '').slice(0, 40) }, turn.client));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'sign_in.wrong_code') throw error;
      return askForCode(turn, id, [{ name: 'code', text: turn.t('requests.code.wrong') }]);
    }
  });

  app.get('/in/:secret', async (request, reply) => {
    const turn = await turns.take(request, reply);
    return opened(turn, 'requests.in.gone', async () => {
      const { address } = await requests.readLink(turn.workspaceId, secretOf(request.params));
      return turn.show({ title: turn.t('requests.in.title'), main: html`<h1>${turn.t('requests.in.title')}</h1>
<p>${turn.t('requests.in.lead', { address })}</p>
<form method="post" action="${turn.path}">${turn.seal()}${submitButton(turn.t('requests.in.title'))}</form>` });
    });
  });

  app.post('/in/:secret', async (request, reply) => {
    const turn = await turns.take(request, reply);
    if (turn.sealed(fieldsOf(request)) === null) throw stale();
    return opened(turn, 'requests.in.gone', async () => turn.enter(await requests.enterByLink(turn.workspaceId, secretOf(request.params), turn.client)));
  });

  app.get('/enter', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const token = tokenOf(request.query);
    return opened(turn, 'requests.in.gone', async () => {
      const { address } = await requests.readToken(turn.workspaceId, token, turn.client);
      return turn.show({ title: turn.t('requests.in.title'), main: html`<h1>${turn.t('requests.in.title')}</h1>
<p>${turn.t('requests.in.lead', { address })}</p>
<form method="post" action="/requests/enter">${turn.seal()}${hiddenField('token', token)}${submitButton(turn.t('requests.in.title'))}</form>` });
    });
  });

  app.post('/enter', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const form = fieldsOf(request);
    if (turn.sealed(form) === null) throw stale();
    return opened(turn, 'requests.in.gone', async () => turn.enter(await requests.enterByToken(turn.workspaceId, tokenOf(form), turn.client)));
  });

  app.get('/confirm/:secret', async (request, reply) => {
    const turn = await turns.take(request, reply);
    return opened(turn, 'requests.confirm.gone', async () => {
      const { address, waits, subject } = await requests.readConfirmation(turn.workspaceId, secretOf(request.params));
      const { t } = turn;
      return turn.show({ title: t('requests.unproven.mark'), main: html`<h1>${t('requests.unproven.mark')}</h1>
<p>${t('requests.confirm.lead', { address })}</p>
<p class="card written">${subject}</p>
<form method="post" action="${turn.path}">${turn.seal()}${submitButton(t(waits ? 'requests.confirm.send' : 'requests.unproven.yes'))}</form>
<p class="soft">${t('requests.confirm.no')}</p>` });
    });
  });

  app.post('/confirm/:secret', async (request, reply) => {
    const turn = await turns.take(request, reply);
    if (turn.sealed(fieldsOf(request)) === null) throw stale();
    return opened(turn, 'requests.confirm.gone', async () => {
      const { number, ...session } = await requests.confirm(turn.workspaceId, secretOf(request.params), turn.client);
      return turn.enter(session, number === null ? '/requests' : `/requests/${number}?done=proven`);
    });
  });

  app.post('/out', async (request, reply) => {
    const turn = await turns.take(request, reply);
    if (turn.guest && turn.sealed(fieldsOf(request)) !== null) await requests.endSessions(turn.guest, { id: turn.guest.sessionId });
    return turn.leave('/requests/sign-in');
  });

  app.get('/devices', async (request, reply) => {
    const turn = await turns.take(request, reply);
    if (!turn.guest) return turn.go('/requests/sign-in');
    const { t } = turn;
    const sessions = await requests.sessions(turn.guest);
    return turn.show({ title: t('requests.devices.title'), main: html`<p><a href="/requests">${t('requests.one.back')}</a></p><h1>${t('requests.devices.title')}</h1>
<ul class="links">${sessions.map((session) => html`<li class="device"><p><strong>${t(session.isThis ? 'requests.devices.this' : 'requests.devices.other')}</strong></p>
<p class="soft">${t('requests.devices.since', { date: turn.date(session.createdAt, true), seen: turn.date(session.lastSeenAt, true) })}</p>
${browserLine(session.userAgent)}
${!session.isThis && html`<form method="post" action="/requests/devices">${turn.seal()}${hiddenField('id', session.id)}${submitButton(t('requests.devices.end'), { tone: 'plain' })}</form>`}</li>`)}</ul>
${sessions.length > 1 && html`<form method="post" action="/requests/devices">${turn.seal()}${submitButton(t('requests.devices.others'), { tone: 'plain' })}</form>`}` });
  });

  app.post('/devices', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const form = fieldsOf(request);
    if (!turn.guest) return turn.go('/requests/sign-in');
    if (turn.sealed(form) === null) throw stale();
    await requests.endSessions(turn.guest, form.id === undefined ? 'others' : { id: idOf(form.id) });
    return turn.go('/requests/devices');
  });
};

function browserLine(userAgent: string): Html {
  const browser = browserOf(userAgent);
  return browser === null ? NOTHING : html`<p class="faint small" dir="ltr">${browser}</p>`;
}

/** Whoever edits it finds nothing under it. */
const idOf = (id: unknown): string => (typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? id : '00000000-0000-7000-8000-000000000000');
const tokenOf = (given: unknown): string => { const { token } = given as { token?: unknown }; return typeof token === 'string' ? token.slice(0, 4_000) : ''; };
const secretOf = (params: unknown): string => (params as { secret: string }).secret;

async function opened<T>(turn: Turn, gone: 'requests.in.gone' | 'requests.confirm.gone', act: () => Promise<T>): Promise<T | ReturnType<Turn['show']>> {
  try {
    return await act();
  } catch (error) {
    if (!isGone(error)) throw error;
    return turn.show({ title: turn.t('requests.gone.title'), main: html`<h1>${turn.t('requests.gone.title')}</h1><p>${turn.t(gone)}</p>
<p><a class="button primary" href="/requests/sign-in">${turn.t('requests.sign_in.title')}</a></p>` }, 404);
  }
}

function askForAddress(turn: Turn, form: Readonly<Record<string, string>>, errors: readonly FieldError[]) {
  const { t, language } = turn;
  const main = html`<h1>${t('requests.sign_in.title')}</h1>
${errorSummary(language, errors)}
<p>${t('requests.sign_in.lead')}</p>
<form method="post" action="/requests/sign-in" novalidate>${turn.seal()}
${textField({ language, name: 'email', label: t('requests.sign_in.email'), type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr', maxlength: 320, value: form.email ?? '', errors })}
${submitButton(t('requests.sign_in.send'))}</form>
<p><a class="alone" href="/requests/new">${t('requests.sign_in.write')}</a></p>`;
  return turn.show({ title: titleWith(language, t('requests.sign_in.title'), errors), main }, errors.length > 0 ? 400 : 200);
}

function askForCode(turn: Turn, id: string, errors: readonly FieldError[]) {
  const { t, language } = turn;
  const main: Html = html`<h1>${t('requests.code.title')}</h1>
${errorSummary(language, errors)}
<p>${t('requests.code.lead')}</p>
<form method="post" action="/requests/code" novalidate>${turn.seal()}${hiddenField('id', id)}
${textField({ language, name: 'code', label: t('requests.code.label'), autocomplete: 'one-time-code', inputmode: 'numeric', dir: 'ltr', maxlength: 20, errors })}
${submitButton(t('requests.code.enter'))}</form>
<p class="soft">${t('requests.code.again')} <a href="/requests/sign-in">${t('requests.code.another')}</a></p>`;
  return turn.show({ title: titleWith(language, t('requests.code.title'), errors), main }, errors.length > 0 ? 400 : 200);
}
