import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { findChromium, usualPlaces } from '../api/commands/lib/browser.mjs';
import { inRoot } from '../api/commands/lib/paths.mjs';

const port = process.env['BROWSER_TEST_PORT'] ?? '4399';
const origin = `http://127.0.0.1:${port}`;
const report = process.env['TEST_REPORT'];
const chromium = process.env['CHROMIUM_PATH'] ?? (await findChromium(usualPlaces()));

export default defineConfig({
  testDir: './browser',
  // Nineteen browsers at once take a minute: npm run test:long.
  testIgnore: process.env['LONG'] === '1' ? [] : 'recall.spec.ts',
  outputDir: '../.cache/browser-results',
  workers: 2,
  fullyParallel: true,
  // A test that passes at the second try hides what the first one saw.
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    baseURL: origin,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium && { executablePath: chromium }),
      // Without a locale Chromium cannot write a Chinese file name, and saves `download` instead.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    // The Node that runs this file is the pinned one.
    command: `"${process.execPath}" "${inRoot('api', 'server.ts')}"`,
    cwd: inRoot(),
    // Playwright asks for colours; Node would warn that another variable asks for none.
    env: {
      HOST: '127.0.0.1',
      PORT: port,
      TRUST_PROXY: '0',
      // A group chat's robot is a server of the story.
      WEBHOOK_PRIVATE: '1',
      SITE_DIR: 'dist',
      DATABASE_URL: `file://${join(tmpdir(), `yuanzhuo-browser-${process.pid}`, 'yuanzhuo.db')}`,
      NO_COLOR: '',
    },
    url: `${origin}/api/health`,
    reuseExistingServer: false,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
