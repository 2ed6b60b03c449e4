import { Worker } from 'node:worker_threads';
import { joined } from '../files/slices.ts';
import type { ParseFailure, ParseResult } from './parsed.ts';

export type { ParsedMail, ParseFailure, ParseResult } from './parsed.ts';
export type { ParsedReport } from './report/report.ts';

const MAX_WORKERS = 2;
/** Another worker is worth its memory only when this many messages wait for the first. */
const QUEUE_FOR_SECOND = 4;
/** Of work; a busy machine may take longer over it, though not for ever. */
const KILL_AFTER_MS = 5_000;
const PATIENCE = 6;
const LOOK_AGAIN_MS = 5;
const START_MS = 30_000;
const IDLE_MS = 30_000;
/** A thread that ends by itself is safer than one that is torn down while it still reads its code. */
const LEAVE_MS = 5_000;
const MAX_BYTES = 50 * 1024 * 1024;
const BRIEF_BYTES = 2 * 1024 * 1024;
const HEAP_MB = 256;

type Task = { raw: Buffer; briefly: boolean; resolve: (result: ParseResult) => void };
type Seat = { worker: Worker; task: Task | null; timer: NodeJS.Timeout | null; look: NodeJS.Timeout | null };

export type Parser = ReturnType<typeof createParser>;

/**
 * Takes messages apart in worker threads that start when there is work and go when there is none. A message that takes
 * too long or too much memory costs its worker, and comes back as an error; `parse` never rejects.
 */
export function createParser({ killAfterMs = KILL_AFTER_MS }: { killAfterMs?: number } = {}) {
  const waiting: Task[] = [];
  const seats = new Set<Seat>();
  let closed = false;

  function seatWorker(): Seat {
    const worker = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    const seat: Seat = { worker, task: null, timer: null, look: null };
    worker.on('message', (message: 'begun' | { result: ParseResult }) => {
      if (message === 'begun') killAfterWork(seat);
      else {
        finish(seat, message.result);
        next();
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      leave(seat, error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out_of_memory' : 'broken');
    });
    worker.on('exit', () => { leave(seat, 'broken'); });
    worker.unref();
    seats.add(seat);
    return seat;
  }

  function killAfter(seat: Seat, ms: number): void {
    if (seat.timer) clearTimeout(seat.timer);
    seat.timer = setTimeout(() => { leave(seat, 'too_slow'); }, ms);
  }

  /** Its time begins now: so much work of its own, however many others want the machine. */
  function killAfterWork(seat: Seat): void {
    const { task, worker } = seat;
    killAfter(seat, PATIENCE * killAfterMs);
    const begun = worker.cpuUsage();
    const look = async (): Promise<void> => {
      const { user, system } = await worker.cpuUsage(await begun);
      const worked = (user + system) / 1_000;
      if (seat.task !== task || task === null) return;
      if (worked >= killAfterMs) leave(seat, 'too_slow');
      else lookAgain(Math.max(killAfterMs - worked, LOOK_AGAIN_MS));
    };
    // A thread that has gone meanwhile says so itself.
    const lookAgain = (ms: number): void => { seat.look = setTimeout(() => { look().catch(() => undefined); }, ms); };
    begun.catch(() => undefined);
    lookAgain(killAfterMs);
  }

  function finish(seat: Seat, result: ParseResult): void {
    if (seat.timer) clearTimeout(seat.timer);
    if (seat.look) clearTimeout(seat.look);
    const { task } = seat;
    seat.task = null;
    if (seats.has(seat)) seat.timer = setTimeout(() => { retire(seat); }, IDLE_MS).unref();
    task?.resolve(result);
  }

  /** The worker is gone or is being sent away; its message, if any, ends with `error`. */
  function leave(seat: Seat, error: ParseFailure): void {
    if (!seats.delete(seat)) return;
    finish(seat, { error });
    void seat.worker.terminate();
    next();
  }

  function retire(seat: Seat): void {
    if (!seat.task && seats.delete(seat)) void goodbye(seat.worker);
  }

  /** Lets the thread end by itself, after what it has in hand; tears it down when that takes too long. */
  async function goodbye(worker: Worker): Promise<void> {
    const gone = new Promise<void>((resolve) => { worker.once('exit', () => { resolve(); }); });
    worker.postMessage('leave');
    const timer = setTimeout(() => { void worker.terminate(); }, LEAVE_MS);
    await gone;
    clearTimeout(timer);
  }

  function freeSeat(): Seat | null {
    for (const seat of seats) if (!seat.task) return seat;
    const wanted = seats.size === 0 || (seats.size < MAX_WORKERS && waiting.length >= QUEUE_FOR_SECOND);
    return wanted ? seatWorker() : null;
  }

  function next(): void {
    while (waiting.length > 0 && !closed) {
      const seat = freeSeat();
      if (!seat) return;
      const task = waiting.shift()!;
      seat.task = task;
      killAfter(seat, START_MS);
      void hand(seat, task);
    }
  }

  /** The thread gets a copy of its own; the seat may be gone when it is made. */
  async function hand(seat: Seat, task: Task): Promise<void> {
    const raw = await joined([task.raw]);
    if (seat.task === task) seat.worker.postMessage({ raw, briefly: task.briefly }, [raw.buffer]);
  }

  return {
    /** `briefly`: its head and its first words alone, for what has cost too much before; what is larger than any mail is read so. */
    parse(raw: Buffer, options: { briefly?: boolean } = {}): Promise<ParseResult> {
      const briefly = options.briefly === true || raw.length > MAX_BYTES;
      return new Promise((resolve) => {
        waiting.push({ raw: briefly ? raw.subarray(0, BRIEF_BYTES) : raw, briefly, resolve });
        next();
      });
    },

    /** Sends the workers away; what still waited comes back as an error and is parsed again after the next start. */
    async close(): Promise<void> {
      closed = true;
      for (const task of waiting.splice(0)) task.resolve({ error: 'broken' });
      await Promise.all([...seats].map(async (seat) => {
        seats.delete(seat);
        finish(seat, { error: 'broken' });
        await goodbye(seat.worker);
      }));
    },
  };
}
