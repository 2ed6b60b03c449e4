import { expect, test, vi } from 'vitest';
import { askedTogether } from './together.ts';

/** Answers only when told to. */
function slow() {
  const asked: { questions: readonly number[]; answer: (answers: number[]) => void; refuse: (error: Error) => void }[] = [];
  const ask = askedTogether((questions: readonly number[]) => new Promise<number[]>((answer, refuse) => { asked.push({ questions, answer, refuse }); }), { most: 3 });
  return { ask, asked, turn: () => new Promise<void>((done) => { setImmediate(done); }) };
}

test('what comes in one turn, and what comes while that is asked, is asked in one; each gets its own answer', async () => {
  const { ask, asked, turn } = slow();
  const first = [ask(1), ask(2)];
  await turn();
  const later = [ask(3), ask(4), ask(5), ask(6)];
  await turn();
  expect(asked.map(({ questions }) => questions)).toEqual([[1, 2]]);
  asked[0]!.answer([10, 20]);
  expect(await Promise.all(first)).toEqual([10, 20]);
  await turn();
  expect(asked.map(({ questions }) => questions)).toEqual([[1, 2], [3, 4, 5]]);
  asked[1]!.answer([30, 40, 50]);
  await turn();
  asked[2]!.answer([60]);
  expect(await Promise.all(later)).toEqual([30, 40, 50, 60]);
});

test('a failure is that of those who were asked for, and of nobody after them', async () => {
  const { ask, asked, turn } = slow();
  const [first, second] = [ask(1), ask(2)].map((one) => one.catch((error: Error) => error.message));
  await turn();
  const later = ask(3);
  asked[0]!.refuse(new Error('gone'));
  expect(await Promise.all([first, second])).toEqual(['gone', 'gone']);
  await turn();
  asked[1]!.answer([30]);
  expect(await later).toBe(30);
});

test('an answer that hangs holds nobody who came after', async () => {
  const { ask, asked, turn } = slow();
  const hung = ask(1);
  await turn();
  const later = ask(2);
  await vi.waitFor(() => expect(asked.map(({ questions }) => questions)).toEqual([[1], [2]]), { timeout: 10_000 });
  asked[1]!.answer([20]);
  expect(await later).toBe(20);
  asked[0]!.answer([10]);
  expect(await hung).toBe(10);
});

test('of a crowd, questions wait a moment for each other; one that comes alone is asked at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let now = 0;
  const asked: number[] = [];
  const ask = askedTogether((questions: readonly number[]) => { asked.push(questions.length); return Promise.resolve(questions); }, { gatherMs: 4, clock: () => now });
  const turn = () => new Promise<void>((done) => { setImmediate(done); });
  for (let n = 0; n < 20; n += 1) {
    now += 1;
    await ask(n);
    await turn();
  }
  expect(asked).toEqual(Array.from({ length: 20 }, () => 1));
  const crowd = [];
  for (let n = 0; n < 5; n += 1) {
    crowd.push(ask(n));
    await turn();
  }
  expect(asked).toHaveLength(20);
  vi.advanceTimersByTime(4);
  expect(await Promise.all(crowd)).toEqual([0, 1, 2, 3, 4]);
  expect(asked.slice(20)).toEqual([5]);
  await turn();
  now += 200;
  expect(await ask(6)).toBe(6);
  vi.useRealTimers();
});
