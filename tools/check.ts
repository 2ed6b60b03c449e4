import { boundaries } from './checks/boundaries.ts';
import { command } from './checks/command.ts';
import { lockfile } from './checks/lockfile.ts';
import { scriptSize } from './checks/script-size.ts';
import { translations } from './checks/translations.ts';
import { schemaDrift } from './schema.ts';

/** Resolves to what is wrong, one sentence or paragraph each. */
type Check = { name: string; run: () => Promise<string[]> };

/** What was found of files that have not changed since is kept from one run to the next. */
const types = (part: string): Check => ({
  name: `types: ${part}`,
  run: () => command('@typescript/native/bin/tsc', ['-p', `tsconfig.${part}.json`, '--pretty', 'false', '--incremental', '--tsBuildInfoFile', `.cache/types/${part}.tsbuildinfo`]),
});

const CHECKS: readonly Check[] = [
  types('core'),
  types('server'),
  types('web'),
  types('widget'),
  types('worker'),
  types('client'),
  { name: 'lint', run: () => command('oxlint/bin/oxlint', ['--type-aware', '--format', 'unix', '--deny-warnings']) },
  { name: 'boundaries', run: boundaries },
  { name: 'dead code', run: () => command('knip/bin/knip.js', ['--no-progress', '--no-config-hints']) },
  { name: 'schema drift', run: schemaDrift },
  { name: 'translations', run: translations },
  { name: 'script size', run: scriptSize },
  { name: 'lockfile', run: lockfile },
];

const AT_ONCE = 2;
const wanted = process.argv.slice(2);
const queue = CHECKS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));
const failures: { name: string; problems: string[] }[] = [];

async function work(): Promise<void> {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const started = performance.now();
    const problems = await check.run().catch((error: unknown) => [String(error)]);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${check.name.padEnd(16)} ${seconds.padStart(5)} s`);
    if (problems.length > 0) failures.push({ name: check.name, problems });
  }
}

if (queue.length === 0) failures.push({ name: wanted.join(' '), problems: [`no such check; there are: ${CHECKS.map(({ name }) => name).join(', ')}`] });
await Promise.all(Array.from({ length: AT_ONCE }, work));
for (const { name, problems } of failures) console.error(`\n${name}:\n${problems.map((problem) => `  ${problem.replaceAll('\n', '\n  ')}`).join('\n')}`);
console.log(failures.length === 0 ? '\nEvery check passed.' : `\n${failures.length} of the checks failed: ${failures.map(({ name }) => name).join(', ')}.`);
process.exit(failures.length === 0 ? 0 : 1);
