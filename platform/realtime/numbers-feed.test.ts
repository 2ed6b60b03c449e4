import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { createNumbersFeed } from './numbers-feed.ts';
import type { Peer } from './peer.ts';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }); });
afterEach(() => { vi.useRealTimers(); });

const HERE = 'shop';

function tab(id: string, workspaceId = HERE) {
  const told: unknown[] = [];
  const peer = { isOpen: true, seat: { person: { actor: { id, workspaceId } } }, sendText: (text: string) => told.push((JSON.parse(text) as { numbers: unknown }).numbers) } as unknown as Peer;
  return { peer, told };
}

function desk() {
  const numbers = new Map<string, number>();
  const asked: string[] = [];
  const errors: unknown[] = [];
  let gate: Promise<void> = Promise.resolve();
  const feed = createNumbersFeed({
    onError: (error) => errors.push(error),
    async numbersOf({ id }: Actor) {
      asked.push(id);
      await gate;
      if (numbers.get(id) === -1) throw new Error('no numbers');
      return { mine: numbers.get(id) ?? 0 };
    },
  });
  const pass = async () => {
    await vi.runAllTimersAsync();
    // The slices in between are of the real loop.
    for (let n = 0; n < 20; n += 1) await new Promise((resolve) => { setImmediate(resolve); });
  };
  return { numbers, asked, errors, feed, pass, hold: (until: Promise<void>) => { gate = until; } };
}

test('whoever begins to look is told, and then only when the numbers are others, once for all their tabs', async () => {
  const { numbers, asked, feed, pass } = desk();
  const [ana, again, bo, away] = [tab('ana'), tab('ana'), tab('bo'), tab('eve', 'other')];
  for (const { peer } of [ana, again, bo, away]) feed.read(peer, true);
  await pass();
  expect([ana.told, again.told, bo.told, away.told]).toEqual([[{ mine: 0 }], [{ mine: 0 }], [{ mine: 0 }], [{ mine: 0 }]]);
  asked.length = 0;

  numbers.set('ana', 3);
  for (let n = 0; n < 50; n += 1) feed.moved(HERE);
  await pass();
  expect(asked.toSorted()).toEqual(['ana', 'bo']);
  expect([ana.told.at(-1), again.told.at(-1), bo.told, away.told]).toEqual([{ mine: 3 }, { mine: 3 }, [{ mine: 0 }], [{ mine: 0 }]]);
});

test('what moves while numbers are told is told after them', async () => {
  const { numbers, feed, pass, hold } = desk();
  const ana = tab('ana');
  const slow = Promise.withResolvers<void>();
  hold(slow.promise);
  feed.read(ana.peer, true);
  await pass();
  numbers.set('ana', 1);
  feed.moved(HERE);
  slow.resolve();
  await pass();
  await pass();
  expect(ana.told.at(-1)).toEqual({ mine: 1 });
});

test('whoever looks no longer, or has gone, costs nothing; numbers of one that fail keep nobody else’s', async () => {
  const { numbers, asked, errors, feed, pass } = desk();
  const [ana, bo] = [tab('ana'), tab('bo')];
  numbers.set('ana', -1);
  for (const { peer } of [ana, bo]) feed.read(peer, true);
  await pass();
  expect([ana.told, bo.told, errors.length]).toEqual([[], [{ mine: 0 }], 1]);
  asked.length = 0;
  for (const { peer } of [ana, bo]) feed.read(peer, false);
  feed.moved(HERE);
  await pass();
  expect(asked).toEqual([]);
});
