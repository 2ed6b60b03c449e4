import { expect, onTestFinished, test, vi } from 'vitest';
import { createGathering } from './gathering.ts';

/** Work whose end the test decides. */
function heldWork(isBusy?: () => boolean) {
  const begun: { workspaceId: string; items: readonly string[]; end: (error?: Error) => void }[] = [];
  const gathering = createGathering<string>({
    act: (workspaceId, items) => new Promise((resolve, reject) => {
      begun.push({ workspaceId, items, end: (error) => { if (error) reject(error); else resolve(); } });
    }),
    sizeOf: (item) => (item.startsWith('large') ? 2 * 1024 * 1024 : 1),
    ...(isBusy && { isBusy }),
  });
  return { begun, gathering };
}
const turn = () => new Promise((resolve) => { setImmediate(resolve); });

test('what comes while others are at work goes together, in its order; each workspace for itself', async () => {
  const { begun, gathering } = heldWork();
  const all = ['a', 'b', 'c'].map((item) => gathering.add('one', item));
  const other = gathering.add('two', 'x');
  expect(begun.map(({ items }) => items)).toEqual([['a'], ['x']]);
  begun[0]!.end();
  await turn();
  expect(begun.slice(2).map(({ workspaceId, items }) => [workspaceId, items])).toEqual([['one', ['b', 'c']]]);
  begun[1]!.end();
  begun[2]!.end();
  await Promise.all([...all, other]);
});

test('nothing waits for a large one, and a large one for nothing', async () => {
  const { begun, gathering } = heldWork();
  const all = ['large', 'a', 'large too'].map((item) => gathering.add('one', item));
  expect(begun.map(({ items }) => items)).toEqual([['large'], ['a'], ['large too']]);
  for (const { end } of begun) end();
  await Promise.all(all);
});

test('one that cannot be done takes nobody with it: each then goes alone and hears what became of it', async () => {
  const tried: string[] = [];
  const gathering = createGathering<string>({
    act: (_workspaceId, items) => {
      tried.push(items.join('+'));
      return items.includes('poison') ? Promise.reject(new Error('no')) : Promise.resolve();
    },
    sizeOf: () => 1,
  });
  const results = await Promise.allSettled(['first', 'a', 'poison', 'b'].map((item) => gathering.add('one', item)));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(tried).toEqual(['first', 'a+poison+b', 'a', 'poison', 'b']);
  await expect(gathering.add('one', 'later')).resolves.toBeUndefined();
});

test('not more than sixteen share a transaction', async () => {
  const sizes: number[] = [];
  const gathering = createGathering<number>({ act: (_workspaceId, items) => { sizes.push(items.length); return Promise.resolve(); }, sizeOf: () => 1 });
  await Promise.all(Array.from({ length: 40 }, (_, i) => gathering.add('one', i)));
  expect(sizes).toEqual([1, 16, 16, 7]);
});

test('while others are on their way a transaction waits for them, until it is full or they are there', async () => {
  let busy = true;
  const { begun, gathering } = heldWork(() => busy);
  const few = ['a', 'b'].map((item) => gathering.add('one', item));
  const many = Array.from({ length: 16 }, (_, i) => gathering.add('two', `${i}`));
  await turn();
  expect(begun.map(({ workspaceId, items }) => [workspaceId, items.length])).toEqual([['two', 16]]);
  busy = false;
  gathering.look();
  await turn();
  expect(begun[1]).toMatchObject({ workspaceId: 'one', items: ['a', 'b'] });
  for (const { end } of begun) end();
  await Promise.all([...few, ...many]);
});

test('nobody waits for others longer than a tenth of a second', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => { vi.useRealTimers(); });
  const { begun, gathering } = heldWork(() => true);
  const added = gathering.add('one', 'a');
  await vi.advanceTimersByTimeAsync(99);
  expect(begun).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toMatchObject([{ items: ['a'] }]);
  begun[0]!.end();
  await added;
});
