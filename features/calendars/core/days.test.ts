import { expect, test } from 'vitest';
import { daysThatCount, nameOf, refilled, yearsToHold, type Day, type PublicDay } from './days.ts';
import { HORIZON_YEARS } from './working-time.ts';

const found = (date: string, en = 'Feast'): PublicDay => ({ date, from: null, names: { en } });
const fresh = (...days: PublicDay[]): Day[] => [...refilled([], days, 2027, () => 'id').fresh];
const own = (date: string): Day => ({ id: 'own', date, name: 'Ours', names: null, hours: null, closedFrom: null, source: null, removed: false, changedAt: null });
const changed = (day: Day, change: Partial<Day>): Day => ({ ...day, changedAt: new Date(), ...change });

test('public days are there for as long as deadlines can lie ahead', () => {
  const now = new Date('2026-12-31T23:59:00Z');
  expect(yearsToHold(now)).toEqual({ from: 2024, until: 2047 });
  expect(yearsToHold(now).until).toBeGreaterThan(now.getUTCFullYear() + HORIZON_YEARS);
});

test('one\'s own day comes before a public one, and a removed one does not count', () => {
  const [feast, other] = fresh(found('2027-03-03'), found('2027-05-06'));
  expect(daysThatCount([own('2027-03-03'), feast!, changed(other!, { removed: true })], 'en')).toEqual([{ date: '2027-03-03', name: 'Ours' }]);
  expect(daysThatCount([changed(feast!, { date: '2027-03-05', closedFrom: '12:00' }), other!], 'en')).toEqual([{ date: '2027-03-05', name: 'Feast', closedFrom: '12:00' }, { date: '2027-05-06', name: 'Feast' }]);
});

test('a name is in the language of the reader, else in English', () => {
  const day = { name: null, names: { en: 'Christmas', bg: 'Коледа' } };
  expect([nameOf(day, 'bg'), nameOf(day, 'ar'), nameOf({ ...day, name: 'Ours' }, 'bg')]).toEqual(['Коледа', 'Christmas', 'Ours']);
});

test('when the data is read again, what people changed and years that are over stay', () => {
  const [past, kept, moved] = fresh(found('2026-03-03'), found('2027-03-03'), found('2027-05-06'));
  const { gone, fresh: more } = refilled([past!, kept!, changed(moved!, { date: '2027-05-07' }), own('2027-06-01')], [found('2026-04-04'), found('2027-03-04'), found('2027-05-06'), found('2028-01-01')], 2027, () => 'new');
  expect(gone).toEqual([kept]);
  expect(more.map(({ date }) => date)).toEqual(['2027-03-04', '2028-01-01']);
});
