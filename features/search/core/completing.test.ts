import { expect, test } from 'vitest';
import { completions, withRecent, wordsBesides, wordsToMark } from './completing.ts';

const shown = (typed: string, names = {}) => completions(typed, names).map(({ query }) => query);

test('operators are offered by their beginnings, and their values in place', () => {
  expect(shown('kettle sta')).toEqual(['kettle status:']);
  expect(shown('kettle status:wait')).toEqual(['kettle status:waiting_customer ', 'kettle status:waiting_third_party ']);
  expect(shown('-kind:pra')).toEqual(['-kind:praise ']);
  expect(shown('team:ret', { team: ['Returns & refunds', 'Sales'] })).toEqual(['team:"Returns & refunds" ']);
  expect(shown('assignee:')).toEqual(['assignee:me ', 'assignee:none ']);
  expect([...shown('status:open'), ...shown(''), ...shown('kettle '), ...shown('number:10')]).toEqual([]);
});

test('what is marked in texts, and what people and articles are sought by', () => {
  expect(wordsToMark('kettle "out of stock" -refund tag:vip')).toBe('kettle out of stock');
  expect([wordsBesides('kettle -refund'), wordsBesides('kettle tag:vip')]).toEqual(['kettle', '']);
});

test('recent searches: the latest first, none twice, and none that was still being typed', () => {
  expect(withRecent(['ket', 'toaster'], 'kettle')).toEqual(['kettle', 'toaster']);
  expect(withRecent(['kettle', 'toaster'], 'toaster')).toEqual(['toaster', 'kettle']);
  expect(withRecent(['kettle'], '  ')).toEqual(['kettle']);
  expect(withRecent(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], 'x')).toHaveLength(8);
});
