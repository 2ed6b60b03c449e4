import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { removeThoseOfTheDead } from './memory-folder.ts';

/** More than any process has. */
const DEAD = 4_194_305;

function memory(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-memory-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function mounted(disk: string): boolean {
  mkdirSync(disk, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('what a run that was killed left goes, and what a living one has stays', () => {
  const place = memory();
  mkdirSync(join(place, `rapport-run-${DEAD}-a`, 'deep'), { recursive: true });
  mkdirSync(join(place, `rapport-run-${process.pid}-b`));
  mkdirSync(join(place, 'of-others'));
  removeThoseOfTheDead(place);
  expect(readdirSync(place).toSorted()).toEqual(['of-others', `rapport-run-${process.pid}-b`]);
});

test('a disk that a killed run had mounted goes with it', (context) => {
  const place = memory();
  const disk = join(place, `rapport-run-${DEAD}-a`, 'rapport-disk-x');
  context.skip(!mounted(disk), 'nobody may mount here');
  writeFileSync(join(disk, 'full'), 'to the brim');
  removeThoseOfTheDead(place);
  expect(readdirSync(place)).toEqual([]);
});
