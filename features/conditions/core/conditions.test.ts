import { expect, test } from 'vitest';
import { readCondition } from './check.ts';
import { ALWAYS, type Condition, ConditionJson } from './condition.ts';
import { defineFields } from './fields.ts';
import { toPredicate } from './predicate.ts';

const NOW = new Date('2026-03-02T12:00:00Z');
const IVAN = '018f0000-0000-7000-8000-000000000001';
const OLGA = '018f0000-0000-7000-8000-000000000002';

type Ticket = { subject: string; priority: string; owner: string | null; tags: string[]; due: Date | null; waited: number | null };
const ticket: Ticket = { subject: 'Счупена кана', priority: 'high', owner: null, tags: ['Returns'], due: null, waited: 5400 };
const FIELDS = defineFields<Ticket>([
  { id: 'subject', label: 'l', type: 'text', read: (t) => t.subject },
  { id: 'priority', label: 'l', type: 'enum', options: ['low', 'normal', 'high', 'urgent'], ordered: true, optionLabel: (o) => o, read: (t) => t.priority },
  { id: 'owner', label: 'l', type: 'id', of: 'person', nullable: true, read: (t) => t.owner },
  { id: 'tags', label: 'l', type: 'tags', read: (t) => t.tags },
  { id: 'due', label: 'l', type: 'datetime', nullable: true, read: (t) => t.due },
  { id: 'waited', label: 'l', type: 'duration', nullable: true, read: (t) => t.waited },
]);
const read = (...all: unknown[]): Condition => readCondition({ all }, FIELDS, { changes: true });
const holds = (test: unknown, change: Partial<Ticket> = {}, before?: Ticket | null): boolean =>
  toPredicate(read(test), FIELDS, { now: NOW })({ ...ticket, ...change }, before);

test('the opposite of a test holds exactly where the test does not, also for what is missing', () => {
  expect(holds({ field: 'owner', operator: 'is', value: IVAN })).toBe(false);
  expect(holds({ field: 'owner', operator: 'is_not', value: IVAN })).toBe(true);
  expect(holds({ field: 'owner', operator: 'empty' })).toBe(true);
  expect(holds({ field: 'due', operator: 'before', value: '2026-03-03T00:00:00Z' })).toBe(false);
  expect(holds({ none: [{ field: 'due', operator: 'before', value: '2026-03-03T00:00:00Z' }] })).toBe(true);
});

test('case, accents, vowel signs and digits of other scripts do not count; й and и are two letters', () => {
  const contains = (value: string, subject: string) => holds({ field: 'subject', operator: 'contains', value }, { subject });
  expect(contains('СЧУПЕНА', 'счупена кана')).toBe(true);
  expect(contains('zazolc', 'Zażółć gęślą')).toBe(true);
  expect(contains('احمد', 'أَحْمَد')).toBe(true);
  expect(contains('42', '٤٢')).toBe(true);
  expect(contains('strasse', 'Große Straße')).toBe(true);
  expect(contains('чаиник', 'чайник')).toBe(false);
});

test('ordered options have higher and lower ones', () => {
  expect(['low', 'normal', 'high', 'urgent'].map((priority) => holds({ field: 'priority', operator: 'at_least', value: 'high' }, { priority }))).toEqual([false, false, true, true]);
  expect(['low', 'normal', 'high', 'urgent'].map((priority) => holds({ field: 'priority', operator: 'at_most', value: 'normal' }, { priority }))).toEqual([true, true, false, false]);
});

test('amounts of time count to the millisecond, both ends included', () => {
  const due = (ms: number) => ({ due: new Date(NOW.getTime() + ms) });
  const within = { field: 'due', operator: 'within_last', value: { amount: 1, unit: 'hours' } };
  expect([-3_600_001, -3_600_000, 0, 1].map((ms) => holds(within, due(ms)))).toEqual([false, true, true, false]);
  const older = { field: 'due', operator: 'older_than', value: { amount: 60, unit: 'minutes' } };
  expect([-3_600_001, -3_600_000].map((ms) => holds(older, due(ms)))).toEqual([true, false]);
  expect(holds({ field: 'waited', operator: 'between', value: { from: { amount: 90, unit: 'minutes' }, to: { amount: 2, unit: 'hours' } } })).toBe(true);
});

test('an age in working time passes over the night', () => {
  // Work is from 9 to 17; now is Monday noon, so three hours were worked today.
  const workingSeconds = (from: Date, to: Date) => {
    const until = (at: Date) => Math.floor(at.getTime() / 86_400_000) * 28_800 + Math.min(Math.max((at.getTime() % 86_400_000) / 1000 - 32_400, 0), 28_800);
    return until(to) - until(from);
  };
  const older = (due: string, hours: number) =>
    toPredicate(read({ field: 'due', operator: 'working_older_than', value: { amount: hours, unit: 'hours' } }), FIELDS, { now: NOW, workingSeconds })({ ...ticket, due: new Date(due) });
  expect(older('2026-03-01T16:00:00Z', 3)).toBe(true);
  expect(older('2026-03-01T16:00:00Z', 4)).toBe(false);
  expect(older('2026-03-01T15:59:59.999Z', 4)).toBe(true);
});

test('an age in working days is refused, since no two of them need be alike', () => {
  expect(() => read({ field: 'due', operator: 'working_older_than', value: { amount: 2, unit: 'days' } })).toThrow(/minutes or hours/);
});

test('a change has a before and an after; what has just come into being has not changed', () => {
  const changedTo = { field: 'owner', operator: 'changed_to', value: OLGA };
  const changedFrom = { field: 'owner', operator: 'changed_from', value: IVAN };
  expect(holds(changedTo, { owner: OLGA }, { ...ticket, owner: IVAN })).toBe(true);
  expect(holds(changedFrom, { owner: null }, { ...ticket, owner: IVAN })).toBe(true);
  expect(holds(changedTo, { owner: OLGA }, { ...ticket, owner: OLGA })).toBe(false);
  expect(holds(changedTo, { owner: OLGA }, null)).toBe(false);
  expect(holds({ field: 'tags', operator: 'changed' }, { tags: ['b', 'a'] }, { ...ticket, tags: ['a', 'b'] })).toBe(false);
  expect(holds({ field: 'tags', operator: 'changed' }, { tags: ['a'] }, { ...ticket, tags: ['a', 'b'] })).toBe(true);
});

test('what was read is in one spelling, and reads again as itself', () => {
  const condition = read({ field: 'owner', operator: 'in', value: [IVAN.toUpperCase(), IVAN] }, { field: 'due', operator: 'after', value: '2026-03-02T14:00:00+02:00' });
  expect(condition).toEqual({
    version: 1,
    all: [{ field: 'owner', operator: 'in', value: [IVAN] }, { field: 'due', operator: 'after', value: '2026-03-02T12:00:00.000Z' }],
  });
  expect(readCondition(ConditionJson.parse(JSON.parse(JSON.stringify(condition))), FIELDS)).toEqual(condition);
});

test('where nothing changes, what asks for a change is refused; where no calendar counts, working time is', () => {
  expect(() => readCondition({ all: [{ field: 'owner', operator: 'changed' }] }, FIELDS)).toThrow(/#\/all\/0\/operator asks what changed/);
  expect(() => holds({ field: 'due', operator: 'working_older_than', value: { amount: 2, unit: 'hours' } })).toThrow(/condition.needs_calendar/);
});

test('nothing asked holds for everything', () => {
  expect(read()).toEqual(ALWAYS);
  expect(toPredicate(ALWAYS, FIELDS, { now: NOW })(ticket)).toBe(true);
});
