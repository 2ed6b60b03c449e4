import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type CronItem, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import pg from 'pg';
import type { ZodType } from 'zod';
import type { Log } from '../../kernel/log.ts';
import type { Connection, Database } from '../db/db.ts';
import { backoff } from '../events/pump.ts';

export type Job<P = unknown> = {
  readonly name: `${string}.${string}`;
  readonly payload: ZodType<P>;
  /** Cron in UTC; absent for jobs that are only enqueued. A scheduled job gets `{}`. */
  readonly schedule?: string;
  readonly maxAttempts: number;
  /** Must be harmless twice: it may run again after a crash. `signal` aborts a while after a stop was asked for. */
  run(payload: P, context: { signal: AbortSignal }): Promise<void>;
};


export const defineJob = <P>(job: Job<P>): Job<P> => job;

/**
 * Has the job run after the transaction commits, and never if it does not. `jobKey` replaces a job of the same key that
 * has not begun. `runAt` is machine time: business deadlines are due columns that a scan looks at, not jobs.
 */
export async function enqueue<P>(
  tx: Connection, job: Job<P>, payload: P, { jobKey = null, runAt = null }: { jobKey?: string | null; runAt?: Date | null } = {},
): Promise<void> {
  const body = JSON.stringify(job.payload.parse(payload));
  await sql`select enqueue_job(${job.name}, ${body}::json, ${runAt}, ${job.maxAttempts}, ${jobKey})`.execute(tx);
}

const CONCURRENCY = 2;
const POLL_MS = 5_000;
/** What is running gets this long before it is told to give up. */
const PATIENCE_MS = 10_000;
const RELEASE_MS = 60_000;
/** The class of the advisory locks by which `release_dead_jobs` knows that a pool is alive. */
const ALIVE = 730_412;

/** Runs jobs, with a few connections of its own as the owner. Comes back by itself when the database was away. */
export function createJobs({ db, ownerUrl, jobs, log }: { db: Database; ownerUrl: string; jobs: readonly Job[]; log: Log }) {
  const names = new Set(jobs.map((job) => job.name));
  if (names.size !== jobs.length) throw new Error('two jobs share a name');
  let pool: pg.Pool | null = null;
  /** Resolves once it has begun; a stop that comes earlier waits for that, since nothing stops one that is beginning. */
  let beginning: Promise<Runner> | null = null;
  let stopping = false;
  let failures = 0;
  let retry: NodeJS.Timeout | undefined;
  let sweep: NodeJS.Timeout | undefined;

  const tasks: TaskList = Object.fromEntries(jobs.map((job) => [job.name, async (payload: unknown, { abortSignal }) => {
    await job.run(job.payload.parse(withoutCron(payload)), { signal: abortSignal });
  }] satisfies [string, TaskList[string]]));

  const schedule = parseCronItems(jobs.flatMap((job): CronItem[] => (job.schedule === undefined ? [] : [{
    task: job.name, match: job.schedule, identifier: job.name,
    // One of a kind in the queue: a machine that slept does not run it ten times.
    options: { maxAttempts: job.maxAttempts, jobKey: job.name, backfillPeriod: 0 },
  }])));

  async function work(): Promise<void> {
    try {
      beginning = run({
        pgPool: pool!, taskList: tasks, parsedCronItems: schedule, concurrency: CONCURRENCY, pollInterval: POLL_MS,
        noHandleSignals: true, gracefulShutdownAbortTimeout: PATIENCE_MS, logger: loggerOf(log), events: aliveEvents(log),
      });
      const runner = await beginning;
      failures = 0;
      await runner.promise;
    } catch (error) {
      if (!stopping) log.error({ err: error }, 'the job runner ended; it starts again');
    }
    beginning = null;
    failures += 1;
    if (!stopping) retry = setTimeout(() => void work(), backoff(failures, 250, 30_000));
  }

  async function release(): Promise<void> {
    try {
      const { rows } = await sql<{ released: number }>`select release_dead_jobs() as released`.execute(db.owner);
      if (rows[0]!.released > 0) log.warn({ pools: rows[0]!.released }, 'jobs of a process that died are free again');
    } catch (error) {
      log.warn({ err: error }, 'looking for abandoned jobs failed');
    }
  }

  return {
    async start(): Promise<void> {
      stopping = false;
      pool = createJobPool(ownerUrl, log);
      await release();
      sweep = setInterval(() => void release(), RELEASE_MS);
      void work();
    },
    /** Takes no new jobs and waits for those that run. */
    async stop(): Promise<void> {
      stopping = true;
      clearTimeout(retry);
      clearInterval(sweep);
      const runner = await beginning?.catch(() => null);
      await runner?.stop().catch((error: unknown) => log.warn({ err: error }, 'the job runner did not stop cleanly'));
      await pool?.end();
      pool = null;
    },
    /** Jobs that wait, are due, and have failed for good. For metrics. */
    async counts(): Promise<{ waiting: number; due: number; failed: number }> {
      const { rows } = await sql<{ waiting: number; due: number; failed: number }>`
        select count(*) filter (where attempts < max_attempts) as waiting,
          count(*) filter (where attempts < max_attempts and run_at <= now() and locked_at is null) as due,
          count(*) filter (where attempts >= max_attempts and locked_at is null) as failed
        from graphile_worker._private_jobs`.execute(db.owner);
      return rows[0]!;
    },
  };
}

function createJobPool(ownerUrl: string, log: Log): pg.Pool {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: CONCURRENCY + 1, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, keepAlive: true, application_name: 'rapport-jobs' });
  const lost = (error: Error) => log.warn({ err: error }, 'a connection of the job runner was lost');
  pool.on('error', lost);
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** The connection on which the pool listens says that the pool is alive. */
function aliveEvents(log: Log): WorkerEvents {
  const events = new EventEmitter() as WorkerEvents;
  events.on('pool:listen:success', ({ client, workerPool }) => {
    // The runner is about to send its LISTEN; ours comes after it.
    (client as unknown as EventEmitter).once('drain', () => {
      client.query('select pg_advisory_lock_shared($1, hashtext($2))', [ALIVE, workerPool.id])
        .catch((error: unknown) => log.warn({ err: error }, 'a job runner could not say that it is alive'));
    });
  });
  return events;
}

/** Each job's start and end is not news; that one failed is. */
const loggerOf = (log: Log): Logger => new Logger((scope) => (level, message) => {
  if (level === 'error') log.error({ job: scope.taskIdentifier, id: scope.jobId }, message);
  else if (level === 'warning') log.warn({ job: scope.taskIdentifier, id: scope.jobId }, message);
});

function withoutCron(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('_cron' in payload)) return payload;
  const { _cron, ...rest } = payload;
  return rest;
}
