import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../../../kernel/errors.ts';
import { asDownload, type Routes } from '../../../../platform/http/server.ts';
import { submitButton, type FieldError } from '../../../../platform/pages/forms.ts';
import { html } from '../../../../platform/pages/html.ts';
import { MAX_TEXT } from '../../core/contract.ts';
import type { Requests } from '../requests.ts';
import type { Guest } from '../signing-in.ts';
import { mendable } from './errors.ts';
import { listPage, onePage } from './own-views.ts';
import { fieldsOf, sentIn, type Turn, type Turns } from './turn.ts';

type Signed = Turn & { readonly guest: Guest };
const stale = (): AppError => new AppError('forbidden', 'form.stale', 'Open the page again and send the form from there.');
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** One's own requests. Whoever has not signed in is led to where that is done. */
export const ownPages = ({ requests, turns }: { requests: Requests; turns: Turns }): Routes => async (app) => {
  const { own } = requests;
  const signedIn = (act: (turn: Signed, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) => async (request: FastifyRequest, reply: FastifyReply) => {
    const turn = await turns.take(request, reply);
    if (!turn.guest) return turn.go('/requests/sign-in');
    return act(turn as Signed, request, reply);
  };
  const sealed = (turn: Turn, request: FastifyRequest): void => { if (turn.sealed(fieldsOf(request)) === null) throw stale(); };

  app.get('/', signedIn(async (turn, request) => {
    const [cursor, companyId] = [queryOf(request, 'cursor'), queryOf(request, 'company') ?? null];
    if (companyId !== null && !ID.test(companyId)) throw new AppError('not_found', 'company.not_found', 'There is no such company.');
    const page = companyId === null ? await own.list(turn.guest, cursor) : await own.ofCompany(turn.guest, companyId, cursor);
    return listPage(turn, page, { isFirst: cursor === undefined, companyId, companies: await own.companies(turn.guest) });
  }));

  app.get('/:number', signedIn(async (turn, request) => {
    const cursor = queryOf(request, 'cursor');
    return onePage(turn, await own.show(turn.guest, numberOf(request), cursor), { done: queryOf(request, 'done') ?? null, isLatest: cursor === undefined });
  }));

  app.post('/:number/answers', signedIn(async (turn, request) => {
    const { fields, files } = sentIn(request);
    const number = numberOf(request);
    const again = async (...errors: FieldError[]) => onePage(turn, await own.show(turn.guest, number, undefined), { done: null, form: fields, errors, isLatest: true });
    const text = fields.text?.trim() ?? '';
    if (text === '' || text.length > MAX_TEXT) return again({ name: 'text', text: turn.t('requests.error.text', { max: MAX_TEXT }) });
    const form = turn.sealed(fields);
    if (form === null) return again({ name: 'text', text: turn.t('requests.error.stale') });
    try {
      const answered = await requests.sendOnce(turn.workspaceId, form, () => own.answer(turn.guest, number, { text, files }));
      return turn.go(`/requests/${answered ?? number}?done=answer`);
    } catch (error) {
      const problem = mendable(error, turn, 'text');
      if (!problem) throw error;
      return again(problem);
    }
  }));

  app.post('/:number/solved', signedIn(async (turn, request) => {
    sealed(turn, request);
    const number = numberOf(request);
    await own.solve(turn.guest, number);
    return turn.go(`/requests/${number}?done=solved`);
  }));

  app.post('/:number/proof', signedIn(async (turn, request) => {
    sealed(turn, request);
    const number = numberOf(request);
    await own.prove(turn.guest, number);
    return turn.go(`/requests/${number}?done=proven`);
  }));

  app.get('/:number/files/:id', signedIn(async (turn, request, reply) => {
    const { id } = request.params as { id: string };
    if (!ID.test(id)) throw new AppError('not_found', 'attachment.not_found', 'There is no such file.');
    const { bytes, ...file } = await own.file(turn.guest, numberOf(request), id);
    return asDownload(reply.header('cache-control', 'private, no-store'), file).send(bytes);
  }));

  app.get('/data', signedIn(async (turn) => {
    const { t } = turn;
    const ask = (what: 'copy' | 'delete') => html`<form method="post" action="/requests/data">${turn.seal()}${submitButton(t(`requests.data.${what}`), { tone: 'plain', name: 'what', value: what })}</form>`;
    return turn.show({ title: t('requests.data.title'), main: html`<p><a href="/requests">${t('requests.one.back')}</a></p><h1>${t('requests.data.title')}</h1>
<p>${t('requests.data.lead')}</p><div class="buttons">${ask('copy')}${ask('delete')}</div>` });
  }));

  app.post('/data', signedIn(async (turn, request) => {
    sealed(turn, request);
    const what = fieldsOf(request).what === 'delete' ? 'delete' : 'copy';
    const { t, language } = turn;
    return turn.go(`/requests/${await own.askAboutData(turn.guest, { subject: t(`requests.data.${what}`), text: t(`requests.data.${what}_text`), language, what })}?done=answer`);
  }));
};

/** What is no number leads nowhere. */
function numberOf(request: FastifyRequest): number {
  const { number } = request.params as { number: string };
  if (!/^[1-9]\d{0,14}$/.test(number)) throw new AppError('not_found', 'request.not_found', 'There is no such request.');
  return Number(number);
}

function queryOf(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' && value !== '' ? value.slice(0, 500) : undefined;
}
