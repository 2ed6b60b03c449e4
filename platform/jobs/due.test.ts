import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestClock } from '../clock/clock.ts';
import { createDue, dueRows, patient, type DueWork } from './due.ts';

function recorder() {
  const complaints: object[] = [];
  return { complaints, log: { info: () => undefined, warn: () => undefined, error: (facts: object) => { complaints.push(facts); } } };
}

/** Things with a due time, handled as a work does it. */
function pile(dueAt: readonly number[]) {
  const waiting = [...dueAt].sort((a, b) => a - b);
  const handled: number[] = [];
  const work: DueWork = {
    name: 'test.pile',
    async handle(now, limit) {
      const ripe = waiting.filter((at) => at <= now.getTime()).slice(0, limit);
      waiting.splice(0, ripe.length);
      handled.push(...ripe);
      return ripe.length;
    },
  };
  return { work, handled };
}

function running(works: readonly DueWork[]) {
  const clock = createTestClock();
  const { log, complaints } = recorder();
  clock.set(new Date(1_000));
  const due = createDue({ now: clock.now, log, works });
  clock.onSet(due.wake);
  due.start();
  onTestFinished(() => due.stop());
  return { clock, due, complaints };
}

test('what becomes due when the clock is set is handled at once, in order, however much it is', async () => {
  const many = Array.from({ length: 450 }, (_, i) => 5_000 - i);
  const { work, handled } = pile([...many, 9_000]);
  const { clock } = running([work]);
  clock.set(new Date(5_000));
  await expect.poll(() => handled.length).toBe(450);
  expect(handled).toEqual([...many].reverse());
  clock.set(new Date(9_000));
  await expect.poll(() => handled.length).toBe(451);
});

test('a work that fails holds up no other, is told, and comes again', async () => {
  const { work, handled } = pile([2_000]);
  let tries = 0;
  const bad: DueWork = { name: 'test.bad', async handle() { if (++tries === 1) throw new Error('no'); return 0; } };
  const { clock, complaints } = running([bad, work]);
  clock.set(new Date(2_000));
  await expect.poll(() => [handled.length, tries > 1]).toEqual([1, true]);
  expect(complaints).toEqual([expect.objectContaining({ work: 'test.bad' })]);
});

test('what is patient looks rarely once it has found nothing for a while, and at once when the clock is set', async () => {
  vi.useFakeTimers();
  onTestFinished(() => { vi.useRealTimers(); });
  const looks = { patient: 0, other: 0 };
  const looking = (name: keyof typeof looks): DueWork => ({ name, handle: async () => { looks[name] += 1; return 0; } });
  const { due } = running([...patient([looking('patient')]), looking('other')]);
  const during = async (ms: number) => {
    const before = { ...looks };
    await vi.advanceTimersByTimeAsync(ms);
    return [looks.patient - before.patient, looks.other - before.other];
  };
  // The first look was at the start.
  expect(await during(2_900)).toEqual([5, 5]);
  await during(10_000);
  expect(await during(10_000)).toEqual([5, 20]);
  const { patient: before } = looks;
  due.wake();
  expect(looks.patient).toBe(before + 1);
  expect(await during(2_900)).toEqual([5, 5]);
});

test('stopping waits for what is under way, and begins nothing more', async () => {
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let ended = 0;
  const { due } = running([{
    name: 'test.slow',
    async handle(_, limit) {
      begun.resolve();
      await gate.promise;
      ended += 1;
      return limit;
    },
  }]);
  await begun.promise;
  const stopped = due.stop();
  gate.resolve();
  await stopped;
  due.wake();
  expect(ended).toBe(1);
});

test('a row that cannot be handled is held back for a while, and those behind it go on', async () => {
  const { log, complaints } = recorder();
  let machine = new Date(0);
  const rows = new Set(['a', 'b', 'c', 'd']);
  let isPoisoned = true;
  const work = dueRows<string>({
    name: 'test.rows', log, machineNow: () => machine, idOf: (row) => row,
    find: async (_, limit) => [...rows].slice(0, limit),
    async handle(row) {
      if (row === 'a' && isPoisoned) throw new Error('poison');
      rows.delete(row);
    },
  });
  expect([await work.handle(new Date(0), 2), await work.handle(new Date(0), 2), await work.handle(new Date(0), 2)]).toEqual([2, 2, 0]);
  expect([...rows]).toEqual(['a']);
  expect(complaints).toHaveLength(1);
  isPoisoned = false;
  machine = new Date(2_000);
  expect([await work.handle(new Date(0), 2), rows.size]).toEqual([1, 0]);
});
