import { expect, test } from 'vitest';
import { NO_TIMES, pickedUpOf } from './picked-up.ts';

const now = new Date(2026, 2, 2, 9, 30, 10);
const iso = (...given: [number, number, number, number, number?]) => new Date(2026, given[0], given[1], given[2], given[3], given[4] ?? 0).toISOString();

test('times of today, or of yesterday where today\'s are still to come', () => {
  expect(pickedUpOf({ asked: '09:10', answered: '09:11:30' }, now)).toEqual({ askedAt: iso(2, 2, 9, 10), answeredAt: iso(2, 2, 9, 11, 30) });
  expect(pickedUpOf({ asked: '23:59:50', answered: '00:00:05' }, now)).toEqual({ askedAt: iso(2, 1, 23, 59, 50), answeredAt: iso(2, 2, 0, 0, 5) });
  expect(pickedUpOf(NO_TIMES, now)).toBeNull();
});

test.each([{ asked: '09:10', answered: '' }, { asked: '', answered: '09:10' }, { asked: '09:12', answered: '09:10' }])('%o cannot be so', (times) => {
  expect(pickedUpOf(times, now)).toBe('amiss');
});
