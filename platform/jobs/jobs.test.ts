import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { copyOfTemplate } from '../../testing/postgres.ts';
import { createDatabase } from '../db/db.ts';
import { newId } from '../db/ids.ts';
import { createJobs, defineJob, enqueue, type Job } from './jobs.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function desk() {
  const urls = await copyOfTemplate();
  const db = createDatabase(urls);
  onTestFinished(() => db.destroy());
  const workspaceId = newId();
  await sql`select workspace_create(${workspaceId}, 'Shop', 'en', now())`.execute(db.owner);
  const worker = async (...jobs: Job[]) => {
    const runner = createJobs({ db, ownerUrl: urls.ownerUrl, jobs, log });
    await runner.start();
    onTestFinished(() => runner.stop());
    return runner;
  };
  return { db, workspaceId, worker };
}

function recorder(options: Partial<Job<{ n: number }>> = {}) {
  const ran: number[] = [];
  const job = defineJob<{ n: number }>({
    name: 'test.record', payload: z.strictObject({ n: z.int() }), maxAttempts: 3,
    async run({ n }) { ran.push(n); },
    ...options,
  });
  return { ran, job };
}

test('a job runs after its transaction commits, and never when that rolls back', async () => {
  const { db, workspaceId, worker } = await desk();
  const { ran, job } = recorder();
  await worker(job);
  await expect(db.work(workspaceId, async (tx) => {
    await enqueue(tx, job, { n: 1 });
    throw new Error('no');
  })).rejects.toThrow('no');
  await db.work(workspaceId, async (tx) => {
    await enqueue(tx, job, { n: 2 });
    expect(ran).toEqual([]);
  });
  await expect.poll(() => ran).toEqual([2]);
});

test('a payload that breaks the shape is refused where it is made', async () => {
  const { db, workspaceId } = await desk();
  const { job } = recorder();
  await expect(db.work(workspaceId, (tx) => enqueue(tx, job, { n: 'two' } as never))).rejects.toThrow('expected number');
});

test('the same key replaces a job that has not begun', async () => {
  const { db, workspaceId, worker } = await desk();
  const { ran, job } = recorder();
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 1 }, { jobKey: 'one' }));
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 2 }, { jobKey: 'one' }));
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 3 }, { runAt: new Date(Date.now() + 3_600_000) }));
  const runner = await worker(job);
  await expect.poll(() => ran).toEqual([2]);
  await expect.poll(() => runner.counts()).toEqual({ waiting: 1, due: 0, failed: 0 });
});

test('the application cannot reach the queue but through its one function', async () => {
  const { db, workspaceId } = await desk();
  await expect(db.work(workspaceId, (tx) => sql`select from graphile_worker._private_jobs`.execute(tx))).rejects.toThrow('permission denied');
  await expect(db.work(workspaceId, (tx) => sql`select graphile_worker.add_job('housekeeping.rubbish')`.execute(tx))).rejects.toThrow('permission denied');
});

test('a job that fails is tried again, and after its last attempt counted as failed', async () => {
  const { db, workspaceId, worker } = await desk();
  const tries: number[] = [];
  const { job } = recorder({ maxAttempts: 2, async run({ n }) { tries.push(n); throw new Error('always'); } });
  const runner = await worker(job);
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 1 }));
  await expect.poll(() => runner.counts()).toEqual({ waiting: 1, due: 0, failed: 0 });
  await sql`select graphile_worker.reschedule_jobs(array(select id from graphile_worker._private_jobs), run_at => now()), pg_notify('jobs:insert', '{"r": 1, "count": 1}')`.execute(db.owner);
  await expect.poll(() => runner.counts(), { timeout: 10_000 }).toEqual({ waiting: 0, due: 0, failed: 1 });
  expect(tries).toEqual([1, 1]);
});

test('a scheduled job gets no payload but its own', async () => {
  const { db, worker } = await desk();
  const got: unknown[] = [];
  await worker(defineJob({ name: 'test.nightly', schedule: '0 0 1 1 *', payload: z.strictObject({}), maxAttempts: 1, async run(payload) { got.push(payload); } }));
  await sql`select graphile_worker.add_job('test.nightly', '{"_cron": {"ts": "2027-01-01T00:00:00Z"}}')`.execute(db.owner);
  await expect.poll(() => got).toEqual([{}]);
});

test('stopping waits for what is running', async () => {
  const { db, workspaceId, worker } = await desk();
  const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let ended = false;
  const { job } = recorder({
    async run() {
      begun.resolve();
      await gate.promise;
      ended = true;
    },
  });
  const runner = await worker(job);
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 1 }));
  await begun.promise;
  const stopped = runner.stop();
  gate.resolve();
  await stopped;
  expect(ended).toBe(true);
  expect(await runner.counts()).toEqual({ waiting: 0, due: 0, failed: 0 });
});

test('a stop right after the start leaves nothing running, and nothing to complain of', async () => {
  const { ownerUrl, ...urls } = await copyOfTemplate();
  const db = createDatabase({ ownerUrl, ...urls });
  onTestFinished(() => db.destroy());
  const complaints: unknown[] = [];
  const complain = (...words: unknown[]): void => { complaints.push(words); };
  const { job } = recorder({ schedule: '* * * * *' });
  for (let n = 0; n < 5; n++) {
    const runner = createJobs({ db, ownerUrl, jobs: [job], log: { info: () => undefined, warn: complain, error: complain } });
    await runner.start();
    await runner.stop();
  }
  const left = async () => (await sql`select from pg_stat_activity where application_name = 'rapport-jobs' and datname = current_database()`.execute(db.owner)).rows;
  await expect.poll(left).toEqual([]);
  expect(complaints).toEqual([]);
});

test('jobs of a process that died are run by the next one; those of a living one are left alone', async () => {
  const { db, workspaceId, worker } = await desk();
  const gate = Promise.withResolvers<void>();
  const slow = recorder({ name: 'test.slow', run: () => gate.promise });
  const alive = await worker(slow.job);
  await db.work(workspaceId, (tx) => enqueue(tx, slow.job, { n: 1 }));
  const locked = () => sql`select from graphile_worker._private_jobs where locked_by is not null`.execute(db.owner);
  await expect.poll(async () => (await locked()).rows.length).toBe(1);
  await sql`update graphile_worker._private_jobs set locked_at = now() - interval '1 minute'`.execute(db.owner);

  const { ran, job } = recorder();
  await db.work(workspaceId, (tx) => enqueue(tx, job, { n: 2 }));
  await sql`update graphile_worker._private_jobs set locked_by = 'pool-of-the-dead', locked_at = now() - interval '1 minute' where locked_by is null`.execute(db.owner);
  await worker(job);

  await expect.poll(() => ran, { timeout: 10_000 }).toEqual([2]);
  // What ran is put away a moment later.
  await expect.poll(async () => (await locked()).rows.length, { timeout: 10_000 }).toBe(1);
  gate.resolve();
  await alive.stop();
});
