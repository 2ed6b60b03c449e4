import { randomInt } from 'node:crypto';
import type pg from 'pg';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../db/db.ts';
import { backoff } from './pump.ts';

export type Channel = 'rapport_committed' | 'rapport_sequenced';
export type Signals = ReturnType<typeof createSignals>;

/** The class of the advisory locks by which `events_lease_free` knows that a process is alive. */
const ALIVE = 730_411;

/**
 * Hints from other processes over one LISTEN connection for each process. A hint may be lost: whoever needs the truth
 * polls. After every reconnection all handlers are called once, since something may have been missed.
 */
export function createSignals({ db, log }: { db: Database; log: Log }) {
  /** This process among all that use the database; it lives as long as the connection does. */
  const holder = randomInt(1, 2 ** 31 - 1);
  const handlers = new Map<Channel, (() => void)[]>();
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;
  let stopped = true;

  async function connect(): Promise<void> {
    const next = db.listener();
    client = next;
    let lost = false;
    const onLost = (error?: Error) => {
      if (lost || stopped) return;
      lost = true;
      if (error) log.warn({ err: error }, 'the connection that listens for events was lost');
      next.end().catch(() => undefined);
      failures += 1;
      retry = setTimeout(() => void connect(), backoff(failures, 100, 5_000));
    };
    next.on('error', onLost);
    next.on('end', () => onLost());
    next.on('notification', ({ channel }) => call(channel as Channel));
    try {
      await next.connect();
      await next.query(`select pg_advisory_lock_shared(${ALIVE}, ${holder})`);
      for (const channel of handlers.keys()) await next.query(`listen ${channel}`);
      failures = 0;
      for (const channel of handlers.keys()) call(channel);
    } catch (error) {
      onLost(error as Error);
    }
  }

  function call(channel: Channel): void {
    for (const handler of handlers.get(channel) ?? []) handler();
  }

  return {
    holder,
    /** Before `start`. */
    on(channel: Channel, handler: () => void): void {
      handlers.set(channel, [...(handlers.get(channel) ?? []), handler]);
    },
    async start(): Promise<void> {
      stopped = false;
      await connect();
    },
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
