import { describe, expect, test } from 'vitest';
import type { Condition } from '../../conditions/core/condition.ts';
import { agesOf, ageCause, forLists, hoursAllow, hoursWanted, mayHold } from './asking.ts';
import { fillSlots, unknownSlots } from './filling.ts';
import { onlyThanks, soundsAngry, soundsLegal } from './saying.ts';

const all = (...parts: unknown[]): Condition => ({ version: 1, all: parts } as Condition);

describe('what a message sounds like', () => {
  test.each([
    'Thank you!', 'Thanks a lot, everything works now.\n\nBest regards,\nMaria Petrova', 'Great, thank you so much for the quick reply', 'Благодаря Ви за бързия отговор! Лек ден', 'Мерси много',
    'Dziękuję bardzo za pomoc. Pozdrawiam, Jan Kowalski', 'Спасибо большое, всё работает!', 'شكراً جزيلاً لكم على سرعة الرد', 'THX',
  ])('%s: thanks and nothing else', (text) => { expect(onlyThanks(text)).toBe(true); });

  test.each([
    'Thanks, but it still does not work.', 'Thank you. When will it arrive?', 'Thanks, my order is 4711', 'Благодаря, но още не работи', 'Dziękuję, ale nadal nie działa', 'Спасибо, но проблема не решена', 'شكرا لكن المشكلة لم تحل',
    'Hello, where is my parcel', '', 'Thank you for nothing', `Thanks ${'and the printer prints purple stripes '.repeat(6)}`, 'Thanks. Please cancel my subscription', 'Thanks, refund it then',
  ])('%s: more than thanks, or none', (text) => { expect(onlyThanks(text)).toBe(false); });

  test.each(['This is UNACCEPTABLE.', 'Това е недопустимо!', 'To jest skandal', 'Это возмутительно', 'هذا غير مقبول'])('%s: angry', (text) => { expect(soundsAngry(text)).toBe(true); });
  test.each(['I will call my lawyer.', 'Ще се обърна към КЗП', 'Zgłoszę to do UOKiK', 'Подам в суд', 'سأرفع دعوى في المحكمة'])('%s: legal', (text) => { expect(soundsLegal(text)).toBe(true); });
  test('words that only contain such words mean nothing', () => {
    for (const text of ['Съдържанието на пратката е вярно', 'Посуда пришла целой', 'I issue an invoice', 'Zasada jest prosta', 'судак был свежий']) expect([text, soundsLegal(text), soundsAngry(text)]).toEqual([text, false, false]);
  });
});

describe('what a condition asks', () => {
  const age = { field: 'lastMessageAt', operator: 'older_than', value: { amount: 3, unit: 'days' } };

  test('the ages of tickets that it waits for, each once, wherever they stand', () => {
    const working = { field: 'createdAt', operator: 'working_older_than', value: { amount: 2, unit: 'hours' } };
    expect(agesOf(all(age, { any: [age, { none: [working] }] }))).toEqual([
      { field: 'lastMessageAt', seconds: 259_200, isWorking: false }, { field: 'createdAt', seconds: 7_200, isWorking: true },
    ]);
  });

  test('the same moments of a ticket are the same cause', () => {
    const ticket = { createdAt: new Date(0), updatedAt: new Date(1), lastMessageAt: new Date(2), waitingSince: null, resolvedAt: null, statusSince: new Date(3) };
    expect(ageCause(agesOf(all(age)), ticket)).toBe('age:lastMessageAt=1970-01-01T00:00:00.002Z');
    expect(ageCause(agesOf(all({ ...age, field: 'waitingSince' }, age)), ticket)).toBe('age:lastMessageAt=1970-01-01T00:00:00.002Z,waitingSince=');
  });

  test('an event that changed nothing that must have changed is passed over, and no other', () => {
    const toHigh = { field: 'priority', operator: 'changed_to', value: 'high' };
    expect(mayHold(all(toHigh), new Set(['status']))).toBe(false);
    expect(mayHold(all({ all: [toHigh] }), new Set(['priority']))).toBe(true);
    expect(mayHold(all({ any: [toHigh, age] }), new Set())).toBe(true);
    expect(mayHold(all({ none: [toHigh] }), new Set())).toBe(true);
  });

  test('hours that must hold can be waited for; others cannot', () => {
    const inside = { field: 'insideHours', operator: 'is', value: true };
    expect(hoursWanted(all(age, inside))).toBe('inside');
    expect(hoursWanted(all({ ...inside, operator: 'is_not' }))).toBe('outside');
    expect(hoursWanted(all(age))).toBe('any');
    expect(hoursWanted(all(age, { any: [inside, age] }))).toBe('nested');
    expect(hoursWanted({ version: 1, none: [inside] } as unknown as Condition)).toBe('nested');
  });

  test('the hours stand in the way only where nothing else can make it hold', () => {
    const inside = { field: 'insideHours', operator: 'is', value: true };
    expect(hoursAllow(all(age, inside), false)).toBe(false);
    expect(hoursAllow(all(age, inside), true)).toBe(true);
    expect(hoursAllow(all({ any: [inside, age] }), false)).toBe(true);
    expect(hoursAllow(all({ none: [inside, age] }), true)).toBe(false);
    expect(hoursAllow(all({ none: [{ ...inside, value: false }] }), true)).toBe(true);
  });

  test('for a list, what only an event can tell is taken to hold, and said so', () => {
    const status = { field: 'status', operator: 'is', value: 'open' };
    const moved = { field: 'status', operator: 'changed_to', value: 'open' };
    expect(forLists(all(status, moved, { any: [moved, status] }), true)).toEqual({ condition: all(status), assumed: [moved, moved] });
    expect(forLists(all({ field: 'insideHours', operator: 'is', value: false }, status), true).condition).toEqual(all({ none: [{ all: [] }] }, status));
    expect(forLists(all(), true)).toEqual({ condition: all(), assumed: [] });
  });
});

test('placeholders that nobody fills are refused; an empty one takes its space along', () => {
  expect(unknownSlots('Hi {{ customer.name }} {{agent.phone}} {{')).toEqual(['agent.phone', '{{']);
  const values = { 'customer.name': '', 'customer.first_name': '', 'ticket.number': '7', 'ticket.subject': '', 'workspace.name': 'Shop', 'hours.next_opening': '' };
  expect(fillSlots('Hello {{customer.first_name}},\nyour number is {{ticket.number}}. {{workspace.name}}', values)).toBe('Hello,\nyour number is 7. Shop');
});
