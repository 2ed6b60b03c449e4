import { LANGUAGES } from '../../../kernel/languages.ts';
import type { Operator } from './condition.ts';

type Known = {
  readonly id: string;
  /** Id of the message that names it. */
  readonly label: string;
  /** Null may stand in it. Text may be empty and a set without items all the same. */
  readonly nullable?: boolean;
  /** `label` and `optionLabel` are words as they stand, and no ids of messages: somebody here wrote them. */
  readonly isLiteral?: boolean;
};

/** `isOpen`: which options there are is known elsewhere, and any may be asked for. */
type Offers = { readonly options: readonly string[]; readonly isOpen?: boolean; readonly optionLabel: (option: string) => string };

type Reads<R, T> = { readonly read: (record: R) => T | null };

/** Something that conditions may ask about. `R` is the record that predicates are given. */
export type Field<R> = Known & (
  | ({ readonly type: 'text' } & Reads<R, string>)
  /** `integer`: safe integers only, so that an index on a bigint can be used. Never NaN. */
  | ({ readonly type: 'number'; readonly integer?: boolean } & Reads<R, number>)
  /** In seconds, whole ones. */
  | ({ readonly type: 'duration' } & Reads<R, number>)
  | ({ readonly type: 'boolean' } & Reads<R, boolean>)
  /** `ordered`: the options stand from low to high. */
  | ({ readonly type: 'enum'; readonly ordered?: boolean } & Offers & Reads<R, string>)
  | ({ readonly type: 'language' } & Reads<R, string>)
  /** A UUID. `of` says of what, so that a screen knows what to offer: person, team. */
  | ({ readonly type: 'id'; readonly of: string } & Reads<R, string>)
  | ({ readonly type: 'ids'; readonly of: string } & Reads<R, readonly string[]>)
  /** Words of anybody's; with `options` some of these. */
  | ({ readonly type: 'tags' } & (Offers | { readonly options?: never }) & Reads<R, readonly string[]>)
  /** In whole milliseconds, as everything that the product writes. */
  | ({ readonly type: 'datetime' } & Reads<R, Date>)
);

export type FieldType = Field<never>['type'];

/** The fields of one kind of record, in the order in which they are offered. */
export type Fields<R> = { readonly list: readonly Field<R>[]; get(id: string): Field<R> | undefined };

/** A map and not an object: `constructor` is no field. */
export function defineFields<R>(list: readonly Field<R>[]): Fields<R> {
  const byId = new Map(list.map((field) => [field.id, field]));
  return { list, get: (id) => byId.get(id) };
}

const CHOICE: readonly Operator[] = ['is', 'is_not', 'in', 'not_in'];
const MEASURE: readonly Operator[] = ['less', 'at_most', 'greater', 'at_least', 'between'];
const THERE: readonly Operator[] = ['present', 'empty'];
const MOVES: readonly Operator[] = ['changed', 'changed_from', 'changed_to'];
const SET: readonly Operator[] = ['has_any', 'has_all', 'has_none', ...THERE, 'changed'];

const OF_TYPE: Record<FieldType, readonly Operator[]> = {
  text: ['contains', 'not_contains', 'starts_with', 'ends_with', ...CHOICE, ...THERE, ...MOVES],
  number: [...CHOICE, ...MEASURE, ...THERE, ...MOVES],
  duration: [...MEASURE, ...THERE, 'changed'],
  boolean: ['is', 'is_not', ...THERE, ...MOVES],
  enum: [...CHOICE, ...THERE, ...MOVES],
  language: [...CHOICE, ...THERE, ...MOVES],
  id: [...CHOICE, ...THERE, ...MOVES],
  ids: SET,
  tags: SET,
  datetime: ['older_than', 'working_older_than', 'within_last', 'within_next', 'before', 'after', 'between', ...THERE, 'changed'],
};

const ORDERED: readonly Operator[] = [...CHOICE, 'at_least', 'at_most', ...THERE, ...MOVES];

export const operatorsOf = (field: Field<never>): readonly Operator[] =>
  (field.type === 'enum' && field.ordered === true ? ORDERED : OF_TYPE[field.type]);

/** What an operator compares with: nothing, one value, several, two ends, or an amount of time. */
export type Arity = 'none' | 'one' | 'many' | 'range' | 'span';

const ARITY: Partial<Record<Operator, Arity>> = {
  present: 'none', empty: 'none', changed: 'none', in: 'many', not_in: 'many', has_any: 'many', has_all: 'many', has_none: 'many',
  between: 'range', within_last: 'span', within_next: 'span', older_than: 'span', working_older_than: 'span',
};

export const arityOf = (operator: Operator): Arity => ARITY[operator] ?? 'one';

/** Asks what happened at this moment, not what is: a list cannot answer it. */
export const asksForChange = (operator: Operator): boolean => MOVES.includes(operator);

/** What may stand in it, when that is known beforehand. */
export function optionsOf(field: Field<never>): readonly string[] | null {
  if (field.type === 'language') return LANGUAGES;
  return field.type === 'enum' || field.type === 'tags' ? field.options ?? null : null;
}

type Say = (id: string) => string;

/** What it is called, and what one of its options is. */
export const fieldName = (field: Field<never>, say: Say): string => (field.isLiteral === true ? field.label : say(field.label));

export function optionName(field: Field<never>, option: string, say: Say): string {
  if (!('optionLabel' in field)) return option;
  return field.isLiteral === true ? field.optionLabel(option) : say(field.optionLabel(option));
}
