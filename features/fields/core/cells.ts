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

const DOTTED = /^(\d\d?)\.(\d\d?)\.(\d{4})$/;
const WITH_HOUR = /^(\d{4}-\d\d-\d\d)[T ][\d:.]+Z?$/;
/** Tables hold days as people write them; what is a month and what a day is plain where there are points in between. */
function dayIn(given: string): string {
  const [, day, month, year] = DOTTED.exec(given) ?? [];
  if (day !== undefined && month !== undefined) return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return WITH_HOUR.exec(given)?.[1] ?? given;
}

/** A value as it stands in a table: names of options as well as their keys. */
export function readCell(definition: FieldDefinition, given: string): ReadValue {
  const { type, options } = definition;
  switch (type) {
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
