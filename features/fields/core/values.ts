import { z } from 'zod';
import type { DefinedOption, FieldDefinition, FieldValue, FieldValues } from './types.ts';
import { valueIn } from './types.ts';

/** The value as it is kept; null where it is empty; or what is wrong with it. */
export type ReadValue = { readonly value: FieldValue | null } | { readonly wrong: string };

const LONGEST_TEXT = 10_000;
const LONGEST_LINK = 2_000;
const LARGEST = 1e15;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;

const isNothing = (given: unknown): boolean => given === null || given === undefined || (typeof given === 'string' && given.trim() === '') || (Array.isArray(given) && given.length === 0);

type Reader = (given: unknown, definition: FieldDefinition) => ReadValue;

const text: Reader = (given) => {
  if (typeof given !== 'string' || !given.isWellFormed() || given.includes('\0')) return { wrong: 'must be text.' };
  const value = given.trim();
  return value.length > LONGEST_TEXT ? { wrong: `must be ${LONGEST_TEXT} characters at most.` } : { value };
};

const number: Reader = (given) => {
  // A form sends words.
  const value = typeof given === 'string' ? Number(given.trim().replace(',', '.')) : given;
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= LARGEST ? { value: value === 0 ? 0 : value } : { wrong: 'must be a number.' };
};

/** How many digits a currency has behind its point. */
export const digitsOf = (currency: string): number => {
  try {
    return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
};

const money: Reader = (given, definition) => {
  const read = number(given, definition);
  if ('wrong' in read) return { wrong: `must be an amount in ${definition.currency ?? 'its currency'}, such as 12.5.` };
  const digits = digitsOf(definition.currency ?? 'EUR');
  const value = Number(Number(read.value).toFixed(digits));
  return value === read.value ? { value } : { wrong: `must have ${digits} digits behind the point at most.` };
};

/** A day of the calendar, without an hour. */
export function isDay(given: string): boolean {
  const [, year, month, day] = DATE.exec(given) ?? [];
  if (year === undefined || Number(year) < 1900) return false;
  const at = new Date(`${given}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.getUTCMonth() + 1 === Number(month) && at.getUTCDate() === Number(day);
}

const date: Reader = (given) => (typeof given === 'string' && isDay(given.trim()) ? { value: given.trim() } : { wrong: 'must be a day, such as 2026-11-22.' });

const choice: Reader = (given, { options }) => {
  const option = typeof given === 'string' ? options.find(({ key }) => key === given) : undefined;
  return option ? { value: option.key } : { wrong: `must be one of ${listed(options)}.` };
};

/** From the root down to the option with this key. */
export function pathTo(options: readonly DefinedOption[], key: string): string[] {
  const path: string[] = [];
  for (let at = options.find((one) => one.key === key); at && path.length < options.length; at = options.find((one) => one.key === at?.parent)) path.unshift(at.key);
  return path;
}

const tree: Reader = (given, { options }) => {
  const last: unknown = Array.isArray(given) ? given.at(-1) : given;
  const path = typeof last === 'string' ? pathTo(options, last) : [];
  if (path.length === 0) return { wrong: `must be one of ${listed(options)}.` };
  return Array.isArray(given) && JSON.stringify(given) !== JSON.stringify(path) ? { wrong: `leads elsewhere: the path is ${path.join(', ')}.` } : { value: path };
};

const Link = z.url({ protocol: /^https?$/, hostname: /[^.]/ }).max(LONGEST_LINK);
/** It would look like another place than where it leads. */
const WITH_NAME = /^https?:\/*[^/?#\\]*@/i;

const link: Reader = (given) => {
  const found = Link.safeParse(typeof given === 'string' ? given.trim() : null).data;
  return found !== undefined && !WITH_NAME.test(found) ? { value: found } : { wrong: 'must be an address of the web, such as https://example.org/order/7.' };
};

const person: Reader = (given) => (typeof given === 'string' && UUID.test(given) ? { value: given.toLowerCase() } : { wrong: 'must be the id of a person.' });

const READERS: Readonly<Record<FieldDefinition['type'], Reader>> = { text, number, money, date, choice, tree, link, person };

const MOST_NAMED = 20;
const listed = (options: readonly DefinedOption[]): string => options.slice(0, MOST_NAMED).map(({ key }) => key).join(', ') || 'the options, of which there are none yet';

/** The only way from what somebody gave to a value of the field. */
export const readValue = (definition: FieldDefinition, given: unknown): ReadValue => (isNothing(given) ? { value: null } : READERS[definition.type](given, definition));

/** Before the key of a field, in the log. */
export const OWN_FIELD = 'fields.';
const LONGEST_TOLD = 200;

/** A value as the log tells it: of long text the beginning. */
export const toldValue = (value: FieldValue | null): FieldValue | null =>
  (typeof value === 'string' && value.length > LONGEST_TOLD ? `${value.slice(0, LONGEST_TOLD).toWellFormed()}…` : value);

/** What changed, field by field, from what to what, as the log tells it. */
export function toldChanges(before: FieldValues, after: FieldValues): { readonly [field: string]: readonly [FieldValue | null, FieldValue | null] } {
  const keys = before === after ? [] : [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(keys.flatMap((key) => {
    const [from, to] = [valueIn(before, key), valueIn(after, key)];
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [[OWN_FIELD + key, [toldValue(from), toldValue(to)]]];
  }));
}
