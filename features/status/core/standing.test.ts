import { expect, test } from 'vitest';
import { indicatorOf, shownState, stateAt, touchedState } from './standing.ts';

const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 2, hour));
const work = { kind: 'maintenance', state: 'scheduled', startsAt: at(10), endsAt: at(12), endedAt: null } as const;

test('announced work begins and ends when its time comes, and earlier when somebody says so', () => {
  expect([9, 10, 11, 12].map((hour) => stateAt(work, at(hour)))).toEqual(['scheduled', 'in_progress', 'in_progress', 'completed']);
  expect(stateAt({ ...work, state: 'completed', endedAt: at(11) }, at(11))).toBe('completed');
});

test('what went wrong stays as it was said, however long it takes', () => {
  expect(stateAt({ kind: 'incident', state: 'identified', startsAt: at(1), endsAt: null, endedAt: null }, at(23))).toBe('identified');
});

test('on the whole it is as bad as the worst of it', () => {
  expect(indicatorOf(['operational', 'operational'], [])).toBe('none');
  expect(indicatorOf(['operational', 'under_maintenance'], [])).toBe('maintenance');
  expect(indicatorOf(['degraded_performance', 'under_maintenance'], ['none'])).toBe('minor');
  expect(indicatorOf(['operational'], ['critical', 'minor'])).toBe('critical');
  expect(indicatorOf(['partial_outage'], ['minor'])).toBe('major');
  expect([shownState('operational', true), shownState('major_outage', true), shownState('operational', false)]).toEqual(['under_maintenance', 'major_outage', 'operational']);
});

test('saying more about an incident makes nothing look better than it was', () => {
  expect(([undefined, 'operational', 'under_maintenance', 'partial_outage', 'major_outage'] as const).map(touchedState))
    .toEqual(['degraded_performance', 'degraded_performance', 'degraded_performance', 'partial_outage', 'major_outage']);
});
