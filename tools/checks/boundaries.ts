import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execute, ROOT } from './command.ts';

const FOLDERS = ['apps', 'clients', 'features', 'platform', 'ui', 'kernel', 'db', 'testing', 'tools', 'bench', 'e2e'];

type Report = {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string; severity: string }; from: string; to: string }[] };
};

/** The walls of `.dependency-cruiser.cjs`; and that every file was seen, since a cruise that finds nothing also succeeds. */
export async function boundaries(): Promise<string[]> {
  const folders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder)));
  const { stdout, stderr } = await execute('dependency-cruiser/bin/dependency-cruiser.mjs',
    [...folders, '--config', '.dependency-cruiser.cjs', '--output-type', 'json']);
  if (stdout === '') return [`dependency-cruiser said nothing: ${stderr}`];
  const { modules, summary } = JSON.parse(stdout) as Report;

  const cruised = new Set(modules.map(({ source }) => source));
  const missed = (await Promise.all(folders.map(sourcesIn))).flat().filter((file) => !cruised.has(file));
  return [
    ...summary.violations.filter(({ rule }) => rule.severity === 'error').map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
    ...missed.map((file) => `${file} was not looked at`),
  ];
}

async function sourcesIn(folder: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && /(?<!\.d)\.(ts|tsx|mjs|mts)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
}
