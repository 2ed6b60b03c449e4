import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { deriveKey, secretFor } from './secret.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'rapport-secret-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('the secret is made once, kept for its owner alone, and nothing else is left', () => {
  const dataDir = join(folder(), 'data');
  const secret = secretFor({ secret: null, dataDir });
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(secretFor({ secret: null, dataDir })).toBe(secret);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(dataDir)).toEqual(['secret']);
});

test('two installations have different secrets', () => {
  expect(secretFor({ secret: null, dataDir: folder() })).not.toBe(secretFor({ secret: null, dataDir: folder() }));
});

test('the secret of the environment wins and is not written down', () => {
  const dataDir = folder();
  expect(secretFor({ secret: 'from the environment', dataDir })).toBe('from the environment');
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a damaged or unreachable secret is refused in words, never replaced', () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, 'secret'), 'short');
  expect(() => secretFor({ secret: null, dataDir })).toThrow(expect.objectContaining({ code: 'config.secret_damaged' }));
  writeFileSync(join(dataDir, 'file'), '');
  expect(() => secretFor({ secret: null, dataDir: join(dataDir, 'file') })).toThrow(expect.objectContaining({ code: 'config.secret_unavailable' }));
});

test('keys for different purposes or secrets have nothing in common', () => {
  const keys = [deriveKey('one', 'cookies'), deriveKey('one', 'links'), deriveKey('two', 'cookies')].map((key) => key.toString('hex'));
  expect(new Set(keys).size).toBe(3);
  expect(keys.every((key) => key.length === 64)).toBe(true);
  expect(deriveKey('one', 'cookies').toString('hex')).toBe(keys[0]);
});
