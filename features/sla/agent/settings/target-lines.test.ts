import { expect, test } from 'vitest';
import type { Target } from '../../core/contract.ts';
import { emptyLine, isMixed, linesOf, targetsOf, withText, withTime } from './target-lines.ts';

const write = (seconds: number) => `${seconds / 3600} h`;
const targets: Target[] = [
  { metric: 'first_reply', seconds: 14_400, time: 'working' },
  { metric: 'first_reply', priority: 'urgent', seconds: 3_600, time: 'calendar' },
  { metric: 'resolution', priority: 'low', seconds: 86_400, time: 'calendar' },
];

test('what is not touched is saved as it was, also where the API mixed the times of one promise', () => {
  const lines = linesOf(targets, write);
  expect(lines.map(isMixed)).toEqual([true, false]);
  expect(targetsOf(lines)).toEqual({ targets, faults: new Set() });
});

test('a time of counting holds for all priorities of a promise once it is chosen, and for those filled in later', () => {
  const [first] = linesOf(targets, write);
  const line = withText(withTime(first!, 'calendar'), 'low', '8');
  expect(targetsOf([line]).targets.map(({ priority, seconds, time }) => [priority ?? 'any', seconds, time])).toEqual([['any', 14_400, 'calendar'], ['urgent', 3_600, 'calendar'], ['low', 28_800, 'calendar']]);
});

test('an emptied field is no target; a promise without any, or with one that is no time, is a fault', () => {
  const line = withText(withText(emptyLine('first_reply'), 'any', '4 h'), 'high', ' ');
  expect(targetsOf([line])).toEqual({ targets: [targets[0]], faults: new Set() });
  expect(targetsOf([withText(line, 'high', 'soon')]).faults).toEqual(new Set(['first_reply']));
  expect(targetsOf([emptyLine('answer')]).faults).toEqual(new Set(['answer']));
});
