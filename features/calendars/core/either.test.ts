import { expect, test } from 'vitest';
import { eitherOf } from './either.ts';
import { workingTime, type Calendar } from './working-time.ts';

const at = (text: string): Date => new Date(`2026-03-${text}:00Z`);
const open = (week: Calendar['week']) => workingTime({ timeZone: 'UTC', week, holidays: [], closures: [] });
const [early, late] = [open({ mon: [{ from: '06:00', to: '14:00' }] }), open({ mon: [{ from: '12:00', to: '20:00' }], tue: [{ from: '12:00', to: '13:00' }] })];
const never = open({});

test('of two shifts the time counts once where they overlap, and each counts where it is alone', () => {
  const both = eitherOf([early, late]);
  expect(both.between(at('02T00:00'), at('04T00:00'))).toEqual({ seconds: 15 * 3_600, counted: [{ from: at('02T06:00'), to: at('02T20:00') }, { from: at('03T12:00'), to: at('03T13:00') }] });
  expect(both.add(at('02T11:00'), 9.5 * 3_600)).toEqual({ due: at('03T12:30'), counted: [{ from: at('02T11:00'), to: at('02T20:00') }, { from: at('03T12:00'), to: at('03T12:30') }] });
  expect([both.isOpen(at('02T19:00')), both.isOpen(at('02T20:00')), both.nextOpening(at('02T21:00'))]).toEqual([true, false, at('03T12:00')]);
  expect(both.add(at('02T11:00'), 0)).toEqual({ due: at('02T11:00'), counted: [] });
});

test('of one alone, and beside one that never works, it is that one; where nobody works there is no answer', () => {
  expect(eitherOf([early])).toBe(early);
  const beside = eitherOf([early, never]);
  expect(beside.add(at('02T10:00'), 5 * 3_600)).toEqual(early.add(at('02T10:00'), 5 * 3_600));
  const nobody = eitherOf([never, open({})]);
  expect([nobody.add(at('02T10:00'), 1), nobody.nextOpening(at('02T10:00'))]).toEqual([null, null]);
});
