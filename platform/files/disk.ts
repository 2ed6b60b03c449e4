import { randomBytes } from 'node:crypto';
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const HASH = /^[0-9a-f]{64}$/;
const SHARD = /^[0-9a-f]{2}$/;
const DRAFT = /\.draft$/;

export const isHash = (text: string): boolean => HASH.test(text);

/** `<root>/ab/cdef…`: two letters of the hash, then the rest, so that no directory grows too wide. */
export const placeOf = (root: string, sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2));

/** The size on disk; null when there is no such file. */
export async function sizeOnDisk(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Durable when it returns: the bytes, the name, and the directories on the way to it. */
export async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const directory = dirname(path);
  const made = await mkdir(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  // Another process may have made the directory a moment ago, so its name is made durable every time.
  for (const changed of new Set([directory, dirname(directory), dirname(made ?? directory)])) await syncDirectory(changed);
}

/** Every hash on disk, one directory after the other; drafts older than `draftsBefore` are removed on the way. */
export async function* hashesOnDisk(root: string, draftsBefore: Date): AsyncGenerator<string> {
  for await (const shard of listed(root)) {
    if (!SHARD.test(shard)) continue;
    for await (const name of listed(join(root, shard))) {
      if (DRAFT.test(name)) await removeOld(join(root, shard, name), draftsBefore);
      else if (isHash(shard + name)) yield shard + name;
    }
  }
}

async function* listed(directory: string): AsyncGenerator<string> {
  try {
    for await (const { name } of await opendir(directory)) yield name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function removeOld(path: string, before: Date): Promise<void> {
  try {
    if ((await stat(path)).mtime < before) await rm(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
