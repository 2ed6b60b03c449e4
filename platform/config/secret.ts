import { hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import type { Config } from './config.ts';

/**
 * The secret from which every key is derived: `RAPPORT_SECRET`, or 32 random bytes made once and kept (0600) in the
 * data directory. Losing it signs everybody out and makes stored credentials unreadable.
 */
export function secretFor(config: Pick<Config, 'secret' | 'dataDir'>): string {
  return config.secret ?? keptSecret(config.dataDir, 'secret');
}

/** An independent 256-bit key for each purpose, so that one use of the secret says nothing about another. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'rapport', purpose, 32));
}

/** A random text in a file of its own, durable before it is used; processes that start together agree on one. */
export function keptSecret(directory: string, name: string): string {
  const path = join(directory, name);
  try {
    return readKept(path) ?? makeKept(directory, path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('unavailable', 'config.secret_unavailable',
      `The secret in ${path} cannot be read or written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); give this account the right to do so.`);
  }
}

function readKept(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (text.length < 32) {
    throw new AppError('invalid', 'config.secret_damaged', `The secret in ${path} is too short; restore it from a backup, or remove the file to make a new one.`);
  }
  return text;
}

function makeKept(directory: string, path: string): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    // A link, unlike a rename, fails when another process was first.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  syncDirectory(directory);
  return readKept(path) ?? '';
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
