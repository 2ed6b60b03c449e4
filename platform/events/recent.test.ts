import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

const event = (position: number, type = 'ticket.changed') => ({ position, type });
const at = (items: readonly { position: number }[]): number[] => items.map(({ position }) => position);

test('whoever has come to where something is missing reads the log itself', () => {
  const recent = createRecent();
  expect(recent.reaches(0), 'nothing was read yet').toBeNull();
  recent.add(10, 12, [event(11), event(12)]);
  expect([9, 10, 11, 12, 13].map((position) => recent.reaches(position))).toEqual([null, 12, 12, 12, null]);
  recent.add(12, 14, [event(14)]);
  expect([recent.reaches(10), at(recent.between(10, 14, 100)), at(recent.between(11, 14, 1))]).toEqual([14, [11, 12, 14], [12]]);
  recent.add(20, 21, [event(21)]);
  expect([recent.reaches(14), recent.reaches(20), at(recent.between(20, 21, 100))], 'a gap').toEqual([null, 21, [21]]);
  recent.skip(30);
  expect([recent.reaches(21), recent.reaches(30)], 'nobody listened').toEqual([null, 30]);
});

test('only what was asked for is handed out', () => {
  const recent = createRecent();
  recent.add(0, 3, [event(1, 'entry.added'), event(2), event(3, 'entry.added')]);
  expect(at(recent.between(0, 3, 100, ['entry.added']))).toEqual([1, 3]);
});

test('once words were taken out nothing from before is here any more, and old ones go by themselves', () => {
  const recent = createRecent();
  recent.add(0, 2, [event(1), event(2)]);
  recent.add(2, 4, [event(3), event(4, 'entry.redacted')]);
  expect([recent.reaches(0), recent.reaches(3), recent.reaches(4), recent.between(0, 4, 100)]).toEqual([null, null, 4, []]);
  recent.add(4, 1_504, Array.from({ length: 1_500 }, (_, n) => event(5 + n)));
  expect([recent.reaches(503), recent.reaches(504), recent.between(504, 1_504, 2_000).length]).toEqual([null, 1_504, 1_000]);
});
