import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../db/db.ts';
import { backoff, createPump } from './pump.ts';
import type { Signals } from './signals.ts';

export type Sequencer = ReturnType<typeof createSequencer>;

const POLL_MS = 100;
/** Where nothing has happened for some seconds; a hint is heard at once all the same. */
const QUIET_POLL_MS = 500;
const QUIET_AFTER = 50;
const BATCH = 1_000;
/** Between two batches at least and at most. In between as long as the last one took: on a busy machine the log gets half of the time, and batches grow. */
const [REST_MS, MOST_REST_MS] = [10, 50];

/**
 * Gives committed events their positions. One process at a time does it, by a lease that dies with the process or, when
 * the process hangs, runs out. Whoever holds the lease also runs the followers. Long transactions, here or in another
 * database, hold nothing up: an event that commits late gets a later position.
 */
export function createSequencer({ db, signals, log, leaseMs = 8_000 }: { db: Database; signals: Signals; log: Log; leaseMs?: number }) {
  const listeners: ((position: number) => void)[] = [];
  const { holder } = signals;
  let started = false;
  let reached = 0;
  /** Monotonic milliseconds: until then no other process can hold the lease. */
  let sureUntil = 0;
  let term = 0;
  let hinted = false;
  /** Looks since something happened. */
  let inVain = 0;
  let telling = false;

  const holding = () => performance.now() < sureUntil;

  async function sequence(): Promise<number> {
    const askedAt = performance.now();
    const held = holding();
    const { rows } = await sql<{ holding: boolean; reached: number; given: number }>`
      select * from events_sequence(${holder}, make_interval(secs => ${leaseMs / 1000}), ${BATCH})`.execute(db.owner);
    const result = rows[0]!;
    sureUntil = result.holding ? askedAt + leaseMs / 2 : 0;
    if (result.holding && !held) {
      term += 1;
      log.info({ holder }, 'this process sequences the events now');
    }
    if (result.reached !== reached || (result.holding && !held)) {
      reached = result.reached;
      for (const listener of listeners) listener(reached);
    }
    return result.given;
  }

  async function step(): Promise<number> {
    const wasHinted = hinted;
    hinted = false;
    if (!holding()) {
      if (await leaseIsFree()) return await sequence() === BATCH ? 0 : POLL_MS;
      return leaseMs / 8;
    }
    const renew = performance.now() > sureUntil - leaseMs / 4;
    if (!wasHinted && !renew && !(await somethingWaits())) {
      inVain += 1;
      return inVain > QUIET_AFTER ? QUIET_POLL_MS : POLL_MS;
    }
    if (!renew) inVain = 0;
    return await sequence() === BATCH ? 0 : POLL_MS;
  }

  const leaseIsFree = async (): Promise<boolean> => (await sql<{ free: boolean }>`
    select s.holder is not distinct from ${String(holder)} or events_lease_free(s, clock_timestamp()) as free from event_sequencer s`.execute(db.owner)).rows[0]!.free;

  const somethingWaits = async (): Promise<boolean> =>
    await db.owner.selectFrom('events').select('seq').where('position', 'is', null).limit(1).executeTakeFirst() !== undefined;

  const pump = createPump({
    step, restMs: (took) => Math.min(MOST_REST_MS, Math.max(REST_MS, took)),
    failed: (error, failures) => {
      log.error({ err: error, failures }, 'sequencing events failed');
      return backoff(failures, POLL_MS, 5_000);
    },
  });

  signals.on('rapport_committed', () => {
    hinted = true;
    pump.wake();
  });

  /** Tells the process that sequences; hints that come while one is on its way share the next one. */
  async function tellOthers(): Promise<void> {
    telling = true;
    try {
      while (hinted) {
        hinted = false;
        await sql`select pg_notify('rapport_committed', '')`.execute(db.owner);
      }
    } catch (error) {
      // Only a hint: the poll finds the events.
      log.warn({ err: error }, 'a hint about new events was lost');
    } finally {
      telling = false;
    }
  }

  return {
    /** Something was committed. For `createEvents`; cheap, and never throws. */
    hint(): void {
      hinted = true;
      if (started && holding()) pump.wake();
      else if (!telling) void tellOthers();
    },
    holding,
    /** Changes whenever the lease was lost in between; null while another process holds it. */
    term: (): number | null => (holding() ? term : null),
    /** Called when positions were given by this process, and when it takes the lease. */
    onReached(listener: (position: number) => void): void {
      listeners.push(listener);
    },
    /** How many committed events wait for a position, and since when (machine time). */
    async lag(): Promise<{ events: number; oldest: Date | null }> {
      const { rows } = await sql<{ events: number; oldest: Date | null }>`
        select count(*) as events, min(at) as oldest from (select at from events where position is null order by seq limit 10000) e`.execute(db.owner);
      return rows[0]!;
    },
    start(): void {
      started = true;
      pump.start();
    },
    /** Gives the lease back, so that another process goes on at once. */
    async stop(): Promise<void> {
      if (!started) return;
      started = false;
      await pump.stop();
      sureUntil = 0;
      await sql`update event_sequencer set holder = null, lease_until = null where holder = ${String(holder)}`.execute(db.owner);
      await sql`select pg_notify('rapport_committed', '')`.execute(db.owner);
    },
  };
}
