import type { Now } from '../../kernel/actor.ts';
import type { Log } from '../../kernel/log.ts';
import { backoff, createPump } from '../events/pump.ts';
import { createHeldBack } from './held-back.ts';

/** Something that business time makes due. */
export type DueWork = {
  readonly name: string;
  /** Handles up to `limit` of what is due at `now`, the oldest first, and answers how many; `limit` means that there may be more. */
  handle(now: Date, limit: number): Promise<number>;
  /** Nobody waits for it to the second: its moments were written down long before. */
  readonly patient?: boolean;
};

export const patient = (works: readonly DueWork[]): DueWork[] => works.map((work) => ({ ...work, patient: true }));

/** Told later than this after its moment: the server stood still, or was overrun. */
const LATE_MS = 60_000;
const EVERY_MS = 500;
/** Patient work that has found nothing for a while: a server on which nothing happens should cost next to nothing. */
const QUIET_MS = 2_000;
/** So many looks in vain are a while. */
const QUIET_AFTER = 6;
const LIMIT = 200;
const MOST_ROUNDS = 10_000;
const FIRST_PAUSE_MS = 500;
const MOST_PAUSE_MS = 30_000;

/**
 * Looks every half second for what has become due, and every two seconds for what is patient and found nothing for a
 * while, each kind by itself: one that fails tries again after a growing pause and holds up no other. Several processes
 * may do so at once; a work claims its rows in the transaction that handles them.
 */
export function createDue({ now, log, works }: { now: Now; log: Log; works: readonly DueWork[] }) {
  const kinds = works.map((work) => {
    let inVain = 0;
    async function step(): Promise<number> {
      const handled = await work.handle(now(), LIMIT);
      inVain = handled === 0 ? inVain + 1 : 0;
      if (handled >= LIMIT) return 0;
      return work.patient && inVain > QUIET_AFTER ? QUIET_MS : EVERY_MS;
    }
    const pump = createPump({
      step,
      failed: (error, failures) => {
        log.error({ err: error, work: work.name }, 'due work failed; it is tried again');
        return backoff(failures, FIRST_PAUSE_MS, MOST_PAUSE_MS);
      },
    });
    return { pump, wake: () => { inVain = 0; pump.wake(); } };
  });

  return {
    start(): void { for (const { pump } of kinds) pump.start(); },
    /** At once, as when the clock was set. */
    wake(): void { for (const { wake } of kinds) wake(); },
    /** Resolves when what is under way has ended. */
    async stop(): Promise<void> { await Promise.all(kinds.map(({ pump }) => pump.stop())); },
    /** All that is due now, without starting anything; the running worker does so by itself. */
    async round(): Promise<void> {
      for (const work of works) {
        for (let rounds = 0; await work.handle(now(), LIMIT) >= LIMIT; rounds++) {
          if (rounds >= MOST_ROUNDS) throw new Error(`${work.name} never comes to an end`);
        }
      }
    },
  };
}

export const isLate = (dueAt: Date, now: Date): boolean => now.getTime() - dueAt.getTime() > LATE_MS;

type Rows<R> = {
  readonly name: string; readonly log: Log; readonly machineNow: Now;
  /** What is due at `now`, the oldest first. */
  find(now: Date, limit: number): Promise<readonly R[]>;
  idOf(row: R): string;
  /** In a transaction of its own; looks again whether the row is still due, since another process may have been here. */
  handle(row: R, now: Date): Promise<void>;
};

/** Work that is done row by row: one that fails is held back for a while, and those behind it go on. */
export function dueRows<R>({ name, find, idOf, handle, machineNow, log }: Rows<R>): DueWork {
  const heldBack = createHeldBack(machineNow);

  return {
    name,
    async handle(now, limit) {
      const ready = heldBack.ready(await find(now, limit + heldBack.count()), idOf).slice(0, limit);
      for (const row of ready) {
        try {
          await handle(row, now);
          heldBack.done(idOf(row));
        } catch (error) {
          const failures = heldBack.failed(idOf(row));
          log.error({ err: error, work: name, id: idOf(row), failures }, 'one piece of due work failed; it is tried again');
        }
      }
      return ready.length;
    },
  };
}
