import { expect, test } from 'vitest';
import { STATUSES } from '../../tickets/core/contract.ts';
import { dateIn } from './dates.ts';
import { inAMonth } from './due.ts';
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

test('a moment says by which clock it is told, as that clock stood then', () => {
  const [winter, summer] = [new Date('2026-03-05T15:00:00Z'), new Date('2026-07-05T15:00:00Z')];
  expect(dateIn('en', winter, 'Europe/Sofia', { withTime: true, withZone: true })).toMatch(/^5 March 2026\b.* 17:00 GMT\+2$/);
  expect(dateIn('en', summer, 'Europe/Sofia', { withTime: true, withZone: true })).toMatch(/^5 July 2026\b.* 18:00 GMT\+3$/);
  expect(dateIn('ar', winter, 'Europe/Sofia', { withTime: true, withZone: true })).toContain('17:00');
  expect(dateIn('en', winter, 'Europe/Sofia')).toBe('5 March 2026');
});

test.each([['2026-01-31T10:00:00Z', '2026-02-28T10:00:00Z'], ['2028-01-30T10:00:00Z', '2028-02-29T10:00:00Z'], ['2026-12-15T23:30:00Z', '2027-01-15T23:30:00Z'], ['2026-02-28T00:00:00Z', '2026-03-28T00:00:00Z']])(
  'what is asked about data on %s is owed within the month', (asked, due) => { expect(inAMonth(new Date(asked))).toEqual(new Date(due)); },
);
