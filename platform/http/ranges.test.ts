import { expect, test } from 'vitest';
import { spanOf } from './ranges.ts';

test.each([
  ['bytes=0-0', { from: 0, to: 0 }], ['bytes=2-5', { from: 2, to: 5 }], ['bytes=2-', { from: 2, to: 9 }], ['bytes=-3', { from: 7, to: 9 }], ['bytes=-30', { from: 0, to: 9 }], ['bytes=8-99', { from: 8, to: 9 }],
  ['bytes=10-', 'outside'], ['bytes=10-12', 'outside'], ['bytes=-0', 'outside'], ['bytes=5-2', null], ['bytes=0-1,4-5', null], ['bytes=-', null], ['pages=1-2', null], ['', null], [undefined, null],
] as const)('%s of ten bytes', (header, span) => {
  expect(spanOf(header, 10)).toEqual(span);
});

test('of nothing there is no part', () => {
  expect([spanOf('bytes=0-', 0), spanOf('bytes=-5', 0)]).toEqual(['outside', 'outside']);
});
