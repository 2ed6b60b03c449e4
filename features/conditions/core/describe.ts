import { type Condition, isSpan, isTest, joinOf, type Node, type Operand, partsOf, type Scalar, type Span, type Test } from './condition.ts';
import { type Field, fieldName, type Fields, optionName } from './fields.ts';

/** What the words are made of: a language, and names for what stands behind ids. */
export type Words = {
  readonly locale: string;
  readonly t: (id: string, values?: Readonly<Record<string, unknown>>) => string;
  /** Undefined for what is gone, or not the reader's to know. */
  readonly nameOf?: (of: string, id: string) => string | undefined;
  /** By default the reader's own. */
  readonly timeZone?: string;
};

/** The condition as a sentence without its end: for lists of rules, explanations, the log. */
export function describe(condition: Condition, fields: Fields<never>, words: Words): string {
  return partsOf(condition).length === 0 ? words.t('conditions.always') : groupInWords(condition, fields, words);
}

function groupInWords(group: Exclude<Node, Test>, fields: Fields<never>, words: Words): string {
  const join = joinOf(group);
  const parts = partsOf(group).map((part) => nodeInWords(part, fields, words));
  const list = new Intl.ListFormat(words.locale, { type: join === 'all' ? 'conjunction' : 'disjunction' }).format(parts);
  return join === 'none' ? words.t('conditions.none_holds', { list }) : list;
}

function nodeInWords(node: Node, fields: Fields<never>, words: Words): string {
  if (isTest(node)) return testInWords(node, fields, words);
  const inside = groupInWords(node, fields, words);
  return partsOf(node).length > 1 || joinOf(node) === 'none' ? `(${inside})` : inside;
}

function testInWords({ field: id, operator, value }: Test, fields: Fields<never>, words: Words): string {
  const field = fields.get(id);
  if (!field) return words.t('conditions.field_gone');
  // What is so or not is named by what it says: "Inside working hours".
  if (field.type === 'boolean' && operator === 'is') return value === true ? fieldName(field, words.t) : words.t('conditions.test_not', { field: fieldName(field, words.t) });
  const said = { field: fieldName(field, words.t), operator: words.t(`conditions.operator.${operator}`) };
  return value === undefined ? words.t('conditions.test_bare', said) : words.t('conditions.test', { ...said, value: operandInWords(value, field, words) });
}

function operandInWords(value: Operand, field: Field<never>, words: Words): string {
  const one = (given: Scalar | Span) => valueInWords(given, field, words);
  if (Array.isArray(value)) return new Intl.ListFormat(words.locale, { type: 'disjunction' }).format((value as readonly Scalar[]).map(one));
  if (typeof value === 'object' && 'from' in value) return words.t('conditions.range', { from: one(value.from), to: one(value.to) });
  return one(value as Scalar | Span);
}

function valueInWords(value: Scalar | Span, field: Field<never>, words: Words): string {
  if (isSpan(value)) return spanInWords(value, words.locale);
  // One end of a range that is still being built.
  return value === '' ? '…' : IN_WORDS[field.type](value, field, words);
}

type Say = (value: Scalar, field: Field<never>, words: Words) => string;

const quoted: Say = (value, _field, { t }) => t('conditions.quoted', { text: String(value) });
const named: Say = (value, field, { t, nameOf }) => ('of' in field ? nameOf?.(field.of, String(value)) : undefined) ?? t('conditions.value_gone');
const number: Say = (value, _field, { locale }) => new Intl.NumberFormat(locale).format(Number(value));

const IN_WORDS: Record<Field<never>['type'], Say> = {
  text: quoted,
  tags: (value, field, words) => ('optionLabel' in field ? optionName(field, String(value), words.t) : quoted(value, field, words)),
  number,
  duration: number,
  boolean: (value, _field, { t }) => t(value === true ? 'conditions.yes' : 'conditions.no'),
  enum: (value, field, { t }) => optionName(field, String(value), t),
  language: (value, _field, { locale }) => languageName(String(value), locale),
  id: named,
  ids: named,
  datetime: (value, _field, { locale, timeZone }) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...(timeZone && { timeZone }) }).format(new Date(String(value))),
};

export const languageName = (language: string, locale: string): string => new Intl.DisplayNames(locale, { type: 'language' }).of(language) ?? language;

const UNIT = { minutes: 'minute', hours: 'hour', days: 'day' } as const;

/** "3 hours", with the plural of the language. */
export const spanInWords = ({ amount, unit }: Span, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit: UNIT[unit], unitDisplay: 'long' }).format(amount);
