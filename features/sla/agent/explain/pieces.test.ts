import { expect, test } from 'vitest';
import { workingTime } from '../../../calendars/core/working-time.ts';
import { piecesOf } from './pieces.ts';

const hours = workingTime({
  timeZone: 'Europe/Sofia', holidays: [], closures: [],
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [{ from: '09:00', to: '12:30' }, { from: '13:30', to: '17:00' }]])),
});
const at = (time: string, day = 12) => new Date(`2026-11-${day}T${time}:00+02:00`);
const stretch = (from: string, to: string, day = 12) => ({ from: at(from, day).toISOString(), to: at(to, day).toISOString() });
const told = (...given: Parameters<typeof piecesOf>) => piecesOf(...given).map(({ kind, from, seconds }) => `${kind} ${from.toISOString().slice(8, 16)} ${seconds / 60}`);

test('nights and lunch are no pauses; an hour of work that was not counted is', () => {
  const clock = { state: 'running' as const, startedAt: at('11:00').toISOString(), explanation: [stretch('11:00', '12:00'), stretch('14:30', '17:00'), stretch('09:00', '09:30', 13)] };
  expect(told(clock, hours, at('16:00'))).toEqual([
    'counted 12T09:00 60', 'stood_still 12T10:00 90', 'counted 12T12:30 90', 'to_come 12T14:00 60', 'to_come 13T07:00 30',
  ]);
});

test('what stands still now stands still until now', () => {
  const clock = { state: 'paused' as const, startedAt: at('10:00').toISOString(), explanation: [stretch('10:00', '11:00')] };
  expect(told(clock, hours, at('10:00', 13))).toEqual(['counted 12T08:00 60', 'stood_still 12T09:00 360']);
});

test('where every hour counts, every gap is a pause', () => {
  const clock = { state: 'met' as const, startedAt: at('10:00').toISOString(), explanation: [stretch('10:00', '11:00'), stretch('20:00', '21:00')] };
  expect(told(clock, null, at('10:00', 20))).toEqual(['counted 12T08:00 60', 'stood_still 12T09:00 540', 'counted 12T18:00 60']);
});
