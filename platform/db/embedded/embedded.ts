import { copyFileSync, lstatSync, rmSync, truncateSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../../kernel/errors.ts';
import { keptSecret, deriveKey } from '../../config/secret.ts';
import { postgresAccount } from './account.ts';
import { prepareBinaries } from './binaries.ts';
import { prepareCluster, preparePlaces, writeSettings, type Places } from './cluster.ts';
import { ensureDatabase, type Passwords } from './database.ts';
import { ensureRunning, inUse, stopServer, type Connected, type Postmaster } from './postmaster.ts';

export type Log = Record<'info' | 'warn' | 'error', (message: string) => void>;

export type Embedded = {
  /** The application's login: no rights of its own, a member of `rapport_app` once the migrations have run. */
  readonly appUrl: string;
  /** Owns the database, migrates; no superuser. */
  readonly ownerUrl: string;
  readonly superuserUrl: string;
  stop(): Promise<void>;
};

const LOCK = 7_304_112_001;
/** How long a process that is just ending may still hold the data. */
const LOCK_PATIENCE_MS = 3_000;
const RESTARTS_AN_HOUR = 10;
const LOG_LIMIT_BYTES = 20 * 1024 * 1024;
const LOG_CHECK_MS = 600_000;
/** With less than this PostgreSQL cannot recover: it needs room for its log. */
const ROOM_BYTES = 20 * 1024 * 1024;
const ROOM_LOOK_MS = 2_000;

/**
 * Starts the PostgreSQL that Rapport carries, on `dataDir`, and keeps it running. A server that a killed process left
 * behind is taken over. One process at a time: the second is refused with one sentence (`data.in_use`).
 */
export async function startEmbedded({ dataDir, log, durable = true, maxConnections = 60, onFailure }: {
  dataDir: string;
  log: Log;
  durable?: boolean;
  maxConnections?: number;
  /** PostgreSQL ended and could not be brought back. */
  onFailure?: (error: unknown) => void;
}): Promise<Embedded> {
  const account = postgresAccount();
  const places = await preparePlaces(dataDir, account);
  const password = keptSecret(dataDir, 'database-password');
  const binaries = await prepareBinaries(places.home, account);
  const superuserPassword = passwordOf(password, 'superuser');
  await prepareCluster(places, { binaries, account, superuserPassword, durable });
  const postmaster: Postmaster = {
    places, binaries, account, superuserPassword,
    writeSettings: () => writeSettings(places, { durable, maxConnections }, account),
  };

  trimLog(places);
  let held = await takeHold(postmaster);
  const passwords: Passwords = { owner: passwordOf(password, 'owner'), login: passwordOf(password, 'login') };
  await ensureDatabase(held.client, passwords);

  let stopping = false;
  let restarts: number[] = [];
  const logTimer = setInterval(() => trimLog(places), LOG_CHECK_MS).unref();

  async function bringBack(): Promise<void> {
    await untilThereIsRoom();
    const now = Date.now();
    restarts = [...restarts.filter((at) => at > now - 3_600_000), now];
    if (restarts.length > RESTARTS_AN_HOUR) throw new Error('PostgreSQL ended too often within an hour');
    log.warn('The connection to PostgreSQL was lost; bringing it back.');
    held = await takeHold(postmaster);
    watch();
  }

  /** A disk that is full ends PostgreSQL and every try to bring it back; that is not the time to give up. */
  async function untilThereIsRoom(): Promise<void> {
    for (let told = false; !stopping && await roomAt(places) < ROOM_BYTES; told = true) {
      if (!told) log.error('PostgreSQL ended on a full disk; it is brought back when there is room.');
      await pause(ROOM_LOOK_MS);
    }
  }

  function watch(): void {
    held.client.once('end', () => {
      if (stopping) return;
      bringBack().catch((error: unknown) => {
        log.error(`PostgreSQL could not be brought back: ${String(error)}`);
        onFailure?.(error);
      });
    });
  }
  watch();
  log.info(`PostgreSQL ${binaries.version} ${held.adopted ? 'was still running' : 'is running'} (process ${held.pid}, ${places.cluster}).`);

  return {
    ...urlsAt(places, password),
    async stop() {
      if (stopping) return;
      stopping = true;
      clearInterval(logTimer);
      await stopServer(postmaster, held.pid);
      await held.client.end().catch(() => undefined);
      if (!places.sockets.startsWith(places.home)) rmSync(places.sockets, { recursive: true, force: true });
    },
  };
}

/** For a command beside a server: its database when it runs, else one that is started for as long as the command takes. */
export async function joinEmbedded(given: { dataDir: string; log: Log }): Promise<Omit<Embedded, 'superuserUrl'>> {
  try {
    return await startEmbedded(given);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'data.in_use') throw error;
    const places = await preparePlaces(given.dataDir, postgresAccount());
    return { ...urlsAt(places, keptSecret(given.dataDir, 'database-password')), stop: () => Promise.resolve() };
  }
}

function urlsAt({ sockets }: Places, password: string): Omit<Embedded, 'stop'> {
  const urlFor = (user: string, role: string, database: string): string =>
    `postgres://${user}:${passwordOf(password, role)}@localhost:5432/${database}?host=${encodeURIComponent(sockets)}`;
  return { appUrl: urlFor('rapport_login', 'login', 'rapport'), ownerUrl: urlFor('rapport_owner', 'owner', 'rapport'), superuserUrl: urlFor('postgres', 'superuser', 'postgres') };
}

const passwordOf = (password: string, role: string): string => deriveKey(password, `database ${role}`).toString('hex').slice(0, 40);

/**
 * The right to the data is an advisory lock in the database itself: it ends with the process that holds it, however
 * that process ends. Only its holder may restart the server, which an update of Rapport makes necessary.
 */
async function takeHold(postmaster: Postmaster): Promise<Connected> {
  const running = await lockedConnection(postmaster);
  if (!running.adopted) return running;
  const outdated = await postmaster.writeSettings();
  if (!outdated && (await versionOf(running.client)) === postmaster.binaries.version) return running;
  await stopServer(postmaster, running.pid);
  await running.client.end().catch(() => undefined);
  return lockedConnection(postmaster);
}

async function lockedConnection(postmaster: Postmaster): Promise<Connected> {
  const running = await ensureRunning(postmaster);
  const deadline = Date.now() + LOCK_PATIENCE_MS;
  while (Date.now() < deadline) {
    const { rows } = await running.client.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK]);
    if (rows[0]?.held) return running;
    await pause(100);
  }
  await running.client.end();
  throw inUse(postmaster.places);
}

async function versionOf(client: Connected['client']): Promise<string> {
  const { rows } = await client.query<{ server_version: string }>('show server_version');
  return rows[0]?.server_version.split(' ')[0] ?? '';
}

async function roomAt({ home }: Places): Promise<number> {
  const { bavail, bsize } = await statfs(home);
  return bavail * bsize;
}

/** The server's log is appended to by the server itself, so it is emptied in place. */
function trimLog({ log }: Places): void {
  const found = lstatSync(log, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size < LOG_LIMIT_BYTES) return;
  copyFileSync(log, `${log}.1`);
  truncateSync(log);
}
