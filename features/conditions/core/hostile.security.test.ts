import { expect, test } from 'vitest';
import { AppError } from '../../../kernel/errors.ts';
import { readCondition } from './check.ts';
import { defineFields } from './fields.ts';
import { toPredicate } from './predicate.ts';

type Note = { text: string; size: number | null };
const FIELDS = defineFields<Note>([
  { id: 'text', label: 'text', type: 'text', read: (note) => note.text },
  { id: 'size', label: 'size', type: 'number', integer: true, nullable: true, read: (note) => note.size },
]);
const aTest = { field: 'text', operator: 'contains', value: 'x' };

/** What it was refused with, and where. */
function refusal(json: unknown): [code: string, pointer: string] {
  try {
    readCondition(json, FIELDS);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const [first] = error.details['errors'] as { pointer: string }[];
    return [error.code, first!.pointer];
  }
  return expect.unreachable('it was taken');
}

test('ten thousand groups inside each other are refused before they are looked into', () => {
  const nested = `${'{"all":['.repeat(10_000)}${JSON.stringify(aTest)}${']}'.repeat(10_000)}`;
  const [code, pointer] = refusal(JSON.parse(nested));
  expect(code).toBe('condition.too_deep');
  expect(pointer).toBe(`#${'/all/0'.repeat(5)}`);
});

test('a hundred thousand tests are refused at the first too many', () => {
  const all = Array.from({ length: 100_000 }, () => aTest);
  expect(refusal({ all })).toEqual(['condition.too_large', '#/all/100']);
  expect(refusal({ any: [{ all: all.slice(0, 60) }, { all: all.slice(0, 60) }] })).toEqual(['condition.too_large', '#/any/1/all/40']);
});

test('values are small and of their type', () => {
  const value = (given: unknown, test: object = aTest) => refusal({ all: [{ ...test, value: given }] });
  for (const wrong of ['x'.repeat(1_000_000), 'NUL \0', 'half \ud800', '\u0301', '', 5, null, {}, [], ['x'], { toString: 'x' }, { amount: 1, unit: 'hours' }]) {
    expect(value(wrong)).toEqual(['condition.bad_value', '#/all/0/value']);
  }
  expect(value(Array.from({ length: 101 }, () => 'x'), { field: 'text', operator: 'in' })).toEqual(['condition.bad_value', '#/all/0/value']);
  for (const wrong of [2 ** 53, 1.5, '5', '5; drop table tickets']) expect(value(wrong, { field: 'size', operator: 'is' })).toEqual(['condition.bad_value', '#/all/0/value']);
  expect(value(['x', 7], { field: 'text', operator: 'in' })).toEqual(['condition.bad_value', '#/all/0/value/1']);
});

test('names of prototypes, columns and code are no fields and no operators', () => {
  for (const field of ['__proto__', 'constructor', 'toString', 'workspace_id', 'text"; drop table tickets; --', '', 5, null]) {
    expect(refusal({ all: [{ ...aTest, field }] })).toEqual(['condition.unknown_field', '#/all/0/field']);
  }
  for (const operator of ['__proto__', 'constructor', 'less', '=', 'is or 1=1', undefined]) {
    expect(refusal({ all: [{ ...aTest, operator }] })).toEqual(['condition.unknown_operator', '#/all/0/operator']);
  }
});

test('what has another shape is refused where it has it', () => {
  for (const json of [null, 5, 'all', [], aTest, {}, { all: [], any: [] }, { and: [] }, { __proto__: { all: [] } }]) expect(refusal(json)).toEqual(['condition.malformed', '#']);
  expect(refusal({ all: { length: 1 } })).toEqual(['condition.malformed', '#/all']);
  expect(refusal({ all: [{ any: [] }] })).toEqual(['condition.malformed', '#/all/0/any']);
  expect(refusal({ all: [aTest, 'x'] })).toEqual(['condition.malformed', '#/all/1']);
  expect(refusal(JSON.parse('{"all":[{"field":"text","operator":"present","__proto__":{"value":1}}]}'))[0]).toBe('condition.bad_value');
  expect(refusal({ version: 2, all: [] })).toEqual(['condition.unknown_version', '#/version']);
  expect(refusal({ all: [{ field: 'text', operator: 'present', value: 'x' }] })).toEqual(['condition.bad_value', '#/all/0/value']);
});

test('signs that mean something to a pattern mean themselves', () => {
  const holds = (value: string, text: string) => toPredicate(readCondition({ all: [{ ...aTest, value }] }, FIELDS), FIELDS, { now: new Date(0) })({ text, size: null });
  expect([holds('%', '100 %'), holds('%', '100'), holds('a_b', 'axb'), holds('.*', 'abc'), holds('\\', 'a\\b')]).toEqual([true, false, false, false, true]);
});
