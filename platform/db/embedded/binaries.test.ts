import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { postgresAccount } from './account.ts';
import { findPackage, prepareBinaries } from './binaries.ts';

function folder(mode: number): string {
  const path = mkdtempSync(join(tmpdir(), 'rapport-binaries-'));
  chmodSync(path, mode);
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const account = postgresAccount();
const versionSaidBy = (postgres: string): string => execFileSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });

test('the installed server runs, its libraries linked', async () => {
  const { postgres, version } = await prepareBinaries(folder(0o755), account);
  expect(versionSaidBy(postgres)).toContain(` ${version}`);
});

test('links that were never made are made', async () => {
  const { native, version } = findPackage();
  const copy = join(folder(0o755), 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  unlinkSync(join(copy, 'lib/libicuuc.so.60'));
  const { postgres } = await prepareBinaries(folder(0o755), account, { native: copy, version });
  expect(postgres).toBe(join(copy, 'bin/postgres'));
  expect(versionSaidBy(postgres)).toContain('PostgreSQL');
});

test.runIf(account !== null)('as root, a server that its account cannot reach is copied to where it can', async () => {
  const { native, version } = findPackage();
  const closed = folder(0o700);
  cpSync(native, join(closed, 'native'), { recursive: true, verbatimSymlinks: true });
  const home = join(folder(0o755), 'home');
  mkdirSync(home);

  const { postgres } = await prepareBinaries(home, account, { native: join(closed, 'native'), version });
  expect(postgres).toMatch(home);
  expect(versionSaidBy(postgres)).toContain('PostgreSQL');
});
