import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log } from '../../kernel/log.ts';

const MEGABYTE = 1024 * 1024;
/** Kept free for what is under way, and for PostgreSQL, which ends when it cannot write its log. */
const RESERVE = { share: 0.05, least: 32 * MEGABYTE, most: 256 * MEGABYTE };
/** To begin again there must be so much more than the reserve, or it would be full again at once. */
const ENOUGH = 1.1;
const LOOK_MS = 5_000;
const PROBE_BYTES = 64 * 1024;
const FULL = new Set(['ENOSPC', 'EDQUOT', '53100']);

/** Of the file system or of PostgreSQL, which may be another one. */
export function isFullDisk(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth++) {
    if (FULL.has(String((at as { code?: unknown }).code))) return true;
    at = (at as { cause?: unknown }).cause;
  }
  return false;
}

export type Space = ReturnType<typeof createSpace>;

/**
 * Whether there is room on disk for what comes in. Full is what is nearly full: then mail waits where it is, while there
 * is still room for those who want to clear up. It looks again by itself, and begins again without being told.
 * `tryDatabase` writes something small, for a PostgreSQL whose disk is not ours to look at.
 */
export function createSpace({ dataDir, tryDatabase, log, machineNow, sizes = sizesOf }: {
  dataDir: string; tryDatabase: () => Promise<unknown>; log: Log; machineNow: () => Date;
  sizes?: (folder: string) => Promise<{ free: number; total: number }>;
}) {
  let fullSince: Date | null = null;
  let free: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;

  function full(facts: object): void {
    if (fullSince) return;
    fullSince = machineNow();
    log.error(facts, 'the disk is full: mail is put off until there is room again');
  }

  async function measure(): Promise<void> {
    const found = await sizes(dataDir);
    free = found.free;
    const reserve = Math.min(Math.max(found.total * RESERVE.share, RESERVE.least), RESERVE.most);
    if (free < reserve) full({ free, reserve });
    else if (fullSince && free >= reserve * ENOUGH && await canWrite()) {
      log.warn({ free, since: fullSince }, 'there is room on the disk again: mail is taken');
      fullSince = null;
    }
  }

  async function canWrite(): Promise<boolean> {
    try {
      await tryFile(dataDir);
      await tryDatabase();
      return true;
    } catch (error) {
      log.warn({ err: error }, 'the disk is still full');
      return false;
    }
  }

  const look = (): Promise<void> => {
    looking ??= measure().catch((error: unknown) => { log.warn({ err: error }, 'the room on the disk could not be measured'); })
      .finally(() => { looking = null; });
    return looking;
  };

  return {
    isFull: (): boolean => fullSince !== null,
    fullSince: (): Date | null => fullSince,
    /** Bytes; null before the first look. */
    free: (): number | null => free,
    /** Told of a failure; a full disk is one, whoever's it is. */
    failed(error: unknown): void { if (isFullDisk(error)) full({ err: error }); },
    look,
    async start(): Promise<void> {
      timer = setInterval(() => { void look(); }, LOOK_MS).unref();
      await look();
    },
    async stop(): Promise<void> {
      if (timer) clearInterval(timer);
      await looking;
    },
  };
}

async function sizesOf(folder: string): Promise<{ free: number; total: number }> {
  // Before the first file there may be no folder yet.
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  const { bavail, blocks, bsize } = await statfs(there);
  return { free: bavail * bsize, total: blocks * bsize };
}

async function tryFile(folder: string): Promise<void> {
  const path = join(folder, `.room-${randomBytes(6).toString('hex')}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(Buffer.alloc(PROBE_BYTES));
      await file.sync();
    } finally {
      await file.close();
    }
  } finally {
    await rm(path, { force: true });
  }
}
