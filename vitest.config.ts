import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores and one PostgreSQL: more workers only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'core',
          include: ['kernel/**/*.test.ts', 'features/*/core/**/*.test.ts', 'tools/checks/**/*.test.ts'],
        },
      },
      {
        test: {
          name: 'server',
          include: [
            'platform/**/*.test.ts', 'features/*/server/**/*.test.ts', 'apps/server/**/*.test.ts', 'db/**/*.test.ts',
            'testing/**/*.test.ts', 'tools/*.test.ts',
          ],
          exclude: ['platform/browser/**'],
          globalSetup: './testing/global-setup.ts',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'web',
          environment: 'jsdom',
          // Contrast is computed from the tokens as they are written.
          css: { include: [/tokens\/color\.css/] },
          include: [
            'ui/**/*.test.{ts,tsx}', 'platform/browser/**/*.test.{ts,tsx}', 'features/*/agent/**/*.test.{ts,tsx}',
            'apps/agent/**/*.test.{ts,tsx}',
          ],
        },
      },
      {
        test: {
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          globalSetup: './testing/global-setup.ts',
          testTimeout: 90_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
