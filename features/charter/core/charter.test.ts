import { expect, test } from 'vitest';
import { lengthOf, shareOf, targetOf } from './charter.ts';

test('a share is never told better than it was, and not at all of a few', () => {
  expect([shareOf({ decided: 1_000, kept: 999 }), shareOf({ decided: 20, kept: 20 }), shareOf({ decided: 19, kept: 19 }), shareOf({ decided: 40, kept: 0 }), shareOf({ decided: 100, kept: 29 })]).toEqual([99, 100, null, 0, 29]);
});

test('working time is told in hours, time by the clock in days once it is long', () => {
  expect(lengthOf({ seconds: 40 * 3_600, time: 'working' })).toEqual({ hours: 40 });
  expect(lengthOf({ seconds: 86_400, time: 'calendar' })).toEqual({ hours: 24 });
  expect(lengthOf({ seconds: 14 * 86_400 + 5_400, time: 'calendar' })).toEqual({ days: 14, hours: 1, minutes: 30 });
  expect(lengthOf({ seconds: 45, time: 'calendar' })).toEqual({ seconds: 45 });
});

test('the target of that very priority comes before the one for all', () => {
  const all = { metric: 'first_reply', seconds: 3_600, time: 'working' } as const;
  const urgent = { ...all, priority: 'urgent', seconds: 900 } as const;
  expect(targetOf([all, urgent], 'first_reply', 'urgent')).toBe(urgent);
  expect(targetOf([urgent, all], 'first_reply', 'normal')).toBe(all);
  expect(targetOf([urgent], 'first_reply', 'normal')).toBeUndefined();
});
