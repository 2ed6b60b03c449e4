import type { Language } from '../../kernel/languages.ts';
import { attributes, html, type Html, NOTHING } from './html.ts';
import { pageWords } from './words.ts';

/** What is wrong with one field, in the reader's words. */
export type FieldError = { readonly name: string; readonly text: string };

type Common = {
  readonly language: Language; readonly name: string; readonly label: string;
  readonly value?: string | null | undefined; readonly hint?: string | null; readonly errors?: readonly FieldError[];
  readonly required?: boolean;
};
type TextInput = Common & {
  readonly type?: 'text' | 'email' | 'search' | 'tel' | 'url' | 'password' | 'date';
  readonly autocomplete?: string; readonly inputmode?: 'numeric' | 'email' | 'tel' | 'search'; readonly maxlength?: number;
  readonly autofocus?: boolean; readonly dir?: 'auto' | 'ltr';
  /** More than one makes it a text of so many lines. */
  readonly lines?: number;
};
type Choices = Common & { readonly options: readonly { readonly value: string; readonly text: string }[] };

/** Where the links of the error summary lead. */
export const fieldId = (name: string): string => `field-${name}`;

/** One line or several, with its label, hint and error read out together. */
export function textField(given: TextInput): Html {
  const { name, value = '', type = 'text', required = true, autocomplete, inputmode, maxlength, autofocus, dir = 'auto', lines = 1 } = given;
  const common = attributes({ ...marks(given), autocomplete, inputmode, maxlength, autofocus, dir, required });
  return labelled(given, lines > 1
    ? html`<textarea id="${fieldId(name)}" name="${name}" rows="${lines}" ${common}>
${value}</textarea>`
    : html`<input id="${fieldId(name)}" name="${name}" type="${type}" value="${value ?? ''}" ${common}>`);
}

export function radioField(given: Choices): Html {
  const { name, label, value, options, hint, errors = [], required = true } = given;
  const error = errors.find((one) => one.name === name);
  return html`<fieldset class="field" id="${fieldId(name)}" tabindex="-1"><legend>${label}</legend>
${hint && html`<p class="hint">${hint}</p>`}${error && html`<p class="wrong">${error.text}</p>`}
${options.map((option) => html`<label class="choice"><input ${attributes({ type: 'radio', name, value: option.value, checked: option.value === value, required })}><span>${option.text}</span></label>`)}</fieldset>`;
}

/** One of many. */
export function selectField(given: Choices): Html {
  const { language, name, value, options, required = true } = given;
  return labelled(given, html`<select id="${fieldId(name)}" name="${name}" ${attributes({ ...marks(given), required })}><option value="">${pageWords(language)('page.choose')}</option>
${options.map((option) => html`<option ${attributes({ value: option.value, selected: option.value === value })}>${option.text}</option>`)}</select>`);
}

export const hiddenField = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;

export const submitButton = (text: string, { tone = 'primary', name, value }: { tone?: 'primary' | 'plain'; name?: string; value?: string } = {}): Html =>
  html`<button class="button ${tone}" ${attributes({ type: 'submit', name, value })}>${text}</button>`;

/** At the top of a form that came back: read out at once, with a way to each field. */
export function errorSummary(language: Language, errors: readonly FieldError[]): Html {
  if (errors.length === 0) return NOTHING;
  return html`<div class="summary" role="alert" tabindex="-1" id="errors"><h2>${pageWords(language)('page.errors', { count: errors.length })}</h2>
<ul>${errors.map(({ name, text }) => html`<li><a href="${`#${fieldId(name)}`}">${text}</a></li>`)}</ul></div>`;
}

/** The window's title says it first, since that is what is read out after a form was sent. */
export const titleWith = (language: Language, title: string, errors: readonly FieldError[]): string =>
  (errors.length === 0 ? title : pageWords(language)('page.error_prefix', { title }));

function marks({ name, hint, errors = [] }: Common): Record<string, string | null> {
  const wrong = errors.some((one) => one.name === name);
  const described = [hint ? `${fieldId(name)}-hint` : null, wrong ? `${fieldId(name)}-error` : null].filter((id) => id !== null).join(' ');
  return { 'aria-describedby': described === '' ? null : described, 'aria-invalid': wrong ? 'true' : null };
}

function labelled({ language, name, label, hint, errors = [], required = true }: Common, input: Html): Html {
  const error = errors.find((one) => one.name === name);
  return html`<div class="field"><label for="${fieldId(name)}">${label}${!required && html` <span class="faint">(${pageWords(language)('page.optional')})</span>`}</label>
${hint && html`<p class="hint" id="${`${fieldId(name)}-hint`}">${hint}</p>`}${error && html`<p class="wrong" id="${`${fieldId(name)}-error`}">${error.text}</p>`}
${input}</div>`;
}
