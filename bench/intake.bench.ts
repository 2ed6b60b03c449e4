import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { createPool } from '../platform/db/db.ts';
import type { BenchOptions } from './bench.ts';
import { freePort } from './free-port.ts';
import { floorIntake, makeFloor } from './intake-floor.ts';
import { learnToReceive, message } from './intake-mail.ts';
import { processorSeconds } from './processor.ts';
import { prepare } from './scale-data.ts';
import { converse, letter } from './smtp-client.ts';

export const about = 'mails a second by SMTP until the 250 and until filed, 1 and 4 connections, beside the simplest durable path; commits for each mail (--full: at 1,000 and 1,000,000 tickets)';

const ROOT = join(import.meta.dirname, '..');
const READY_LIMIT_MS = 60_000;
const FILED_LIMIT_MS = 600_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Row = { mails: number; acceptedPerSecond: number; filedPerSecond: number; floorPerSecond: number; accepted: string; filed: string; commitsPerMail: number; processorMs: string };

/** With how many tickets the desk begins. */
const FULL = [1_000, 1_000_000];
const TO = 'support@desk.example';

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const rows: Record<string, Row> = {};
  for (const size of full ? FULL : [0]) {
    for (const [name, row] of await onDesk(size, full ? 1_000 : 600, say)) rows[`${size.toLocaleString('en')} tickets, ${name}`] = row;
  }
  if (!quiet) console.table(rows);
  return { rows };
}

/** A server on a desk with so many tickets, and what it does there. */
async function onDesk(size: number, count: number, say: (line: string) => void): Promise<Map<string, Row>> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-intake-'));
  await chmod(folder, 0o755);
  const kept = size > 0 ? await prepare(size, say, 'intake') : null;
  const database = kept?.server ?? await startEmbedded({ dataDir: join(folder, 'pg'), log: silent });
  const superuserUrl = kept?.superuserUrl ?? database.superuserUrl;
  const floor = createPool(superuserUrl, 4);
  const owner = createPool(database.ownerUrl, 4);
  const parts = [() => rm(folder, { recursive: true, force: true }), () => database.stop(), () => owner.end(), () => floor.end()];
  try {
    if (kept) await learnToReceive(owner, kept.desk.workspaceId, TO);
    const server = await startServer(folder, database);
    parts.push(server.stop);
    await makeFloor(floor);
    const subject = { port: server.smtpPort, owner, floor, pids: { server: server.pid, postgres: await postmasterOf(owner) } };
    await measure(subject, { connections: 2, count: 40 });
    const rows = new Map<string, Row>();
    for (const connections of [1, 4]) rows.set(`${connections} at once`, await measure(subject, { connections, count }));
    return rows;
  } finally {
    for (const part of parts.toReversed()) await part();
  }
}

/** The parent of whoever answers. */
async function postmasterOf(owner: pg.Pool): Promise<number> {
  const { rows: [backend] } = await owner.query<{ pid: number }>('select pg_backend_pid() as pid');
  const stat = await readFile(`/proc/${backend!.pid}/stat`, 'utf8').catch(() => '');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? NaN);
}

type Subject = { port: number; owner: pg.Pool; floor: pg.Pool; pids: { server: number; postgres: number } };

async function measure({ port, owner, floor, pids }: Subject, { connections, count }: { connections: number; count: number }): Promise<Row> {
  const mails = Array.from({ length: count }, (_, i) => message(i, TO));
  const floorProcessor = await processorSeconds([process.pid, pids.postgres]);
  const floorSeconds = await timed(() => inLanes(connections, mails, (raw) => floorIntake(floor, raw)));
  const floorSpent = await processorSeconds([process.pid, pids.postgres]) - floorProcessor;
  // What the server commits by itself in the same time (it polls) is not the mails' doing.
  const idlePerSecond = await idleCommits(owner);
  const before = await commitsOf(owner);
  const waiting = async () => Number((await owner.query(`select count(*) as n from inbound_messages where state = 'received'`)).rows[0].n);
  const letters = mails.map(letter);
  const free = await Promise.all(Array.from({ length: connections }, () => converse(port)));
  const [serverBefore, postgresBefore] = [await processorSeconds([pids.server]), await processorSeconds([pids.postgres])];
  const began = performance.now();
  await inLanes(connections, letters, async (one) => {
    const conversation = free.pop()!;
    await conversation.send(one, { from: 'ann@example.org', to: TO });
    free.push(conversation);
  });
  const acceptedSeconds = (performance.now() - began) / 1000;
  for (const conversation of free) conversation.close();
  const limit = performance.now() + FILED_LIMIT_MS;
  while (await waiting() > 0) {
    if (performance.now() > limit) throw new Error('mail waits to be filed, and nothing happens');
    await pause(20);
  }
  const filedSeconds = (performance.now() - began) / 1000;
  const [serverSpent, postgresSpent] = [await processorSeconds([pids.server]) - serverBefore, await processorSeconds([pids.postgres]) - postgresBefore];
  // PostgreSQL counts commits a little late.
  await pause(1_500);
  const commits = await commitsOf(owner) - before - idlePerSecond * (filedSeconds + 1.5);
  const rate = (seconds: number) => Math.round(count / seconds);
  return {
    mails: count, acceptedPerSecond: rate(acceptedSeconds), filedPerSecond: rate(filedSeconds), floorPerSecond: rate(floorSeconds),
    accepted: `${Math.round((floorSeconds / acceptedSeconds) * 100)} % of the floor`, filed: `${Math.round((floorSeconds / filedSeconds) * 100)} % of the floor`,
    commitsPerMail: Math.round((commits / count) * 100) / 100,
    // Steadier than time on a machine that others use as well.
    processorMs: `${milliseconds(serverSpent / count)} + ${milliseconds(postgresSpent / count)} PostgreSQL (floor ${milliseconds(floorSpent / count)})`,
  };
}

const milliseconds = (seconds: number): number => Math.round(seconds * 10_000) / 10;

const commitsOf = async (owner: pg.Pool): Promise<number> =>
  Number((await owner.query(`select xact_commit from pg_stat_database where datname = current_database()`)).rows[0].xact_commit);

async function idleCommits(owner: pg.Pool): Promise<number> {
  const before = await commitsOf(owner);
  await pause(3_000);
  return (await commitsOf(owner) - before) / 3;
}

async function timed(act: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1000;
}

/** `lanes` workers, each takes the next one when it is done. */
async function inLanes<T>(lanes: number, items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: lanes }, async () => {
    while (next < items.length) await act(items[next++]!);
  }));
}

type Server = { smtpPort: number; pid: number; stop(): Promise<void> };

async function startServer(folder: string, { appUrl, ownerUrl }: { appUrl: string; ownerUrl: string }): Promise<Server> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env, PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_DATA: join(folder, 'data'), DATABASE_URL: appUrl,
    RAPPORT_DATABASE_OWNER_URL: ownerUrl, RAPPORT_OWNER_EMAIL: 'owner@example.org', RAPPORT_OWNER_PASSWORD: randomBytes(12).toString('hex'), RAPPORT_MAILBOX: TO,
  };
  const child = spawn(process.execPath, [join(ROOT, 'apps/server/main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const stop = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  };
  const limit = performance.now() + READY_LIMIT_MS;
  while (performance.now() < limit && child.exitCode === null) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false)) return { pid: child.pid!, smtpPort, stop };
    await pause(50);
  }
  await stop();
  throw new Error('Rapport did not become ready');
}
