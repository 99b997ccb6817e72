import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

// Tests that take minutes run only when asked for: npm run test:long.
const long = process.env['LONG'] === '1';
const report = process.env['TEST_REPORT'];

const UNIT = 'tests/{rules,db,api,content,search}/**/*.test.ts';
/** Those that replace a module of everybody's. */
const ISOLATED = 'tests/**/*.isolated.test.ts';

export default defineConfig({
  root,
  cacheDir: '.cache/vite',
  test: {
    projects: long
      ? [{ extends: true, test: { name: 'long', include: ['tests/long/**/*.test.ts'] } }]
      : [
          {
            // Files share what they import: that is a quarter of the time.
            extends: true,
            test: { name: 'unit', include: [UNIT], exclude: [ISOLATED], isolate: false },
          },
          { extends: true, test: { name: 'isolated', include: [ISOLATED] } },
        ],
    // Two processors are what the smallest machine has; more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: long ? 600_000 : 20_000,
    hookTimeout: long ? 600_000 : 30_000,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report && { outputFile: { json: report } }),
  },
});
