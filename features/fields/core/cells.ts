import { isSameJson } from '../../../kernel/json.ts';
import { nameIn, optionIn } from './attributes.ts';
import type { DefinedOption, FieldDefinition, FieldValue } from './types.ts';
import { OWN_FIELD, pathTo, readValue, type ReadValue } from './values.ts';

/** Between the steps of a tree's path. */
const STEP = ' / ';
const plain = (word: string): string => word.trim().toLowerCase().normalize('NFC');
const isCalled = (word: string, { key, names }: Pick<DefinedOption, 'key' | 'names'>): boolean => plain(key) === word || Object.values(names).some((name) => name !== undefined && plain(name) === word);

/** What fields are called at the head of a table: their names; what would stand there twice goes by its key. */
export function headsOf(definitions: readonly FieldDefinition[], others: readonly string[]): string[] {
  const names = definitions.map(({ names: given, key }) => nameIn(given, 'en') || key);
  const all = [...others, ...names].map(plain);
  return definitions.map(({ key }, i) => (all.filter((one) => one === plain(names[i]!)).length === 1 ? names[i]! : OWN_FIELD + key));
}

/** Whether a column with this head is of that field. */
export const isHeadOf = (head: string, { key, names }: FieldDefinition, same: (word: string) => string = plain): boolean =>
  [key, OWN_FIELD + key, ...Object.values(names)].some((one) => one !== undefined && same(one) === same(head));

function optionCalled(options: readonly DefinedOption[], given: string): DefinedOption | undefined {
  const exact = options.find(({ key }) => key === given);
  if (exact) return exact;
  const fitting = options.filter((one) => isCalled(plain(given), one));
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** Step by step from the root. */
function pathCalled(options: readonly DefinedOption[], steps: readonly string[]): DefinedOption | undefined {
  let at: DefinedOption | undefined;
  for (const step of steps) {
    const below: readonly DefinedOption[] = options.filter(({ parent }) => parent === (at?.key ?? null));
    at = optionCalled(below, step);
    if (!at) return undefined;
  }
  return at;
}

/** Who works here by what tables call them: an id, an address, a name. Null: several are called so. */
type Callings = ReadonlyMap<string, string | null>;
/** `people`: who may stand in it. */
export type TableField = FieldDefinition & { readonly people?: Callings };

export function callingsOf(people: readonly { readonly id: string; readonly name: string; readonly email: string }[]): Callings {
  const callings = new Map<string, string | null>();
  for (const { id, name } of people) callings.set(plain(name), callings.has(plain(name)) ? null : id);
  // An address is one person's alone, whatever others call themselves.
  for (const { id, email } of people) callings.set(plain(email), id).set(id, id);
  return callings;
}

function personCalled(people: Callings, given: string): ReadValue {
  const id = people.get(plain(given));
  if (id) return { value: id };
  if (id === null) return { wrong: 'is what several people here are called; give the address by which one of them signs in.' };
  return { wrong: given.includes('@') ? 'is the address of nobody who works here.' : 'is nobody who works here; give the address by which they sign in.' };
}

const DOTTED = /^(\d\d?)\.(\d\d?)\.(\d{4})$/;
const WITH_HOUR = /^(\d{4}-\d\d-\d\d)[T ][\d:.]+Z?$/;
/** Tables hold days as people write them; what is a month and what a day is plain where there are points in between. */
function dayIn(given: string): string {
  const [, day, month, year] = DOTTED.exec(given) ?? [];
  if (day !== undefined && month !== undefined) return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return WITH_HOUR.exec(given)?.[1] ?? given;
}

/** A value as it stands in a table: names of options as well as their keys, people by their addresses. */
export function readCell(definition: TableField, given: string): ReadValue {
  const { type, options, people } = definition;
  switch (type) {
    case 'person': return people ? personCalled(people, given) : readValue(definition, given);
    case 'choice': return readValue(definition, optionCalled(options, given)?.key ?? given);
    case 'tree': return readValue(definition, (optionCalled(options, given) ?? pathCalled(options, given.split(STEP)))?.key ?? given);
    case 'date': return readValue(definition, dayIn(given));
    default: return readValue(definition, given);
  }
}

/** A value in words, and such that `readCell` reads it again. `nameOf`: of a person. */
export function cellOf(definition: FieldDefinition, value: FieldValue | null, nameOf: (id: string) => string): string {
  if (value === null) return '';
  const { type, options } = definition;
  if (type === 'person') return nameOf(String(value));
  if (type !== 'choice' && type !== 'tree') return String(value);
  const path = [value].flat().map(String);
  const words = path.map((key) => optionIn(options, key, 'en')).join(STEP);
  const read = readCell(definition, words);
  const meant = type === 'tree' ? pathTo(options, path.at(-1) ?? '') : path[0];
  return 'value' in read && isSameJson(read.value, meant) ? words : path.at(-1) ?? '';
}
