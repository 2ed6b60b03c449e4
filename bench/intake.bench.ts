import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { startEmbedded } from '../platform/db/embedded/embedded.ts';
import { createPool } from '../platform/db/db.ts';
import type { BenchOptions } from './bench.ts';
import { freePort } from './free-port.ts';
import { floorIntake, makeFloor } from './intake-floor.ts';
import { learnToReceive, message, settleDown } from './intake-mail.ts';
import { postmasterOf, processorSeconds } from './processor.ts';
import { prepare } from './scale-data.ts';
import { converse, letter } from './smtp-client.ts';

export const about = 'mails a second by SMTP until the 250 and until filed, 1 and 4 connections, beside the simplest durable path; commits for each mail (--full: at 1,000 and 1,000,000 tickets)';

const ROOT = join(import.meta.dirname, '..');
const READY_LIMIT_MS = 60_000;
const FILED_LIMIT_MS = 600_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What so many mails took, in seconds and commits. */
type Taken = { mails: number; accepted: number; filed: number; floor: number; commits: number; serverProcessor: number; postgresProcessor: number; floorProcessor: number };
type Desk = { size: number; subject: Subject; stop(): Promise<void> };

/** With how many tickets the desks begin; measured by turns, so that what else the machine does is the same for both. */
const FULL = [1_000, 1_000_000] as const;
const TO = 'support@desk.example';
/** Until the code is warm; what comes then is what a server does all day. */
const WARM = 300;
const MAILS = 600;

export async function run({ full, quiet }: BenchOptions): Promise<Record<string, unknown>> {
  const say = (line: string) => { if (!quiet) console.log(line); };
  const taken = await byTurns(full ? FULL : [0], say);
  const rows = Object.fromEntries([...taken].map(([name, all]) => [name, rowOf(all)]));
  if (!quiet) console.table(rows);
  if (!full) return { rows };
  const growth = growthOf(taken);
  say(`mails a second with ${FULL[1].toLocaleString('en')} tickets, as a share of those with ${FULL[0].toLocaleString('en')}: ${JSON.stringify(growth)}`);
  return { rows, growth };
}

async function byTurns(sizes: readonly number[], say: (line: string) => void): Promise<Map<string, Taken[]>> {
  const desks: Desk[] = [];
  const taken = new Map<string, Taken[]>();
  try {
    for (const size of sizes) desks.push(await openDesk(size, say));
    for (const { subject } of desks) {
      await measure(subject, { connections: 2, count: WARM });
      await settleDown(subject.owner, subject.floor);
    }
    for (const connections of [1, 4]) {
      for (const { size, subject } of desks.length > 1 ? [...desks, ...desks.toReversed()] : desks) {
        const name = nameOf(size, connections);
        taken.set(name, [...taken.get(name) ?? [], await measure(subject, { connections, count: MAILS })]);
      }
    }
    return taken;
  } finally {
    for (const desk of desks) await desk.stop();
  }
}

const nameOf = (size: number, connections: number): string => `${size.toLocaleString('en')} tickets, ${connections} at once`;

function growthOf(taken: ReadonlyMap<string, readonly Taken[]>): Record<string, number> {
  const rate = (size: number, connections: number, until: 'accepted' | 'filed') => {
    const all = taken.get(nameOf(size, connections))!;
    return sumOf(all, 'mails') / sumOf(all, until);
  };
  return Object.fromEntries([1, 4].flatMap((connections) => (['accepted', 'filed'] as const).map((until) =>
    [`${until}, ${connections} at once`, hundredths(rate(FULL[1], connections, until) / rate(FULL[0], connections, until))])));
}

const sumOf = (all: readonly Taken[], what: keyof Taken): number => all.reduce((sum, one) => sum + one[what], 0);
const hundredths = (value: number): number => Math.round(value * 100) / 100;

function rowOf(all: readonly Taken[]) {
  const mails = sumOf(all, 'mails');
  const floor = sumOf(all, 'floor');
  const perSecond = (what: 'accepted' | 'filed' | 'floor') => Math.round(mails / sumOf(all, what));
  const share = (what: 'accepted' | 'filed') => `${Math.round((floor / sumOf(all, what)) * 100)} % of the floor`;
  const each = (what: 'serverProcessor' | 'postgresProcessor' | 'floorProcessor') => milliseconds(sumOf(all, what) / mails);
  return {
    mails, acceptedPerSecond: perSecond('accepted'), filedPerSecond: perSecond('filed'), floorPerSecond: perSecond('floor'),
    accepted: share('accepted'), filed: share('filed'), commitsPerMail: hundredths(sumOf(all, 'commits') / mails),
    // Steadier than time on a machine that others use as well.
    processorMs: `${each('serverProcessor')} + ${each('postgresProcessor')} PostgreSQL (floor ${each('floorProcessor')})`,
  };
}

/** A server on a desk with so many tickets; a large one is that of the measurement `scale`, and keeps what comes in. */
async function openDesk(size: number, say: (line: string) => void): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'rapport-intake-'));
  await chmod(folder, 0o755);
  const parts = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => { for (const part of parts.toReversed()) await part(); };
  try {
    const kept = size > 0 ? await prepare(size, say) : null;
    // It is made in seconds, and would grow by half each time.
    if (kept && size < 10_000) parts.push(() => rm(kept.dataDir, { recursive: true, force: true }));
    const database = kept?.server ?? await startEmbedded({ dataDir: join(folder, 'pg'), log: silent });
    parts.push(() => database.stop());
    const floor = createPool(kept?.superuserUrl ?? database.superuserUrl, 4);
    const owner = createPool(database.ownerUrl, 4);
    parts.push(() => owner.end(), () => floor.end(), async () => { await floor.query('drop schema if exists floor cascade'); });
    if (kept) await learnToReceive(owner, kept.desk.workspaceId, TO);
    const server = await startServer(folder, database);
    parts.push(server.stop);
    await makeFloor(floor);
    return { size, stop, subject: { port: server.smtpPort, owner, floor, pids: { server: server.pid, postgres: await postmasterOf(owner) } } };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Subject = { port: number; owner: pg.Pool; floor: pg.Pool; pids: { server: number; postgres: number } };

async function measure({ port, owner, floor, pids }: Subject, { connections, count }: { connections: number; count: number }): Promise<Taken> {
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
  return {
    mails: count, accepted: acceptedSeconds, filed: filedSeconds, floor: floorSeconds, commits,
    serverProcessor: serverSpent, postgresProcessor: postgresSpent, floorProcessor: floorSpent,
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
