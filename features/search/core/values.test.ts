import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHOICES, chosen, dayIn, isChoosing, whoIn } from './values.ts';

test('values are known by their names and by the words of five languages', () => {
  for (const value of ['resolved', 'Solved', 'решен', 'решён', 'rozwiązane', 'محلول']) expect(chosen('status', value), value).toEqual(['resolved']);
  expect(chosen('kind', 'complaint,похвала')).toEqual(['complaint', 'praise']);
  expect(chosen('channel', 'имейл')).toEqual(['email']);
  expect(chosen('has', 'files')).toEqual(['attachment']);
  expect(chosen('status', 'waiting customer')).toEqual(['waiting_customer']);
  for (const value of ['', ',', 'opne', 'open,opne']) expect(chosen('status', value), value).toBeNull();
});

test('no word of any language means two things behind one operator', () => {
  for (const [operator, names] of Object.entries(CHOICES)) {
    if (!isChoosing(operator as 'kind')) continue;
    for (const name of names) expect(chosen(operator as 'kind', name)).toEqual([name]);
  }
});

test('one’s own, nobody’s, or somebody’s', () => {
  expect([whoIn('me'), whoIn('Мои'), whoIn('none'), whoIn('никой'), whoIn('Ivan')]).toEqual(['me', 'me', 'none', 'none', { name: 'Ivan' }]);
});

test('days as people write them; what is no day is none', () => {
  expect(['2026-03-02', '2026-3', '2026', 'today', 'вчера', '7d', '2w'].map((value) => dayIn(value, '2026-03-02'))).toEqual(['2026-03-02', '2026-03-01', '2026-01-01', '2026-03-02', '2026-03-01', '2026-02-23', '2026-02-16']);
  for (const value of ['2026-02-30', '2026-13', '02.03.2026', 'soon', '', '0000']) expect(dayIn(value, '2026-03-02'), value).toBeNull();
  fc.assert(fc.property(fc.string(), (value) => { expect(dayIn(value, '2026-03-02') ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/); }));
});
