import { readdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** What a file `bench/NAME.bench.ts` exports. It prints its own table; the figures come back as plain numbers and words. */
export type Bench = {
  about: string;
  run(options: BenchOptions): Promise<Record<string, unknown>>;
};
export type BenchOptions = {
  /** The full size, which may take longer than three minutes. */
  full: boolean;
  /** Nothing but the last line. */
  quiet: boolean;
  /** `-v`: what failed, one by one. */
  verbose: boolean;
  /** The words after the name. */
  words: readonly string[];
};

const SUFFIX = '.bench.ts';
const OPTIONS = ['--full', '--json', '-v', '--'];
const words = process.argv.slice(2);
const name = words.find((word) => !word.startsWith('-'));
const names = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length)).sort();

if (name === undefined) await list();
else if (names.includes(name)) await measure(name);
else {
  console.error(`There is no measurement "${name}"; there are: ${names.join(', ')}.`);
  process.exitCode = 1;
}

async function list(): Promise<void> {
  console.log('npm run bench -- NAME [WORDS] [--full] [--json] [-v]\n');
  for (const each of names) console.log(`  ${each.padEnd(12)} ${(await load(each)).about}`);
}

async function measure(chosen: string): Promise<void> {
  const { about, run } = await load(chosen);
  const quiet = words.includes('--json');
  if (!quiet) console.log(`${chosen}: ${about}\n`);
  const rest = words.slice(words.indexOf(chosen) + 1).filter((word) => !OPTIONS.includes(word));
  const figures = await run({ full: words.includes('--full'), quiet, verbose: words.includes('-v'), words: rest });
  if (!quiet) console.log('');
  console.log(JSON.stringify({ bench: chosen, full: words.includes('--full'), node: process.version, cores: availableParallelism(), ...figures }));
}

async function load(chosen: string): Promise<Bench> {
  return await import(join(import.meta.dirname, `${chosen}${SUFFIX}`)) as Bench;
}
