import { AppError, type ErrorCode } from '../../../kernel/errors.ts';
import {
  type Condition, groupOf, isSpan, JOINS, LIMITS, type Node, type Operand, type Operator, type Scalar, type Span, type Test, TestShape,
} from './condition.ts';
import { arityOf, asksForChange, type Field, type Fields, operatorsOf, optionsOf } from './fields.ts';
import { fold } from './fold.ts';
import { isOwn } from './viewer.ts';

type Place = { readonly pointer: string; readonly depth: number };
type Reading = { readonly fields: Fields<never>; readonly changes: boolean; readonly viewer: boolean; tests: number };

export type ReadOptions = {
  /** Where in the request it stood, as a JSON pointer. */
  readonly pointer?: string;
  /** It is judged at the moment of a change, so it may ask what changed. */
  readonly changes?: boolean;
  /** Somebody looks through it, so ids of people and teams may be theirs (`viewer.ts`). */
  readonly viewer?: boolean;
};

/** The fault's place is a JSON pointer, as in the answers to other bad requests. */
function refuse(code: ErrorCode, pointer: string, detail: string): never {
  throw new AppError('invalid', code, `${pointer} ${detail}`, { errors: [{ pointer, code, detail }] });
}

/**
 * The only way from JSON to a condition: bounded before it is looked into, every field and operator known, every value of
 * the field's type and in one spelling. Throws an AppError that names the place.
 */
export function readCondition(json: unknown, fields: Fields<never>, { pointer = '#', changes = false, viewer = false }: ReadOptions = {}): Condition {
  if (!isRecord(json) || 'field' in json) refuse('condition.malformed', pointer, 'must be an object with one of all, any, none.');
  const { version = 1, ...group } = json;
  if (version !== 1) refuse('condition.unknown_version', `${pointer}/version`, 'must be 1, the only version there is.');
  const root = readGroup(group, { pointer, depth: 1 }, { fields, changes, viewer, tests: 0 });
  return { version: 1, ...root };
}

const isRecord = (json: unknown): json is Record<string, unknown> => typeof json === 'object' && json !== null && !Array.isArray(json);

function readNode(json: unknown, place: Place, reading: Reading): Node {
  if (!isRecord(json)) refuse('condition.malformed', place.pointer, 'must be a test ({"field", "operator", "value"}) or a group ({"all": […]}).');
  return Object.hasOwn(json, 'field') ? readTest(json, place.pointer, reading) : readGroup(json, place, reading);
}

function readGroup(json: Record<string, unknown>, { pointer, depth }: Place, reading: Reading) {
  const [key, ...more] = Object.keys(json);
  const join = JOINS.find((one) => one === key);
  if (join === undefined || more.length > 0) refuse('condition.malformed', pointer, `must have exactly one of ${JOINS.join(', ')}.`);
  if (depth > LIMITS.depth) refuse('condition.too_deep', pointer, `is nested too deep; ${LIMITS.depth} groups inside each other are allowed.`);
  const parts: unknown = json[join];
  if (!Array.isArray(parts)) refuse('condition.malformed', `${pointer}/${join}`, 'must be an array of tests and groups.');
  if (parts.length === 0 && (depth > 1 || join !== 'all')) refuse('condition.malformed', `${pointer}/${join}`, 'must not be empty: add a test or leave the group out.');
  return groupOf(join, parts.map((part, i) => readNode(part, { pointer: `${pointer}/${join}/${i}`, depth: depth + 1 }, reading)));
}

function readTest(json: Record<string, unknown>, pointer: string, reading: Reading): Test {
  reading.tests += 1;
  if (reading.tests > LIMITS.tests) refuse('condition.too_large', pointer, `is one test too many; ${LIMITS.tests} are allowed.`);
  const field = typeof json['field'] === 'string' ? reading.fields.get(json['field']) : undefined;
  if (!field) refuse('condition.unknown_field', `${pointer}/field`, `must be one of ${reading.fields.list.map(({ id }) => id).join(', ')}.`);
  const { operator, value } = shapedTest(json, field, pointer);
  if (asksForChange(operator) && !reading.changes) {
    refuse('condition.needs_change', `${pointer}/operator`, 'asks what changed, which can be known only at the moment of a change; leave that test out here.');
  }
  const operand = readOperand({ field, viewer: reading.viewer }, operator, value, `${pointer}/value`);
  return { field: field.id, operator, ...(operand !== undefined && { value: operand }) };
}

function shapedTest(json: Record<string, unknown>, field: Field<never>, pointer: string): Test {
  const operators = operatorsOf(field);
  if (!operators.some((one) => one === json['operator'])) refuse('condition.unknown_operator', `${pointer}/operator`, `must be one of ${operators.join(', ')}.`);
  const { data, error } = TestShape.safeParse(json);
  if (data) return data;
  const [issue] = error.issues;
  return refuse('condition.bad_value', [pointer, ...(issue?.path ?? [])].join('/'), issue?.code === 'invalid_union' ? VALUES : `${issue?.message ?? 'is not valid'}.`);
}

const VALUES = `must be text of ${LIMITS.text} characters at most, a number, true or false, a list of 1 to ${LIMITS.values} of these, `
  + 'an amount of time ({"amount": 3, "unit": "hours"}) of ten years at most, or two ends ({"from", "to"}).';

type Asking = { readonly field: Field<never>; readonly viewer: boolean };

function readOperand({ field, viewer }: Asking, operator: Operator, value: Operand | undefined, pointer: string): Operand | undefined {
  const bad = (detail: string): never => refuse('condition.bad_value', pointer, detail);
  const arity = arityOf(operator);
  if (arity === 'none') return value === undefined ? undefined : bad(`must be left out: ${operator} compares with nothing.`);
  if (value === undefined) return bad('is missing.');
  const one = (given: unknown, at: string): Scalar | Span => {
    if (viewer && isOwn(field, operator, given)) return given;
    const read = READERS[field.type](given, field);
    return typeof read === 'object' && 'wrong' in read ? refuse('condition.bad_value', at, read.wrong) : read;
  };
  switch (arity) {
    case 'one': return one(value, pointer);
    case 'many': return Array.isArray(value) ? unique(value.map((item, i) => one(item, `${pointer}/${i}`) as Scalar)) : bad('must be an array of values.');
    case 'span': return readSpan(operator, value, bad);
    case 'range': return typeof value === 'object' && 'from' in value ? { from: one(value.from, `${pointer}/from`), to: one(value.to, `${pointer}/to`) } : bad('must have from and to.');
  }
}

const unique = (values: readonly Scalar[]): Scalar[] => [...new Set(values)];

function readSpan(operator: string, value: Operand, bad: (detail: string) => never): Span {
  if (!isSpan(value)) return bad('must be an amount of time: {"amount": 3, "unit": "hours"}.');
  if (operator === 'working_older_than' && value.unit === 'days') return bad('must be in minutes or hours: how long a working day is differs from day to day.');
  return value;
}

type Read = Scalar | Span | { readonly wrong: string };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;
const EARLIEST = Date.UTC(1900, 0, 1);
const LATEST = Date.UTC(9999, 0, 1);

const READERS: Record<Field<never>['type'], (value: unknown, field: Field<never>) => Read> = {
  text: readText,
  tags: (value, field) => (optionsOf(field) ? readOption(value, field) : readText(value)),
  number: (value, field) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return { wrong: 'must be a number.' };
    if (field.type === 'number' && field.integer === true && !Number.isSafeInteger(value)) return { wrong: 'must be a whole number below 2^53.' };
    return value;
  },
  duration: (value) => (isSpan(value) ? value : { wrong: 'must be an amount of time: {"amount": 3, "unit": "hours"}.' }),
  boolean: (value) => (typeof value === 'boolean' ? value : { wrong: 'must be true or false.' }),
  enum: readOption,
  language: readOption,
  id: readId,
  ids: readId,
  datetime: (value) => {
    const at = typeof value === 'string' && INSTANT.test(value) ? Date.parse(value) : Number.NaN;
    return at >= EARLIEST && at < LATEST ? new Date(at).toISOString() : { wrong: 'must be a moment with its offset, such as 2026-11-12T17:00:00Z, from 1900 on.' };
  },
};

function readText(value: unknown): Read {
  if (typeof value !== 'string') return { wrong: 'must be text.' };
  if (value.includes('\0') || !value.isWellFormed()) return { wrong: 'must be text without NUL characters and halves of characters.' };
  return fold(value) === '' ? { wrong: 'must have something to compare with; use empty or present to ask whether there is anything.' } : value;
}

function readOption(value: unknown, field: Field<never>): Read {
  if ('isOpen' in field && field.isOpen === true) return readText(value);
  const options = optionsOf(field) ?? [];
  return typeof value === 'string' && options.includes(value) ? value : { wrong: `must be one of ${options.join(', ')}.` };
}

function readId(value: unknown): Read {
  return typeof value === 'string' && UUID.test(value) ? value.toLowerCase() : { wrong: 'must be an id.' };
}

/** Whether what is being built could be kept as it is. */
export function isReadable(json: unknown, fields: Fields<never>, options?: Pick<ReadOptions, 'changes' | 'viewer'>): boolean {
  try {
    readCondition(json, fields, options);
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** The same of one test by itself. */
export const isFinished = (test: Test, fields: Fields<never>): boolean => isReadable({ all: [test] }, fields, { changes: true, viewer: true });
