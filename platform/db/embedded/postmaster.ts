import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../../kernel/errors.ts';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import type { Places } from './cluster.ts';

const POLL_MS = 15;
/** After a crash PostgreSQL first replays its log; that may take a while and must not be interrupted. */
const START_LIMIT_MS = 300_000;
const STOP_LIMIT_MS = 20_000;
const ATTEMPTS = 5;
/** Above every process id that Linux or macOS gives out. */
const NOBODYS_PID = 2_147_483_646;
const PASSWORD_REFUSED = '28P01';

export type Postmaster = {
  readonly places: Places;
  readonly binaries: Binaries;
  readonly account: Account | null;
  readonly superuserPassword: string;
  /** True: what a running server has read is out of date. */
  readonly writeSettings: () => Promise<boolean>;
};
export type Connected = { client: pg.Client; pid: number; adopted: boolean };

/** Connects to the server of this cluster: the one that runs already (left behind by a killed process), or a new one. */
export async function ensureRunning(postmaster: Postmaster): Promise<Connected> {
  const { places } = postmaster;
  const deadline = Date.now() + START_LIMIT_MS;
  let started: ChildProcess | null = null;
  let attempts = 0;
  while (Date.now() < deadline) {
    const pid = runningPid(places.cluster);
    if (pid !== null) {
      const client = await tryConnect(postmaster);
      if (client) return { client, pid, adopted: pid !== started?.pid };
    } else if (started === null || hasEnded(started)) {
      if (attempts === ATTEMPTS) throw notStarted(places);
      // Helpers of a server that was killed outlive it for a moment and hold its shared memory.
      await pause(attempts * 250);
      attempts += 1;
      await refuseForeign(postmaster);
      await postmaster.writeSettings();
      forgetStaleLocks(places);
      started = start(postmaster);
    }
    await pause(POLL_MS);
  }
  throw new AppError('unavailable', 'database.not_ready', `PostgreSQL did not become ready within ${START_LIMIT_MS / 60_000} minutes; its log is ${places.log}.`);
}

/** Fast shutdown, waited for; a server that hangs is told to leave at once (it recovers at the next start). */
export async function stopServer({ places }: Pick<Postmaster, 'places'>, pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (runningPid(places.cluster) !== pid) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    const deadline = Date.now() + (signal === 'SIGINT' ? STOP_LIMIT_MS : STOP_LIMIT_MS / 4);
    while (Date.now() < deadline) {
      if (runningPid(places.cluster) !== pid) return;
      await pause(POLL_MS);
    }
  }
  throw new AppError('unavailable', 'database.not_stopped', `PostgreSQL (process ${pid}) does not stop; its log is ${places.log}.`);
}

/** Of the server at work on this cluster; null: none, whatever a stale postmaster.pid says. */
export function runningPid(cluster: string): number | null {
  const pid = pidIn(join(cluster, 'postmaster.pid'));
  return pid !== null && worksIn(pid, cluster) ? pid : null;
}

function pidIn(lockFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(lockFile, 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** A process id may have been given to a stranger since; a PostgreSQL server always works in its cluster's folder. */
function worksIn(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * PostgreSQL takes any living (or unburied) process in its lock files for a server at work. In postmaster.pid only the
 * process id is replaced: the rest names the shared memory, by which PostgreSQL finds survivors of the old server.
 */
function forgetStaleLocks({ cluster, sockets }: Places): void {
  const own = join(cluster, 'postmaster.pid');
  const ownPid = pidIn(own);
  if (ownPid !== null && !worksIn(ownPid, cluster)) {
    writeFileSync(own, readFileSync(own, 'utf8').replace(/^\d+/, String(NOBODYS_PID)));
  }
  const socketLock = join(sockets, '.s.PGSQL.5432.lock');
  const socketPid = pidIn(socketLock);
  if (socketPid !== null && !worksIn(socketPid, cluster)) rmSync(socketLock, { force: true });
}

function start({ places, binaries, account }: Postmaster): ChildProcess {
  const log = openSync(places.log, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  try {
    // In a session of its own, so that a terminal's Ctrl-C ends the application first and the database after it.
    const child = spawn(binaries.postgres, ['-D', places.cluster], {
      ...account, detached: true, cwd: '/', env: { TZ: 'UTC', LC_ALL: 'C' }, stdio: ['ignore', log, log],
    });
    child.on('error', () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

const hasEnded = (child: ChildProcess): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Null while the server is starting or stopping. */
async function tryConnect({ places, superuserPassword }: Postmaster): Promise<pg.Client | null> {
  const client = new pg.Client({
    host: places.sockets, port: 5432, user: 'postgres', password: superuserPassword, database: 'postgres',
    connectionTimeoutMillis: 5_000, application_name: 'rapport-supervisor',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if ((error as { code?: string }).code !== PASSWORD_REFUSED) return null;
    throw new AppError('unavailable', 'database.password_lost',
      `The PostgreSQL in ${places.cluster} does not accept the password kept beside it; restore the file database-password of the data directory from a backup.`);
  }
}

/** A server that answers on our socket but is no process of ours runs in another container on the same data. */
async function refuseForeign(postmaster: Postmaster): Promise<void> {
  const client = await tryConnect(postmaster);
  if (!client) return;
  await client.end();
  throw inUse(postmaster.places);
}

export const inUse = ({ home }: Places): AppError =>
  new AppError('conflict', 'data.in_use', `Another copy of Rapport is running on the data in ${home}; stop it first, or give this one its own folder in RAPPORT_DATA.`);

function notStarted({ log }: Places): AppError {
  let tail = '';
  try {
    tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join(' | ');
  } catch { /* the sentence below is all there is to say */ }
  return new AppError('unavailable', 'database.not_started', `PostgreSQL did not start; the end of ${log}: ${tail}`);
}
