import { defineConfig } from 'vitest/config';
import { LongestFirst } from './testing/longest-first.ts';

/** What is waited for may take long on a busy machine; a test that fails is slow, one that passes is not. */
const patient = { testTimeout: 120_000, hookTimeout: 60_000, expect: { poll: { timeout: 15_000 } } };

/** What a test makes is gone with it; room for it all spares the collector from looking at what lives in between. MiB. */
const ROOMY = ['--min-semi-space-size=16', '--max-semi-space-size=64'];

/** What only computes never waits for anything: more than two would load the same modules, and a document, for nothing. They come when the servers are through. */
const computing = { maxWorkers: 2, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    // For two cores: much of the time is spent waiting for what was started, killed or cut off, and for PostgreSQL's answers.
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'core',
          ...computing,
          testTimeout: patient.testTimeout,
          execArgv: ROOMY,
          // Pure functions leave nothing behind.
          isolate: false,
          include: ['kernel/**/*.test.ts', 'features/*/core/**/*.test.ts', 'apps/widget/**/*.test.ts', 'clients/*/src/**/*.test.ts', 'tools/checks/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'server',
          // Nothing here runs long enough for the slowest of the compilers: it took a twelfth of all, and gave less back.
          execArgv: [...ROOMY, '--no-turbofan'],
          // Modules keep nothing between files: what is composed is closed by whoever composed it. Journeys share one browser for each worker.
          isolate: false,
          include: [
            'platform/**/*.test.ts', 'features/*/server/**/*.test.ts', 'apps/server/**/*.test.ts', 'clients/*/test/**/*.test.ts', 'db/**/*.test.ts',
            'testing/**/*.test.ts', 'tools/*.test.ts', 'e2e/**/*.test.ts',
          ],
          // Pictures are for eyes: `tools/pictures.ts --every` asks for them.
          exclude: ['platform/browser/**', ...(process.env['PICTURES_IN'] === undefined ? ['e2e/pictures.test.ts'] : [])],
          globalSetup: './testing/global-setup.ts',
          ...patient,
        },
      },
      {
        test: {
          name: 'web',
          ...computing,
          execArgv: ROOMY,
          environment: 'jsdom',
          isolate: false,
          setupFiles: './testing/screens-setup.tsx',
          // Contrast is computed from the tokens as they are written.
          css: { include: [/tokens\/color\.css/] },
          include: [
            'ui/**/*.test.{ts,tsx}', 'platform/browser/**/*.test.{ts,tsx}', 'features/*/agent/**/*.test.{ts,tsx}',
            'apps/agent/**/*.test.{ts,tsx}',
          ],
          ...patient,
        },
      },
    ],
  },
});
