import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type pg from 'pg';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { createPool } from '../platform/db/db.ts';
import type { BenchOptions } from './bench.ts';
import { freePort } from './free-port.ts';
import { floorIntake, makeFloor } from './intake-floor.ts';
import { processorSeconds } from './processor.ts';

export const about = 'mails a second by SMTP until the 250 and until filed, 1 and 4 connections, beside the simplest durable path; commits for each mail';

const ROOT = join(import.meta.dirname, '..');
const READY_LIMIT_MS = 60_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

type Row = { mails: number; acceptedPerSecond: number; filedPerSecond: number; floorPerSecond: number; accepted: string; filed: string; commitsPerMail: number; processorMs: string };

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-intake-'));
  await chmod(folder, 0o755);
  const database = await startEmbedded({ dataDir: join(folder, 'pg'), log: silent });
  const server = await startServer(folder, database);
  const owner = createPool(database.ownerUrl, 4);
  const floor = createPool(database.superuserUrl, 4);
  const rows: Record<string, Row> = {};
  try {
    const postmaster = Number((await readFile(join(folder, 'pg/postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
    const subject: Subject = { port: server.smtpPort, owner, floor, pids: { server: server.child.pid!, postgres: postmaster } };
    await makeFloor(floor);
    await measure(subject, { connections: 2, count: 40 });
    for (const connections of [1, 4]) {
      rows[`${connections} at once`] = await measure(subject, { connections, count: full ? 5_000 : 600 });
    }
    if (!quiet) console.table(rows);
    return { rows };
  } finally {
    await owner.end();
    await floor.end();
    server.child.kill('SIGTERM');
    await once(server.child, 'exit');
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Subject = { port: number; owner: pg.Pool; floor: pg.Pool; pids: { server: number; postgres: number } };

async function measure({ port, owner, floor, pids }: Subject, { connections, count }: { connections: number; count: number }): Promise<Row> {
  const mails = Array.from({ length: count }, (_, i) => message(i));
  const floorProcessor = await processorSeconds([process.pid, pids.postgres]);
  const floorSeconds = await timed(() => inLanes(connections, mails, (raw) => floorIntake(floor, raw)));
  const floorSpent = await processorSeconds([process.pid, pids.postgres]) - floorProcessor;
  // What the server commits by itself in the same time (it polls) is not the mails' doing.
  const idlePerSecond = await idleCommits(owner);
  const before = await commitsOf(owner);
  const waiting = async () => Number((await owner.query(`select count(*) as n from inbound_messages where state = 'received'`)).rows[0].n);
  const [serverBefore, postgresBefore] = [await processorSeconds([pids.server]), await processorSeconds([pids.postgres])];
  const began = performance.now();
  const transports = Array.from({ length: connections }, () => createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: 1, maxMessages: Infinity }));
  const lane = [...transports];
  await inLanes(connections, mails, async (raw) => {
    const transport = lane.pop()!;
    await transport.sendMail({ envelope: { from: 'ann@example.org', to: 'support@localhost' }, raw });
    lane.push(transport);
  });
  const acceptedSeconds = (performance.now() - began) / 1000;
  for (const transport of transports) transport.close();
  while (await waiting() > 0) await pause(20);
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

/** 15 to 20 KB, every fifth with a small attachment; no two alike. */
function message(i: number): Buffer {
  const words = Array.from({ length: 900 }, (_, n) => `word${(i * 31 + n * 17) % 5000}`).join(' ').replace(/(.{70,78}) /g, '$1\r\n');
  const padding = randomBytes(4_500).toString('hex').replace(/(.{76})/g, '$1\r\n');
  const head = `From: Customer ${i % 200} <customer${i % 200}@example.org>\r\nTo: support@localhost\r\nSubject: Order ${i} ${randomBytes(4).toString('hex')}\r\n`
    + `Message-ID: <${randomBytes(12).toString('hex')}@example.org>\r\nDate: Mon, 02 Mar 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n`;
  if (i % 5 !== 0) return Buffer.from(`${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n\r\n${padding}\r\n`);
  return Buffer.from(`${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n--b\r\n`
    + `Content-Type: image/png; name=a.png\r\nContent-Disposition: attachment; filename=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\n`
    + `${randomBytes(6_000).toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n--b--\r\n`);
}

async function startServer(folder: string, { appUrl, ownerUrl }: { appUrl: string; ownerUrl: string }): Promise<{ child: ChildProcess; smtpPort: number }> {
  const [port, smtpPort] = [await freePort(), await freePort()];
  const env = {
    ...process.env, PORT: String(port), RAPPORT_SMTP_PORT: String(smtpPort), RAPPORT_DATA: join(folder, 'data'), DATABASE_URL: appUrl,
    RAPPORT_DATABASE_OWNER_URL: ownerUrl, RAPPORT_OWNER_EMAIL: 'owner@example.org', RAPPORT_OWNER_PASSWORD: randomBytes(12).toString('hex'),
  };
  const child = spawn(process.execPath, [join(ROOT, 'apps/server/main.ts')], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const limit = performance.now() + READY_LIMIT_MS;
  while (performance.now() < limit && child.exitCode === null) {
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false)) return { child, smtpPort };
    await pause(50);
  }
  child.kill('SIGTERM');
  throw new Error('Rapport did not become ready');
}
