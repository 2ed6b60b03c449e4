import { Worker } from 'node:worker_threads';

/** Of work; a busy machine may take longer over it, though not for ever. */
const KILL_AFTER_MS = 5_000;
const PATIENCE_MS = 60_000;
const LOOK_AGAIN_MS = 250;
const HEAP_MB = 256;
const IDLE_MS = 30_000;

type Said = 'begun' | { readonly text: string | null };
/** One thread and what it has in hand. */
type Seat = { readonly worker: Worker; job: { said(message: Said): void; broken(): void } | null };
export type DocumentReader = ReturnType<typeof createDocumentReader>;

/**
 * Reads what files say in a thread of its own, one after the other; it starts when there is work and goes when there is none. A file that takes
 * too long or too much memory costs the thread, and says nothing: `read` never rejects.
 */
export function createDocumentReader({ killAfterMs = KILL_AFTER_MS }: { killAfterMs?: number } = {}) {
  let seat: Seat | null = null;
  let idle: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();

  async function leave(gone: Seat): Promise<void> {
    if (seat === gone) seat = null;
    gone.job?.broken();
    await gone.worker.terminate();
  }

  function seated(): Seat {
    if (seat) return seat;
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 } });
    const made: Seat = { worker, job: null };
    worker.on('message', (message: Said) => made.job?.said(message));
    worker.on('error', () => void leave(made));
    worker.on('exit', () => void leave(made));
    worker.unref();
    seat = made;
    return made;
  }

  function readOne(bytes: Buffer): Promise<string | null> {
    if (idle) clearTimeout(idle);
    const here = seated();
    return new Promise((resolve) => {
      let watch: NodeJS.Timeout | null = null;
      const end = (text: string | null): void => {
        if (watch) clearInterval(watch);
        here.job = null;
        idle = setTimeout(() => void leave(here), IDLE_MS).unref();
        resolve(text);
      };
      here.job = {
        broken: () => end(null),
        said: (message) => {
          if (message === 'begun') watch = watched(here);
          else end(message.text);
        },
      };
      const own = new Uint8Array(bytes);
      here.worker.postMessage(own, [own.buffer]);
    });
  }

  /** Its time begins now: so much work of its own, however many others want the machine. */
  function watched(here: Seat): NodeJS.Timeout {
    const since = performance.now();
    const begun = here.worker.cpuUsage();
    begun.catch(() => undefined);
    const look = async (): Promise<void> => {
      const { user, system } = await here.worker.cpuUsage(await begun);
      if ((user + system) / 1_000 > killAfterMs || performance.now() - since > PATIENCE_MS) await leave(here);
    };
    // A thread that has gone meanwhile says so itself.
    return setInterval(() => { look().catch(() => undefined); }, LOOK_AGAIN_MS);
  }

  return {
    read(bytes: Buffer): Promise<string | null> {
      const next = last.then(() => readOne(bytes));
      last = next;
      return next;
    },

    /** After what is in hand. */
    async close(): Promise<void> {
      await last;
      if (idle) clearTimeout(idle);
      if (seat) await leave(seat);
    },
  };
}
