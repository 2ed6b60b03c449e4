import { expect, test } from 'vitest';
import { createAlone } from './alone.ts';

const alone = (code: string) => createAlone<string, string>({
  script: new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';\n${code}`)}`), heapMb: 32, killAfterMs: 300, mostWaiting: 4, mostOfOne: 2,
});

test.each<[what: string, code: string]>([
  ['never ends', `if (workerData === 'bad') for (;;);`], ['takes all memory', `if (workerData === 'bad') { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }`],
  ['throws', `if (workerData === 'bad') throw new Error('no');`], ['ends without a word', `if (workerData === 'bad') process.exit(0);`], ['rejects later', `if (workerData === 'bad') await Promise.reject(new Error('no'));`],
])('what %s costs its thread, and the next is worked on', async (_what, code) => {
  const { run } = alone(`${code}\nparentPort.postMessage(workerData + '!');`);
  expect(await Promise.all([run('a', () => 'bad'), run('b', () => 'good')])).toEqual([null, 'good!']);
}, 60_000);

test('only so many wait, of one and the same fewer; a place is free again when its work is done, well or not', async () => {
  const { run } = alone(`parentPort.postMessage(workerData);`);
  const all = await Promise.allSettled([run('a', () => 'one'), run('a', () => Promise.reject(new Error('gone'))), run('a', () => 'three'), run('b', () => 'four'), run('c', () => 'five'), run('d', () => 'six')]);
  expect(all.map((one) => (one.status === 'rejected' ? 'rejected' : one.value))).toEqual(['one', 'rejected', 'busy', 'four', 'five', 'busy']);
  expect(await run('a', () => 'again')).toBe('again');
}, 60_000);
