import { describe, expect, test } from 'vitest';
import { hold, neighbour } from './held-list.ts';

const row = (id: string, words = '') => ({ id, words });
const rows = (ids: string) => [...ids].map((id) => row(id));
const order = (list: { rows: readonly { id: string }[] }) => list.rows.map(({ id }) => id).join('');

describe('a list that somebody reads', () => {
  test('keeps its order when a ticket moves up, and shows its new words in place', () => {
    const list = hold(rows('abc'), [row('c', 'new words'), row('a'), row('b')], null);
    expect(order(list)).toBe('abc');
    expect(list.rows[2]).toEqual(row('c', 'new words'));
    expect(list.arrived).toBe(0);
  });

  test('counts what came in instead of pushing the rows down', () => {
    expect(hold(rows('abc'), rows('xaybc'), null)).toMatchObject({ arrived: 2 });
    expect(order(hold(rows('abc'), rows('xaybc'), null))).toBe('abc');
  });

  test('lets the ticket in that the reader opens, at its place, and counts only the others', () => {
    const list = hold(rows('abc'), rows('xaybc'), 'y');
    expect(order(list)).toBe('aybc');
    expect(list.arrived).toBe(1);
  });

  test('lets rows go that no longer belong, except the one being read', () => {
    expect(order(hold(rows('abc'), rows('ac'), null))).toBe('ac');
    expect(order(hold(rows('abc'), rows('ac'), 'b'))).toBe('abc');
  });

  test('adds a further page at the end and is not taken in by it', () => {
    const list = hold(rows('abc'), rows('abcdef'), null);
    expect(order(list)).toBe('abcdef');
    expect(list.arrived).toBe(0);
  });

  test('shows everything when nothing of what was shown is left', () => {
    expect(order(hold(rows('abc'), rows('xy'), null))).toBe('xy');
    expect(order(hold([], rows('xy'), null))).toBe('xy');
  });
});

test('the neighbour of a row, and the first when none is chosen', () => {
  const ids = ['a', 'b', 'c'];
  expect(neighbour(ids, 'a', 1)).toBe('b');
  expect(neighbour(ids, 'a', -1)).toBeNull();
  expect(neighbour(ids, 'c', 1)).toBeNull();
  expect(neighbour(ids, null, 1)).toBe('a');
  expect(neighbour(ids, 'gone', 1)).toBe('a');
  expect(neighbour([], null, 1)).toBeNull();
});
