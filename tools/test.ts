import { startVitest, type TestModule } from 'vitest/node';

/** Runs the tests that the arguments name (none: all of them) and ends with the plain line that machines read. */
const asked = process.argv.slice(2);
const filters = asked.filter((word) => !word.startsWith('-'));
const counts = { passed: 0, failed: 0, skipped: 0 };

let broken = false;
try {
  const vitest = await startVitest('test', filters, { run: true, watch: false, passWithNoTests: false });
  const modules = vitest.state.getTestModules();
  for (const module of modules) count(module);
  broken = modules.length === 0 || vitest.state.getUnhandledErrors().length > 0;
  await vitest.close();
} catch (error) {
  console.error(error);
  broken = true;
}
// What fails outside any test (a set-up, a stray rejection) is a failure too.
if (broken && counts.failed === 0) counts.failed = 1;

console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

function count(module: TestModule): void {
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    counts[state === 'pending' ? 'failed' : state] += 1;
  }
  // A file that could not be read, or a hook that failed.
  const beside = [...module.errors(), ...[...module.children.allSuites()].flatMap((suite) => [...suite.errors()])];
  counts.failed += beside.length;
}
