import { execFileSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** What a whole run may take, with room for everything else that the machine does. */
const WANTED_BYTES = 8 * 1024 ** 3;
const OURS = /^rapport-run-(\d+)-/;

/**
 * A folder whose files are kept in memory, if this machine has one with enough room: a run makes and drops hundreds of
 * databases, of a thousand files each, and on a disk that is most of what it costs. Null: there is none.
 */
export function memoryFolder(): string | null {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= WANTED_BYTES && freeMemory() >= WANTED_BYTES && mayRunPrograms() ? MEMORY : null;
  } catch {
    return null;
  }
}

const freeMemory = (): number => Number(/^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024;

function mayRunPrograms(): boolean {
  const mounts = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')).filter(([, place]) => place === MEMORY);
  return mounts.length > 0 && mounts.every(([, , kind, options]) => kind === 'tmpfs' && !options?.split(',').includes('noexec'));
}

/** What tests leave in temporary folders lies in memory too, until `leave`. The first who asks for it in a run makes it. */
export function temporaryInMemory(): { leave(): void } {
  const memory = memoryFolder();
  if (memory === null || process.env['TMPDIR'] !== undefined) return { leave: () => undefined };
  removeThoseOfTheDead(memory);
  const folder = mkdtempSync(join(memory, `rapport-run-${process.pid}-`));
  // PostgreSQL passes through it under an account of its own.
  chmodSync(folder, 0o755);
  process.env['TMPDIR'] = folder;
  return {
    leave() {
      delete process.env['TMPDIR'];
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs that were killed could not clean up. */
export function removeThoseOfTheDead(memory: string): void {
  for (const name of readdirSync(memory)) {
    const pid = Number(OURS.exec(name)?.[1] ?? 0);
    if (pid > 0 && !isAlive(pid)) removeLeft(join(memory, name));
  }
}

/** With the small disks that a killed test had mounted in it. What cannot be removed takes memory, and is no reason not to run. */
function removeLeft(folder: string): void {
  try {
    const disks = readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '').filter((place) => place.startsWith(`${folder}/`));
    for (const disk of disks) execFileSync('umount', ['-l', disk], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    console.warn(`${folder} of a run that was killed cannot be removed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const CLUSTER = /^rapport-test-[0-9a-f]{12}$/;
/** Names the checkout whose cluster lies in the folder. */
const WHOSE = 'checkout';

/** Says in a folder for a cluster whose it is, and removes those of checkouts that are gone, unless their server still runs. */
export function keepClusterOf(root: string, folder: string): void {
  writeFileSync(join(folder, WHOSE), root);
  const memory = memoryFolder();
  if (memory === null) return;
  for (const name of readdirSync(memory)) {
    const other = join(memory, name);
    if (CLUSTER.test(name) && isLeft(other)) removeLeft(other);
  }
}

function isLeft(folder: string): boolean {
  const said = (...path: string[]): string => { try { return readFileSync(join(folder, ...path), 'utf8'); } catch { return ''; } };
  const root = said(WHOSE);
  const pid = Number(said('postgres', 'cluster', 'postmaster.pid').split('\n')[0]);
  return root !== '' && !existsSync(root) && !(pid > 0 && isAlive(pid));
}
