import { expect, test } from 'vitest';
import { goesOnAt, ofUrgent, type Promised, standingAt } from './standing.ts';

/** Thursday 12 November 2026 in Sofia, which is two hours ahead. */
const at = (time: string, day = 12) => new Date(`2026-11-${day}T${time}:00+02:00`);
const stretch = (from: string, to: string, day = 12) => ({ from: at(from, day).toISOString(), to: at(to, day).toISOString() });
const HOUR = 3600;
/** Four hours promised at 9:30, over lunch. */
const answer = (change: Partial<Promised> = {}): Promised => ({
  state: 'running', dueAt: at('14:30').toISOString(), workingTime: true, remainingSeconds: 4 * HOUR, soonSeconds: HOUR, isCut: false, isOver: false,
  counted: [stretch('09:30', '12:30'), stretch('13:30', '14:30')], ...change,
});

test('what is left is counted in working time: over lunch nothing goes by', () => {
  expect(standingAt(answer(), at('11:40'))).toEqual({ look: 'running', left: 110 * 60 });
  expect(standingAt(answer(), at('12:30'))).toEqual({ look: 'soon', left: HOUR });
  expect(standingAt(answer(), at('13:30'))).toEqual({ look: 'soon', left: HOUR });
  expect([goesOnAt(answer(), at('11:40')), goesOnAt(answer(), at('13:00'))]).toEqual([null, at('13:30')]);
});

test('it is late from the second on at which it was due, also before the server has said so', () => {
  expect(standingAt(answer(), new Date(at('14:30').getTime() - 1000))).toEqual({ look: 'soon', left: 1 });
  expect(standingAt(answer(), at('14:30'))).toEqual({ look: 'late', by: 0 });
  expect(standingAt(answer({ state: 'breached' }), at('16:30'))).toEqual({ look: 'late', by: 2 * HOUR });
});

test('the server says that it is late to a browser whose clock is slow', () => {
  expect(standingAt(answer({ state: 'breached' }), at('14:00'))).toEqual({ look: 'late', by: 0 });
});

test('what is paused stands still, and what is over stays as it ended', () => {
  expect(standingAt(answer({ state: 'paused', dueAt: null, remainingSeconds: 7800 }), at('23:00', 20))).toEqual({ look: 'paused', left: 7800 });
  expect(standingAt(answer({ state: 'met', isOver: true }), at('23:00', 20))).toEqual({ look: 'kept' });
  expect(standingAt(answer({ state: 'breached', isOver: true }), at('23:00', 20))).toEqual({ look: 'broken' });
});

test('of a far deadline only the next stretches are known; the rest stands in what the server said', () => {
  const far = answer({ dueAt: at('12:00', 30).toISOString(), remainingSeconds: 40 * HOUR, isCut: true, counted: [stretch('09:00', '17:00'), stretch('09:00', '17:00', 13)] });
  expect(standingAt(far, at('09:00'))).toEqual({ look: 'running', left: 40 * HOUR });
  expect(standingAt(far, at('08:00', 13))).toEqual({ look: 'running', left: 32 * HOUR });
});

test('where every hour counts, the deadline says it all', () => {
  const urgent = ofUrgent({ ticketId: '', metric: 'first_reply', state: 'running', dueAt: at('14:30').toISOString(), remainingSeconds: HOUR, workingTime: false, percent: 50, pausedBy: null, openHours: [stretch('13:30', '14:30')] });
  expect([standingAt(urgent, at('13:30')), standingAt(urgent, at('14:00')), standingAt(urgent, at('14:01'))]).toEqual([
    { look: 'running', left: HOUR }, { look: 'soon', left: HOUR / 2 }, { look: 'soon', left: 29 * 60 },
  ]);
});
