import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { AppError } from '../../../kernel/errors.ts';
import { blockedAt, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { settingsText, type Tuning } from './settings.ts';

export type Places = {
  /** Owned by the account PostgreSQL runs under; holds everything below. */
  readonly home: string;
  readonly cluster: string;
  readonly sockets: string;
  readonly log: string;
};

/** A UNIX socket's path may have 107 bytes at most; `/.s.PGSQL.5432.lock` and its kin need 20 of them. */
const LONGEST_SOCKET_FOLDER = 85;

/**
 * Makes a folder and those above it; returns the first that was made. One by one, since Node's own recursive mkdir never
 * ends in places such as /proc, where a folder can neither be found nor made.
 */
async function makeFolders(path: string): Promise<string | undefined> {
  const missing: string[] = [];
  for (let folder = path; !existsSync(folder); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => { if (error.code !== 'EEXIST') throw error; });
  }
  return missing[0];
}

export async function preparePlaces(dataDir: string, account: Account | null): Promise<Places> {
  const home = join(dataDir, 'postgres');
  try {
    const made = await makeFolders(dataDir);
    if (account) await letPass(dataDir, made ?? dataDir);
    await makeFolders(home);
    if (account) await chown(home, account.uid, account.gid);
    await readdir(home);
  } catch (error) {
    throw new AppError('unavailable', 'data.unusable',
      `The data directory ${dataDir} cannot be used (${(error as NodeJS.ErrnoException).code ?? String(error)}); make it a folder that this account may read and write, or name another one in RAPPORT_DATA.`);
  }
  const blocked = account && blockedAt(home, account);
  if (blocked !== null) {
    throw new AppError('unavailable', 'data.closed_to_postgres',
      `As root, PostgreSQL runs under the unprivileged uid ${account!.uid}, which may not pass through ${blocked}; set RAPPORT_DATA to a folder like /var/lib/rapport, allow it with chmod o+x ${blocked}, or start Rapport as another user.`);
  }
  return {
    home,
    cluster: join(home, 'cluster'),
    sockets: await socketFolder(home, account),
    log: join(home, 'postgres.log'),
  };
}

/** Makes the cluster when there is none; it appears complete or not at all. */
export async function prepareCluster({ cluster, home }: Places, options: {
  binaries: Binaries; account: Account | null; superuserPassword: string; durable: boolean;
}): Promise<void> {
  const { binaries, account } = options;
  if (!existsSync(join(cluster, 'PG_VERSION'))) {
    const draft = `${cluster}.${randomBytes(4).toString('hex')}`;
    try {
      await initdb(draft, options);
      await rename(draft, cluster).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
    await removeDrafts(home);
  }
  const major = Number(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'));
  if (major !== binaries.major) {
    throw new AppError('unavailable', 'database.other_major',
      `The data in ${cluster} belongs to PostgreSQL ${major}, but this version of Rapport carries PostgreSQL ${binaries.major}; start it with the Rapport that wrote it, export there, and import here.`);
  }
  if (account && (await stat(cluster)).uid !== account.uid) {
    throw new AppError('unavailable', 'data.other_account',
      `The data in ${cluster} was written when Rapport ran under another account; run Rapport as that account, or hand it over with chown -R ${account.uid}:${account.gid} ${home}.`);
  }
}

/** Our settings replace whatever was there; `custom.conf` in the cluster's folder is the operator's. True: they changed. */
export async function writeSettings({ cluster, sockets }: Places, tuning: Tuning, account: Account | null): Promise<boolean> {
  const text = settingsText(sockets, tuning);
  const path = join(cluster, 'postgresql.conf');
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return false;
  const draft = `${path}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  if (account) await chown(draft, account.uid, account.gid);
  await rename(draft, path);
  return true;
}

async function initdb(draft: string, { binaries, account, superuserPassword, durable }: {
  binaries: Binaries; account: Account | null; superuserPassword: string; durable: boolean;
}): Promise<void> {
  const passwordFile = `${draft}.password`;
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  try {
    await promisify(execFile)(binaries.initdb, [
      '--pgdata', draft, '--username', 'postgres', '--pwfile', passwordFile,
      '--auth', 'scram-sha-256', '--encoding', 'UTF8', '--data-checksums', '--no-instructions',
      // Case and character classes by Unicode everywhere, whatever locales the machine has. The C library's type must
      // be UTF-8 too, or trigrams would skip every letter outside ASCII.
      '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8',
      '--lc-collate', 'C', '--lc-ctype', process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8', '--lc-messages', 'C',
      ...(durable ? [] : ['--no-sync']),
    ], { ...account, cwd: '/', env: { TZ: 'UTC' }, timeout: 120_000 });
  } catch (error) {
    if (String((error as { stderr?: string }).stderr).includes('could not look up effective user')) {
      throw new AppError('unavailable', 'database.nameless_account',
        `PostgreSQL needs an account with a name, but uid ${account?.uid ?? process.getuid?.()} has none on this machine; add it to /etc/passwd, or set DATABASE_URL.`);
    }
    const said = String((error as { stderr?: string }).stderr ?? error).trim().split('\n').slice(-3).join(' ');
    throw new AppError('unavailable', 'database.not_created', `PostgreSQL could not create its data in ${draft}: ${said}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/** Lets others pass through (not look into) the data directory and the folders that were made for it. */
async function letPass(dataDir: string, topmost: string): Promise<void> {
  for (let folder = dataDir; folder.length >= topmost.length; folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) === 0) await chmod(folder, (mode & 0o777) | 0o011);
  }
}

async function socketFolder(home: string, account: Account | null): Promise<string> {
  const near = join(home, 'run');
  if (Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER) return privateFolder(near, account);
  const name = createHash('sha256').update(home).digest('hex').slice(0, 12);
  return privateFolder(join(tmpdir(), `rapport-${name}`), account);
}

async function privateFolder(path: string, account: Account | null): Promise<string> {
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  const ours = found.isDirectory() && [process.getuid?.(), account?.uid].includes(found.uid) && (found.mode & 0o077) === 0;
  if (!ours) throw new AppError('unavailable', 'data.socket_folder', `${path} must be a private folder (mode 700) of this account; remove it and start again.`);
  if (account) await chown(path, account.uid, account.gid);
  return path;
}

/** What a start that was cut short left behind. Younger drafts may belong to a copy that is starting right now. */
async function removeDrafts(home: string): Promise<void> {
  const anHourAgo = Date.now() - 3_600_000;
  for (const name of (await readdir(home)).filter((entry) => entry.startsWith('cluster.'))) {
    const path = join(home, name);
    const found = await stat(path).catch(() => null);
    if (found && found.mtimeMs < anHourAgo) await rm(path, { recursive: true, force: true });
  }
}
