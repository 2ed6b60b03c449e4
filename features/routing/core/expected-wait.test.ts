import { expect, test } from 'vitest';
import { expectedReply, expectedWait, trendOf } from './expected-wait.ts';

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

test('a trend is told when the newer half differs from the older beyond chance, and enough for people to feel it', () => {
  const waits = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + (i * 7) % 60);
  expect([trendOf([...waits(90, 30), ...waits(60, 30)]), trendOf([...waits(60, 30), ...waits(90, 30)])]).toEqual(['longer', 'shorter']);
  expect([trendOf([...waits(60, 30), ...waits(60, 30)]), trendOf([...waits(900, 10), ...waits(60, 10)]), trendOf([...waits(62, 30), ...waits(60, 30)])]).toEqual([null, null, null]);
});
