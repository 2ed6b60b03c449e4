import { Worker } from 'node:worker_threads';

/** A busy machine may take longer over it, though not for ever. */
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;

type Bounds = { readonly script: URL; readonly heapMb: number; /** Of work. */ readonly killAfterMs: number; /** Whoever comes after is asked to come again; of one and the same, sooner. */ readonly mostWaiting: number; readonly mostOfOne: number };

/**
 * Work on what strangers sent, one piece after the other, each in a thread of its own with bounds on time and memory: what takes more costs
 * its thread and nothing else. The script reads `workerData` and posts one message.
 */
export function createAlone<Given, Made>({ script, heapMb, killAfterMs, mostWaiting, mostOfOne }: Bounds) {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const waitingOf = new Map<string, number>();
  const busy = new Set<Worker>();

  const workOn = (given: Given): Promise<Made | null> => new Promise((resolve) => {
    const worker = new Worker(script, { workerData: given, resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } });
    busy.add(worker);
    const since = performance.now();
    const look = async (): Promise<void> => {
      const { user, system } = await worker.cpuUsage();
      if ((user + system) / 1_000 > killAfterMs || performance.now() - since > PATIENCE_MS) end(null);
    };
    // A thread that has gone meanwhile says so itself.
    const watch = setInterval(() => { look().catch(() => undefined); }, LOOK_AGAIN_MS);
    const end = (made: Made | null): void => {
      clearInterval(watch);
      busy.delete(worker);
      resolve(made);
      void worker.terminate();
    };
    worker.on('message', (made: Made | null) => end(made));
    worker.on('error', () => end(null));
    worker.on('exit', () => end(null));
  });

  function count(whose: string, by: 1 | -1): void {
    waiting += by;
    const left = (waitingOf.get(whose) ?? 0) + by;
    if (left === 0) waitingOf.delete(whose);
    else waitingOf.set(whose, left);
  }

  return {
    /** What is worked on is gathered when its turn comes, so that only one lies in memory. Null: not within the bounds; 'busy': too much waits already, of all or of this one. */
    async run(whose: string, gather: () => Given | Promise<Given>): Promise<Made | null | 'busy'> {
      if (waiting >= mostWaiting || (waitingOf.get(whose) ?? 0) >= mostOfOne) return 'busy';
      count(whose, 1);
      const next = last.then(async () => workOn(await gather()));
      last = next.catch(() => undefined);
      try {
        return await next;
      } finally {
        count(whose, -1);
      }
    },

    close: async (): Promise<void> => { await Promise.all([...busy].map((worker) => worker.terminate())); },
  };
}
