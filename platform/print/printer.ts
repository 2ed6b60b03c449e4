import { Worker } from 'node:worker_threads';
import type { Paper } from './paper.ts';

/** Of work; a busy machine may take longer over it, though not for ever. */
const KILL_AFTER_MS = 20_000;
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;
const HEAP_MB = 384;
/** Whoever comes after is asked to come again. */
const MOST_WAITING = 8;

export type Printer = ReturnType<typeof createPrinter>;

/** Makes PDF of what is handed in, one after the other, each in a thread of its own with bounds on time and memory. Nothing is fetched, and no file but the fonts is read. */
export function createPrinter({ killAfterMs = KILL_AFTER_MS }: { killAfterMs?: number } = {}) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const busy = new Set<Worker>();

  const printOne = (paper: Paper): Promise<Buffer | null> => new Promise((resolve) => {
    const worker = new Worker(new URL('./print-worker.ts', import.meta.url), { workerData: paper, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } });
    busy.add(worker);
    const since = performance.now();
    const look = async (): Promise<void> => {
      const { user, system } = await worker.cpuUsage();
      if ((user + system) / 1_000 > killAfterMs || performance.now() - since > PATIENCE_MS) end(null);
    };
    // A thread that has gone meanwhile says so itself.
    const watch = setInterval(() => { look().catch(() => undefined); }, LOOK_AGAIN_MS);
    const end = (made: Buffer | null): void => {
      clearInterval(watch);
      busy.delete(worker);
      resolve(made);
      void worker.terminate();
    };
    worker.on('message', (bytes: Uint8Array) => end(Buffer.from(bytes.buffer)));
    worker.on('error', () => end(null));
    worker.on('exit', () => end(null));
  });

  return {
    /** What is to be printed is gathered when its turn comes, so that only one lies in memory. Null when it could not be made within the bounds; 'busy' when too many wait already. */
    async print(made: () => Paper | Promise<Paper>): Promise<Buffer | null | 'busy'> {
      if (waiting >= MOST_WAITING) return 'busy';
      waiting += 1;
      const next = last.then(async () => printOne(await made()));
      last = next.catch(() => undefined);
      try {
        return await next;
      } finally {
        waiting -= 1;
      }
    },

    close: async (): Promise<void> => { await Promise.all([...busy].map((worker) => worker.terminate())); },
  };
}
