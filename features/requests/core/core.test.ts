import { expect, test } from 'vitest';
import { STATUSES } from '../../tickets/core/contract.ts';
import { shownName } from './names.ts';
import { standingOf } from './standing.ts';

test('a customer never reads that we wait for somebody else, nor until when', () => {
  expect(Object.fromEntries(STATUSES.map((status) => [status, standingOf(status)]))).toEqual({
    new: 'received', open: 'in_progress', waiting_customer: 'waiting_for_you', waiting_third_party: 'in_progress', scheduled: 'in_progress', resolved: 'solved', closed: 'closed',
  });
});

test('names of staff follow the rule, and an address is never one', () => {
  expect(['full', 'first', 'none'].map((rule) => shownName(' Ivan  Petrov ', rule as 'full'))).toEqual(['Ivan  Petrov', 'Ivan', '']);
  expect(shownName('ivan@shop.example', 'full')).toBe('');
});
