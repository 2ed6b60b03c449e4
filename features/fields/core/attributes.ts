import { type Language, textIn } from '../../../kernel/languages.ts';
import type { Condition } from '../../conditions/core/condition.ts';
import { isTest, type Node, partsOf } from '../../conditions/core/condition.ts';
import { defineFields, type Field, type Fields } from '../../conditions/core/fields.ts';
import { OWN_FIELD } from './values.ts';
import { type DefinedOption, FIELD_TYPES, type FieldDefinition, type FieldType, type FieldValues, type Texts, valueIn } from './types.ts';

/** A record that carries values of fields. */
export type Carrier = { readonly fields: FieldValues };

const ATTRIBUTE = new RegExp(`^fields\\.(${FIELD_TYPES.join('|')})\\.([a-z][a-z0-9_]{0,39})$`);

/**
 * What conditions call a field. The type stands in it, so that what is kept can be judged without asking what fields there
 * are: a key never changes its type.
 */
export const attributeId = ({ type, key }: Pick<FieldDefinition, 'type' | 'key'>): string => `fields.${type}.${key}`;

export function attributeOf(id: string): { readonly type: FieldType; readonly key: string } | null {
  const [, type, key] = ATTRIBUTE.exec(id) ?? [];
  return type === undefined || key === undefined ? null : { type: type as FieldType, key };
}

/** What the log calls a change of what conditions call so. */
export const toldAs = (id: string): string => {
  const own = attributeOf(id);
  return own ? OWN_FIELD + own.key : id;
};

/** The first of the wanted languages that there is, else English, else any. */
export const nameIn = (names: Texts, language: Language): string => textIn(names, [language])?.text ?? '';

/** What an option is called; by its key where it is gone. */
export const optionIn = (options: readonly DefinedOption[], key: string, language: Language): string => nameIn(options.find((one) => one.key === key)?.names ?? {}, language) || key;

/** The way through a tree, from its root. */
export const pathIn = (options: readonly DefinedOption[], path: readonly string[], language: Language): string => path.map((key) => optionIn(options, key, language)).join(' / ');

/** Without the languages in which nothing stands. */
export const written = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).filter(([, text]) => text?.trim()));

const DAY_START = 'T00:00:00Z';

/** As conditions see it. Without a definition its options are not known, and every one may be asked for. */
export function attribute<R extends Carrier>({ type, key, names, options }: Pick<FieldDefinition, 'type' | 'key' | 'names' | 'options'>, { language, isOpen }: { language: Language; isOpen: boolean }): Field<R> {
  const base = { id: attributeId({ type, key }), label: nameIn(names, language) || key, isLiteral: true, nullable: true } as const;
  const value = (record: R) => valueIn(record.fields, key);
  const string = (record: R): string | null => { const found = value(record); return typeof found === 'string' && found !== '' ? found : null; };
  const number = (record: R): number | null => { const found = value(record); return typeof found === 'number' ? found : null; };
  const nameOf = (option: string): string => optionIn(options, option, language);
  const keys = options.map((option) => option.key);
  switch (type) {
    case 'text':
    case 'link': return { ...base, type: 'text', read: string };
    case 'number':
    case 'money': return { ...base, type: 'number', read: number };
    case 'date': return { ...base, type: 'datetime', read: (record) => { const day = string(record); return day === null ? null : new Date(day + DAY_START); } };
    case 'choice': return { ...base, type: 'enum', options: keys, isOpen, optionLabel: nameOf, read: string };
    case 'tree': return { ...base, type: 'tags', options: keys, isOpen, optionLabel: nameOf, read: (record) => { const path = value(record); return Array.isArray(path) ? path as readonly string[] : null; } };
    case 'person': return { ...base, type: 'id', of: 'person', read: string };
  }
}

/** Also knows every field by its id alone: for judging what is kept. */
export const withAnyField = <R extends Carrier>(fields: Fields<R>): Fields<R> => ({
  list: fields.list,
  get(id) {
    const known = fields.get(id);
    const found = known ? null : attributeOf(id);
    return found ? attribute<R>({ ...found, names: {}, options: [] }, { language: 'en', isOpen: true }) : known;
  },
});

/** What there is besides the fields of these definitions: for reading what somebody writes, and for screens. */
export function withFields<R extends Carrier>(fields: Fields<R>, definitions: readonly FieldDefinition[], language: Language): Fields<R> {
  const own = new Map(definitions.map((definition) => [attributeId(definition), attribute<R>(definition, { language, isOpen: false })]));
  return { list: [...fields.list, ...own.values()], get: (id) => own.get(id) ?? (attributeOf(id) ? undefined : fields.get(id)) };
}

/** Of records of which nothing is known besides. */
export const NO_FIELDS = withAnyField(defineFields<Carrier>([]));

/** The fields that a condition asks about. */
export function askedIn(condition: Condition): string[] {
  const asked = (node: Node): string[] => (isTest(node) ? [node.field] : partsOf(node).flatMap(asked));
  const { version: _version, ...root } = condition;
  return [...new Set(asked(root).filter((id) => attributeOf(id) !== null))];
}
