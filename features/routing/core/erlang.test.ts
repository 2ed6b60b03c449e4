import fc from 'fast-check';
import { expect, test } from 'vitest';
import { impatient, loadOf, patient, peopleFor, rostered, serviceLevels, within } from './erlang.ts';

const to = (digits: number) => (value: number) => Number(value.toFixed(digits));
const [percent, seconds] = [(share: number) => to(2)(share * 100), to(2)];

test('360 calls in half an hour, four minutes each, 55 people: Erlang C', () => {
  const calls = { perHour: 720, handleSeconds: 240 };
  const { load, occupancy, waiting, waitSeconds } = patient(calls, 55)!;
  expect([load, to(4)(occupancy), to(4)(waiting), seconds(waitSeconds), percent(within(calls, 55, 15))]).toEqual([48, 0.8727, 0.2387, 8.18, 84.59]);
});

test('100 calls in half an hour, three minutes each: thirteen are one too few for 80 in 20 seconds', () => {
  const calls = { perHour: 200, handleSeconds: 180 };
  expect([percent(within(calls, 13, 20)), percent(within(calls, 14, 20)), seconds(patient(calls, 14)!.waitSeconds)]).toEqual([79.56, 88.84, 7.84]);
  expect(peopleFor(calls, { share: 0.8, seconds: 20 })).toBe(14);
});

test('2,880 calls an hour, a minute each, fifty people: those who give up make it shorter for the others', () => {
  const calls = { perHour: 2_880, handleSeconds: 60 };
  const c = patient(calls, 50)!;
  expect([to(4)(c.waiting), seconds(c.waitSeconds), percent(within(calls, 50, 20))]).toEqual([0.6945, 20.83, 64.35]);
  const a = impatient(calls, 50, 120);
  expect([to(4)(a.waiting), percent(a.abandoned), seconds(a.waitSeconds), to(3)(a.occupancy)]).toEqual([0.4678, 3.09, 3.71, 0.930]);
});

test('the same with 46: without end when all wait, borne when some give up', () => {
  const calls = { perHour: 2_880, handleSeconds: 60 };
  expect([patient(calls, 46), within(calls, 46, 20)]).toEqual([null, 0]);
  const { abandoned, waitSeconds } = impatient(calls, 46, 120);
  expect([percent(abandoned), seconds(waitSeconds)]).toEqual([7.01, 8.42]);
});

test('of a hundred who are needed, thirty of a hundred not there make 142.86, not 130', () => {
  expect(to(2)(rostered(100, 0.3))).toBe(142.86);
});

test('one day has four service levels', () => {
  const levels = serviceLevels({ answered: 90, answeredWithin: 72, abandoned: 10, abandonedWithin: 6 });
  expect(Object.entries(levels).map(([name, share]) => [name, to(1)(share * 100)])).toEqual([['ofAnswered', 80], ['ofOffered', 78], ['withoutShort', 76.6], ['abandonedFailed', 72]]);
});

test('more people never make it worse, boundless patience is Erlang C, and what is asked for is met by the fewest', () => {
  const traffic = fc.record({ perHour: fc.integer({ min: 1, max: 4_000 }), handleSeconds: fc.integer({ min: 10, max: 1_800 }) });
  fc.assert(fc.property(traffic, fc.integer({ min: 1, max: 40 }), (calls, more) => {
    // Next to what they can just do, even endless patience tells.
    const people = Math.ceil(loadOf(calls)) + more;
    const [here, one] = [patient(calls, people)!, patient(calls, people + 1)!];
    expect(one.waitSeconds).toBeLessThanOrEqual(here.waitSeconds);
    const long = impatient(calls, people, 1e15);
    expect(Math.abs(long.waiting - here.waiting)).toBeLessThan(1e-6);
    const needed = peopleFor(calls, { share: 0.8, seconds: 20 });
    expect(within(calls, needed, 20)).toBeGreaterThanOrEqual(0.8);
    expect(within(calls, needed - 1, 20)).toBeLessThan(0.8);
  }), { numRuns: 50 });
});
