import type { FastifyRequest } from 'fastify';
import { MailAddress, PLAIN } from '../../../../kernel/contract.ts';
import { AppError } from '../../../../kernel/errors.ts';
import type { Language } from '../../../../kernel/languages.ts';
import type { Routes } from '../../../../platform/http/server.ts';
import { isPlainAddress } from '../../../../platform/mail/header.ts';
import { errorSummary, hiddenField, radioField, selectField, submitButton, textField, titleWith, type FieldError } from '../../../../platform/pages/forms.ts';
import { attributes, html, type Html } from '../../../../platform/pages/html.ts';
import type { Upload } from '../../../../platform/pages/multipart.ts';
import { type IntakeStep, LONGEST_ANSWER, MOST_QUESTIONS } from '../../../intake/core/contract.ts';
import { KINDS } from '../../../tickets/core/contract.ts';
import { MAX_NAME, MAX_SUBJECT, MAX_TEXT } from '../../core/contract.ts';
import type { Requests } from '../requests.ts';
import { mendable } from './errors.ts';
import { filesField, said } from './own-views.ts';
import { sentIn, type Turn, type Turns } from './turn.ts';

type Kind = (typeof KINDS)[number];
type Fields = Readonly<Record<string, string>>;
/** Articles that may answer already; at most a handful. */
export type Suggest = (workspaceId: string, language: Language, words: string) => Promise<readonly { readonly title: string; readonly href: string }[]>;

/** As they stand on the page: who writes, what is asked first, then the words. */
const inOrder = (errors: readonly FieldError[]): FieldError[] => errors.toSorted((a, b) => placeOf(a) - placeOf(b));
const placeOf = ({ name }: FieldError): number => (name === 'email' || name === 'name' ? 0 : name.startsWith(ANSWER) ? 1 : 2);

const HINTED: Readonly<Partial<Record<Kind, 'claim' | 'complaint'>>> = { claim: 'claim', complaint: 'complaint' };
const KEPT = ['email', 'name', 'subject', 'text', 'searched'] as const;
const MAX_SEARCHED = 1_000;

/** Writing to us: by kind, with or without having signed in, of use without script. */
export const formPages = ({ requests, turns, suggest }: { requests: Requests; turns: Turns; suggest: Suggest }): Routes => async (app) => {
  app.get('/new', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const { t } = turn;
    const searched = searchedIn(request);
    const query = searched === null ? '' : `?${new URLSearchParams({ searched })}`;
    return turn.show({ title: t('requests.new.title'), main: html`<h1>${t('requests.new.title')}</h1><p>${t('requests.new.lead')}</p>
<ul class="links">${KINDS.map((kind) => html`<li><a href="${`/requests/new/${kind}${query}`}">${t(`requests.kind.${kind}`)}</a></li>`)}</ul>` });
  });

  app.get('/new/:kind', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const searched = searchedIn(request);
    return form(turn, kindOf(request), { fields: searched === null ? {} : { searched }, errors: [], isNew: false });
  });

  app.post('/new/:kind', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const kind = kindOf(request);
    const { fields, files } = sentIn(request);
    const first = await questionsOf(turn, kind, fields);
    const errors = inOrder([...first.errors, ...problems(turn, fields)]);
    if (fields.back !== undefined || errors.length > 0 || first.isNew) return form(turn, kind, { fields, errors: fields.back === undefined ? errors : [], isNew: first.isNew });
    const articles = await helping(turn, fields, files);
    if (articles.length > 0) return preview(turn, kind, fields, articles);
    try {
      return await file(turn, kind, fields, files);
    } catch (error) {
      const problem = mendable(error, turn, turn.guest ? 'text' : 'email');
      if (!problem) throw error;
      return form(turn, kind, { fields, errors: [problem], isNew: false });
    }
  });

  /** What to look at before sending; once, and never with files, which a page cannot carry on. */
  const helping = (turn: Turn, fields: Fields, files: readonly Upload[]): ReturnType<Suggest> =>
    (fields.looked === 'yes' || files.length > 0 ? Promise.resolve([]) : suggest(turn.workspaceId, turn.language, `${fields.subject ?? ''} ${fields.text ?? ''}`.slice(0, 300)));

  async function file(turn: Turn, kind: Kind, fields: Fields, files: readonly Upload[]) {
    const { workspaceId, guest, language, client } = turn;
    const [subject, text] = [fields.subject!.trim(), fields.text!.trim()];
    const searched = fields.searched?.slice(0, MAX_SEARCHED) ?? null;
    const answers = answersIn(fields);
    const name = turn.sealed(fields)!;
    const next = await requests.sendOnce(workspaceId, name, async () => {
      if (guest) return `/requests/${await requests.own.create(guest, { kind, subject, text, language, files, searched, answers })}?done=answer`;
      const { state, number } = await requests.fileForStranger(workspaceId, { kind, subject, text, language, files, searched, answers, ...strangersFields(fields) }, client);
      return state === 'confirm' ? '/requests/waits' : `/requests/received${number === null ? '' : `?number=${number}`}`;
    });
    return turn.go(next ?? (guest ? '/requests' : '/requests/received'));
  }

  app.get('/received', async (request, reply) => {
    const turn = await turns.take(request, reply);
    const { t } = turn;
    const { number } = request.query as { number?: unknown };
    const isNumber = typeof number === 'string' && /^\d{1,15}$/.test(number);
    return turn.show({ title: t('requests.received.title'), main: html`<h1>${t('requests.received.title')}</h1>
<p>${isNumber ? t('requests.received.number', { number }) : t('requests.received.plain')}</p><p>${t('requests.received.mail')}</p>
<p><a href="/requests">${t('requests.sign_in.title')}</a></p>` });
  });

  app.get('/waits', async (request, reply) => {
    const turn = await turns.take(request, reply);
    return turn.show({ title: turn.t('requests.waits.title'), main: html`<h1>${turn.t('requests.waits.title')}</h1><p>${turn.t('requests.waits.text')}</p>` });
  });

  /** What is asked first by the answers so far; `isNew`: an answer led to questions that the form did not have, which is no mistake. */
  async function questionsOf(turn: Turn, kind: Kind, fields: Fields): Promise<{ step: IntakeStep; errors: FieldError[]; isNew: boolean }> {
    const step = await requests.firstQuestions(turn.workspaceId, kind, answersIn(fields), turn.language);
    const seen = step.questions.filter(({ key }) => fields[ANSWER + key] !== undefined || fields[SHOWN + key] !== undefined);
    const errors = seen.flatMap(({ key, wrong, text }) => (wrong === null ? [] : [{ name: ANSWER + key, text: turn.t(`requests.first.${wrong}`, { question: text }) }]));
    return { step, errors, isNew: seen.length < step.questions.length };
  }

  async function form(turn: Turn, kind: Kind, { fields, errors, isNew }: { fields: Fields; errors: readonly FieldError[]; isNew: boolean }) {
    const { t, language, guest, workspaceId } = turn;
    const { step } = await questionsOf(turn, kind, fields);
    const work = !guest && requests.isStormy(workspaceId) ? requests.challenge(workspaceId) : null;
    const common = { language, errors };
    const main = html`<h1>${t(`requests.kind.${kind}`)}</h1>
${errorSummary(language, errors)}
${!guest && html`<p><a class="alone" href="/requests/sign-in">${t('requests.new.sign_in')}</a></p>`}
<form ${attributes({ method: 'post', enctype: 'multipart/form-data', novalidate: true, 'data-challenge': work?.challenge, 'data-bits': work?.bits })} action="${`/requests/new/${kind}`}">${turn.seal()}${carriedAlong(fields)}
${work && html`${hiddenField('challenge', work.challenge)}${hiddenField('answer', '')}`}
${!guest && whoWrites(turn, fields, errors)}
${firstQuestions(turn, step, { fields, isNew, common })}
${textField({ ...common, name: 'subject', label: t('requests.new.subject'), maxlength: MAX_SUBJECT, value: fields.subject })}
${textField({ ...common, name: 'text', label: t('requests.new.text'), hint: t(`requests.new.hint.${HINTED[kind] ?? 'other'}`), lines: 8, maxlength: MAX_TEXT, value: fields.text })}
${hiddenField('looked', '')}${answers(turn)}
${filesField(turn, errors)}
${submitButton(t('requests.new.send'))}</form>
<p><a class="alone" href="/requests/new">${t('requests.new.other')}</a></p>`;
    const title = titleWith(language, t(`requests.kind.${kind}`), errors);
    return turn.show({ title, main, scripts: ['/requests/suggest.js', ...(work ? ['/requests/work.js'] : [])] }, errors.length > 0 ? 400 : 200);
  }

  function preview(turn: Turn, kind: Kind, fields: Fields, articles: Awaited<ReturnType<Suggest>>) {
    const { t } = turn;
    const answered = Object.keys(fields).filter((name) => name.startsWith(ANSWER) || name.startsWith(SHOWN)).slice(0, 2 * MOST_QUESTIONS);
    const carried: Html[] = [...KEPT, ...answered].flatMap((name) => (fields[name] === undefined ? [] : [hiddenField(name, fields[name])]));
    const main = html`<h1>${t('requests.check.title')}</h1><p>${t('requests.check.lead')}</p>
<ul class="links">${articles.map(({ title, href }) => html`<li><a href="${href}">${title}</a></li>`)}</ul>
<form method="post" action="${`/requests/new/${kind}`}" enctype="multipart/form-data">${hiddenField('seal', fields.seal ?? '')}${carried}
${['challenge', 'answer', 'website'].map((name) => fields[name] !== undefined && hiddenField(name, fields[name]))}${hiddenField('looked', 'yes')}
<div class="buttons">${submitButton(t('requests.check.send'))}${submitButton(t('requests.check.change'), { tone: 'plain', name: 'back', value: 'yes' })}</div></form>
<section><h2>${t('requests.check.yours')}</h2><h3>${fields.subject}</h3>${said(fields.text ?? '')}</section>`;
    return turn.show({ title: t('requests.check.title'), main });
  }
};

/** Before the key of a question: its answer, and that it was shown. */
const [ANSWER, SHOWN] = ['answer_', 'shown_'];

const answersIn = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name, value]) => name.startsWith(ANSWER) && value.trim() !== '').slice(0, MOST_QUESTIONS).map(([name, value]) => [name.slice(ANSWER.length), value]));

const FEW = 6;
type Question = IntakeStep['questions'][number];

/** One after the other; those that an answer leads to come with the next step. */
function firstQuestions({ t }: Turn, { questions }: IntakeStep, { fields, isNew, common }: { fields: Fields; isNew: boolean; common: Common }): Html {
  const isCalm = isNew && common.errors.length === 0;
  return html`${isCalm && html`<p role="status">${t('requests.first.more')}</p>`}${questions.map((question) => firstQuestion(question, fields, common))}`;
}

type Common = { readonly language: Language; readonly errors: readonly FieldError[] };

const firstQuestion = (question: Question, fields: Fields, common: Common): Html => {
  const { key, text, hint, required, unit, options } = question;
  const given = { ...common, name: ANSWER + key, label: unit === null ? text : `${text} (${unit})`, required, value: fields[ANSWER + key], ...(hint !== '' && { hint }) };
  return html`${hiddenField(SHOWN + key, 'yes')}${options.length > 0 ? (options.length > FEW ? selectField : radioField)({ ...given, options: options.map((option) => ({ value: option.key, text: option.text })) }) : writtenField(question, given)}`;
};

const writtenField = ({ type }: Question, given: Parameters<typeof textField>[0]): Html => {
  if (type === 'date') return textField({ ...given, type: 'date', dir: 'ltr' });
  if (type === 'link') return textField({ ...given, type: 'url', dir: 'ltr', maxlength: LONGEST_ANSWER });
  return type === 'number' || type === 'money' ? textField({ ...given, dir: 'ltr', maxlength: 30 }) : textField({ ...given, maxlength: LONGEST_ANSWER });
};

/** Filled by script while somebody writes; what is shown there is read out once it is there. */
const answers = ({ t, language }: Turn): Html => html`<section id="answers" class="card" role="status" data-search="${`/help/search.json?lang=${language}&q=`}" hidden><h2 class="small">${t('requests.check.title')}</h2><ul class="bare"></ul></section>`;

const carriedAlong = ({ searched }: Fields): Html | false => searched !== undefined && hiddenField('searched', searched);

/** What only strangers are asked, and a field that people do not see. */
const whoWrites = ({ t, language }: Turn, fields: Fields, errors: readonly FieldError[]): Html => html`
${textField({ language, errors, name: 'email', label: t('requests.new.email'), hint: t('requests.new.email_hint'), type: 'email', autocomplete: 'email', inputmode: 'email', dir: 'ltr', maxlength: 320, value: fields.email })}
${textField({ language, errors, name: 'name', label: t('requests.new.name'), autocomplete: 'name', maxlength: MAX_NAME, required: false, value: fields.name })}
<div class="trap" aria-hidden="true"><label for="website">${t('requests.new.trap')}</label><input id="website" name="website" type="text" tabindex="-1" autocomplete="off"></div>`;

const trimmed = (fields: Fields, name: string): string => fields[name]?.trim() ?? '';

function strangersFields(fields: Fields) {
  const proof = fields.challenge && fields.answer ? { proof: { challenge: fields.challenge, answer: fields.answer } } : {};
  return { email: trimmed(fields, 'email'), name: trimmed(fields, 'name'), website: fields.website ?? '', ...proof };
}

const fits = (text: string, least: number, most: number): boolean => text.length >= least && text.length <= most;

function problems(turn: Turn, fields: Fields): FieldError[] {
  const { t, guest } = turn;
  const asked: readonly (readonly [name: string, isRight: boolean, text: string])[] = [
    ['email', guest !== null || isPlainAddress(MailAddress.safeParse(fields.email).data ?? ''), t('requests.error.email')],
    ['name', fits(trimmed(fields, 'name'), 0, MAX_NAME) && PLAIN.test(trimmed(fields, 'name')), t('requests.error.name')],
    ['subject', fits(trimmed(fields, 'subject'), 1, MAX_SUBJECT) && PLAIN.test(trimmed(fields, 'subject')), t('requests.error.subject')],
    ['text', fits(trimmed(fields, 'text'), 1, MAX_TEXT), t('requests.error.text', { max: MAX_TEXT })],
  ];
  const errors = asked.filter(([, isRight]) => !isRight).map(([name, , text]) => ({ name, text }));
  return errors.length === 0 && turn.sealed(fields) === null ? [{ name: 'text', text: t('requests.error.stale') }] : errors;
}

/** What they looked for in the help centre before they came here, as that signed it. */
function searchedIn(request: FastifyRequest): string | null {
  const { searched } = request.query as { searched?: unknown };
  return typeof searched === 'string' && searched.length <= MAX_SEARCHED ? searched : null;
}

function kindOf(request: FastifyRequest): Kind {
  const kind = KINDS.find((one) => one === (request.params as { kind: string }).kind);
  if (!kind) throw new AppError('not_found', 'page.not_found', 'There is no such page.');
  return kind;
}
