import { expect, test } from 'vitest';
import { expectedReply, expectedWait } from './expected-wait.ts';

test('place × time per place, without the shortest and the longest tenth', () => {
  const past = [60, 60, 60, 60, 60, 60, 60, 60, 60, 6_000].map((waitedSeconds) => ({ ahead: 0, waitedSeconds }));
  expect(expectedWait(past.slice(0, 9), 4)).toEqual({ lowSeconds: 300, highSeconds: 300 });
  expect(expectedWait(past, 0)).toEqual({ lowSeconds: 60, highSeconds: 654 });
});

test('who stood behind nine and waited ten minutes waited a minute for each place', () => {
  expect(expectedWait(Array.from({ length: 6 }, () => ({ ahead: 9, waitedSeconds: 600 })), 0)).toEqual({ lowSeconds: 60, highSeconds: 60 });
});

test('too few say nothing', () => {
  expect([expectedWait([1, 2, 3, 4].map((waitedSeconds) => ({ ahead: 0, waitedSeconds })), 0), expectedReply([])]).toEqual([null, null]);
});
