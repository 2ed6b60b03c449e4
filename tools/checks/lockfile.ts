import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './command.ts';

type Entry = { optionalDependencies?: Record<string, string> };

/**
 * npm leaves packages for other machines out of the lockfile when the registry at hand does not carry them, and then
 * `npm ci` refuses the lockfile everywhere.
 */
export async function lockfile(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: Record<string, Entry> };
  const problems: string[] = [];
  for (const [path, { optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (!isLocked(packages, path, name)) problems.push(`package-lock.json lacks ${name}@${version} (optional, of ${path || 'the package'})`);
    }
  }
  return problems;
}

/** Looks where Node would look: beside the package that asks, then further up. */
function isLocked(packages: Record<string, unknown>, from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/'))).replace(/\/$/, '')) {
    if (`${place === '' ? '' : `${place}/`}node_modules/${name}` in packages) return true;
    if (place === '') return false;
  }
}
