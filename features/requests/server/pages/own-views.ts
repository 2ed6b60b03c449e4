import { errorSummary, submitButton, textField, titleWith, type FieldError } from '../../../../platform/pages/forms.ts';
import { attributes, html, NOTHING, type Html } from '../../../../platform/pages/html.ts';
import { linkPieces } from '../../../tickets/core/words.ts';
import { MAX_FILE_BYTES, MAX_FILES, MAX_TEXT } from '../../core/contract.ts';
import type { Standing } from '../../core/standing.ts';
import { TAKEN_ENDINGS } from '../file-types.ts';
import type { Seen } from '../../../companies/server/companies.ts';
import type { RequestLine, RequestPage, ShownEntry } from '../own.ts';
import type { Turn } from './turn.ts';

/** By word first; the colour only underlines it. */
const TONE: Readonly<Record<Standing, string>> = { received: 'accent', in_progress: 'accent', waiting_for_you: 'warn', solved: 'good', closed: '' };
const DONE = { answer: 'requests.answer.sent', solved: 'requests.solve.done', proven: 'requests.unproven.done' } as const;

const standing = ({ t }: Turn, of: Standing): Html => html`<span class="${`mark ${TONE[of]}`}">${t(`requests.standing.${of}`)}</span>`;
/** What people wrote, with its lines and its links. */
export const said = (text: string): Html => html`<p class="said" dir="auto">${linkPieces(text).map(({ text: words, href, ltr }) =>
  (href ? html`<a href="${href}" rel="nofollow noopener noreferrer">${words}</a>` : ltr ? html`<bdi dir="ltr">${words}</bdi>` : words))}</p>`;

/** Whose requests: one's own, or all of a company that lets its people see them. */
function whose({ t }: Turn, companies: readonly Seen[], companyId: string | null): Html {
  if (companies.length === 0) return NOTHING;
  const link = (href: string, words: string, isCurrent: boolean) => html`<a class="button plain" ${attributes({ href, 'aria-current': isCurrent ? 'page' : null })}><bdi>${words}</bdi></a>`;
  return html`<nav class="buttons" aria-label="${t('requests.whose')}">${link('/requests', t('requests.whose.own'), companyId === null)}
${companies.map(({ id, name }) => link(`/requests?company=${id}`, t('requests.whose.company', { name }), companyId === id))}</nav>`;
}

export function listPage(turn: Turn, { items, nextCursor }: { items: readonly RequestLine[]; nextCursor: string | null }, { isFirst, companyId, companies }: {
  isFirst: boolean; companyId: string | null; companies: readonly Seen[];
}) {
  const { t, guest } = turn;
  const here = companyId === null ? '/requests' : `/requests?company=${companyId}`;
  const older = nextCursor && `/requests?${new URLSearchParams({ ...(companyId !== null && { company: companyId }), cursor: nextCursor })}`;
  const main = html`<h1>${t('requests.menu')}</h1>
<div class="buttons"><a class="button primary" href="/requests/new">${t('requests.list.new')}</a></div>
${whose(turn, companies, companyId)}
${items.length === 0 ? html`<p>${t(companyId === null ? 'requests.list.empty' : 'requests.whose.empty')}</p>` : html`<ul class="links">${items.map((one) => html`<li>
<a href="${`/requests/${one.number}`}"><strong>${one.subject || `#${one.number}`}</strong></a>
<p>${standing(turn, one.standing)} ${one.isUnproven && html`<span class="mark warn">${t('requests.unproven.mark')}</span>`}
${t('requests.list.line', { number: String(one.number), channel: t(`requests.channel.${one.channel}`), date: turn.date(one.createdAt) })}${one.askedBy !== null && html`<br>${askedBy(turn, one)}`}</p></li>`)}</ul>`}
${pager(turn, { older, newest: isFirst ? null : here, words: ['requests.list.older', 'requests.list.newest'] })}
<section><p class="soft">${t('requests.signed_in', { address: guest?.address ?? '' })}</p>
<div class="buttons"><form method="post" action="/requests/out">${turn.seal()}${submitButton(t('requests.out'), { tone: 'plain' })}</form>
<a href="/requests/devices">${t('requests.devices.title')}</a> <a href="/requests/data">${t('requests.data.title')}</a></div></section>`;
  return turn.show({ title: t('requests.menu'), main });
}

const askedBy = ({ t }: Turn, { askedBy: name }: Pick<RequestLine, 'askedBy'>): Html => html`<bdi>${name ? t('requests.asked_by', { name }) : t('requests.asked_by_colleague')}</bdi>`;

const pager = ({ t }: Turn, { older, newest, words: [olderWord, newestWord] }: {
  older: string | null; newest: string | null; words: readonly ['requests.list.older' | 'requests.entry.earlier', 'requests.list.newest' | 'requests.entry.latest'];
}): Html => (older || newest ? html`<p class="buttons">${older && html`<a class="button plain" href="${older}">${t(olderWord)}</a>`}${newest && html`<a class="button plain" href="${newest}">${t(newestWord)}</a>`}</p>` : NOTHING);

export function onePage(turn: Turn, one: RequestPage, { done, form = {}, errors = [], isLatest }: {
  done: string | null; form?: Readonly<Record<string, string>>; errors?: readonly FieldError[]; isLatest: boolean;
}) {
  const { t, language } = turn;
  const here = `/requests/${one.number}`;
  const title = one.subject || `#${one.number}`;
  const main = html`<p><a href="/requests">${t('requests.one.back')}</a></p>
${errorSummary(language, errors)}
${whatWasDone(turn, done)}
<h1>${title}</h1>
<p>${standing(turn, one.standing)} ${t('requests.list.line', { number: String(one.number), channel: t(`requests.channel.${one.channel}`), date: turn.date(one.createdAt) })}</p>
<p>${leadOf(turn, one)}</p>
${askWhose(turn, one)}
${expected(turn, one)}
<section><h2>${t('requests.entry.title')}</h2>
${pager(turn, { older: one.earlier && `${here}?cursor=${encodeURIComponent(one.earlier)}`, newest: isLatest ? null : here, words: ['requests.entry.earlier', 'requests.entry.latest'] })}
<ol class="entries">${one.entries.map((entry) => html`<li class="${entry.isOwn ? 'entry own' : 'entry'}">${entryView(turn, entry, here)}</li>`)}</ol></section>
${isLatest && one.mayAnswer && answerForm(turn, one, form, errors)}`;
  return turn.show({ title: titleWith(language, title, errors), main }, errors.length > 0 ? 400 : 200);
}

function leadOf(turn: Turn, one: RequestPage): Html | string {
  if (one.askedBy !== null) return askedBy(turn, one);
  return turn.t(`requests.one.lead.${one.standing === 'solved' && !one.takesAnswers ? 'closed' : one.standing}`);
}

function whatWasDone({ t, guest }: Turn, done: string | null): Html {
  const word = Object.entries(DONE).find(([name]) => name === done)?.[1];
  return word ? html`<p class="notice good" role="status">${t(word, { address: guest?.address ?? '' })}</p>` : NOTHING;
}

function askWhose(turn: Turn, { isUnproven, askedBy: colleague, number }: RequestPage): Html {
  if (!isUnproven || colleague !== null) return NOTHING;
  const { t } = turn;
  return html`<div class="notice warn"><h2>${t('requests.unproven.mark')}</h2><p>${t('requests.unproven.text')}</p>
<form method="post" action="${`/requests/${number}/proof`}">${turn.seal()}${submitButton(t('requests.unproven.yes'))}</form></div>`;
}

/** What they can count on, and what we have not kept: said as it is. */
function expected({ t, due }: Turn, { expectation, promises, standing: of }: RequestPage): Html {
  const isOpen = of !== 'solved' && of !== 'closed';
  const next = isOpen && expectation?.dueAt ? t(`requests.promise.${expectation.what}${expectation.isLate ? '_late' : ''}`, { date: due(expectation.dueAt) }) : null;
  if (next === null && promises.length === 0) return NOTHING;
  return html`<section><h2>${t('requests.promise.title')}</h2>${next && html`<p class="${expectation?.isLate ? 'notice warn' : 'notice'}">${next}</p>`}
${promises.map(({ what, dueAt, wholeDay, isBroken }) => html`<div class="${isBroken ? 'notice warn' : 'notice'}"><p>${t(isBroken ? 'requests.promise.own_broken' : 'requests.promise.own', { date: due(dueAt, wholeDay) })}</p><p class="written">${what}</p></div>`)}</section>`;
}

function entryView(turn: Turn, entry: ShownEntry, here: string): Html {
  const { t, company } = turn;
  const name = entry.isOwn ? t('requests.entry.you') : entry.name || company;
  const contact = entry.type === 'call' || entry.type === 'visit' || entry.type === 'letter' ? t(`requests.entry.${entry.type}`) : null;
  return html`<h3>${contact ?? name}</h3>
<p class="faint small"><time datetime="${entry.createdAt.toISOString()}">${turn.date(entry.createdAt, true)}</time>${contact === null && html`, ${t(`requests.channel.${entry.channel}`)}`}</p>
${contact === null && said(entry.text)}
${entry.attachments.length > 0 && html`<p class="unseen">${t('requests.entry.files')}</p><ul class="files">${entry.attachments.map(({ id, name: file }) => html`<li><a href="${`${here}/files/${id}`}" download><bdi>${file}</bdi></a></li>`)}</ul>`}`;
}

export const filesField = ({ t }: Turn, errors: readonly FieldError[]): Html => {
  const error = errors.find(({ name }) => name === 'files');
  const described = error ? 'field-files-hint field-files-error' : 'field-files-hint';
  return html`<div class="field"><label for="field-files">${t('requests.answer.files')}</label>
<p class="hint" id="field-files-hint">${t('requests.answer.files_hint', { count: MAX_FILES, each: MAX_FILE_BYTES / 1_048_576 })}</p>
${error && html`<p class="wrong" id="field-files-error">${error.text}</p>`}
<input ${attributes({ id: 'field-files', type: 'file', name: 'files', multiple: true, accept: TAKEN_ENDINGS, 'aria-describedby': described, 'aria-invalid': error ? 'true' : null })}></div>`;
};

function answerForm(turn: Turn, one: RequestPage, form: Readonly<Record<string, string>>, errors: readonly FieldError[]): Html {
  const { t, language } = turn;
  const here = `/requests/${one.number}`;
  const isDone = one.standing === 'solved' || one.standing === 'closed';
  const verb = !one.takesAnswers ? 'requests.answer.follow' : isDone ? 'requests.answer.reopen' : 'requests.answer.send';
  return html`<section><h2>${t('requests.answer.title')}</h2>
<form method="post" action="${`${here}/answers`}" enctype="multipart/form-data" novalidate>${turn.seal()}
${textField({ language, name: 'text', label: t('requests.answer.text'), lines: 6, maxlength: MAX_TEXT, value: form.text ?? '', errors })}
${filesField(turn, errors)}
${submitButton(t(verb))}</form>
${!isDone && one.askedBy === null && html`<form method="post" action="${`${here}/solved`}">${turn.seal()}${submitButton(t('requests.solve.button'), { tone: 'plain' })}</form>`}</section>`;
}
