import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { inRoot, reportsDir } from './paths.mjs';
import { addCounts, noTests, readReport } from './results.mjs';
import { runLogged } from './run.mjs';
import { StepError } from './steps.mjs';

/**
 * What the steps share.
 * @typedef {object} Run
 * @property {string} node the pinned Node, once installed
 * @property {string} chromium its path, once found
 * @property {import('./results.mjs').Counts} counts of all tests so far
 * @property {string[]} filters what the user typed after the step's name
 */

/**
 * @typedef {object} TestStep
 * @property {string} id what to type to run it alone
 * @property {string} name
 * @property {string[]} [needs] ids of the steps to run before it
 * @property {boolean} [long] left out unless asked for
 * @property {(run: Run, say: (line: string) => void) =>
 *   Promise<import('./steps.mjs').Outcome | void>} work
 */

/** @returns {Run} */
export const newRun = () => ({ node: '', chromium: '', counts: noTests(), filters: [] });

/** @param {...string} parts below node_modules */
const module = (...parts) => inRoot('node_modules', ...parts);

/**
 * A step that is one program.
 * @param {string} log
 * @param {(run: Run) => string[]} args for the pinned Node
 * @param {string} advice
 */
const program = (log, args, advice) => async (/** @type {Run} */ run) => {
  const result = await runLogged(run.node, args(run), { log });
  if (result.code !== 0) throw new StepError(advice, { log: result.log });
};

/**
 * A step whose program counts tests and writes a JSON report.
 * @param {string} log also the report's name
 * @param {(run: Run) => string[]} args
 * @param {(run: Run) => Promise<Record<string, string>>} env
 */
const counted = (log, args, env) => async (/** @type {Run} */ run) => {
  const report = join(reportsDir, `${log}.json`);
  mkdirSync(reportsDir, { recursive: true });
  rmSync(report, { force: true });
  const extra = { TEST_REPORT: report, CHROMIUM_PATH: run.chromium, ...(await env(run)) };
  const result = await runLogged(run.node, args(run), { log, env: extra });
  const counts = readReport(report);
  run.counts = addCounts(run.counts, counts);
  if (result.code !== 0) {
    const what = counts.failed > 0 ? `${counts.failed} 项测试没有通过` : '测试没能跑完';
    throw new StepError(`${what}：请按上面的提示改正，再运行 npm test。`, { log: result.log });
  }
  const skipped = counts.skipped > 0 ? `，${counts.skipped} 项未跑` : '';
  return { note: `${counts.passed} 项通过${skipped}` };
};

const vitest = (/** @type {Run} */ run) => [
  module('vitest', 'vitest.mjs'),
  'run',
  '--config',
  inRoot('tests', 'vitest.config.ts'),
  ...run.filters,
];

const playwright = (/** @type {Run} */ run) => [
  module('@playwright', 'test', 'cli.js'),
  'test',
  '--config',
  inRoot('tests', 'playwright.config.ts'),
  ...run.filters,
];

/** @type {TestStep[]} */
export const testSteps = [
  {
    id: 'install',
    name: '安装依赖',
    work: async (run) => {
      const { node, skipped } = await install();
      run.node = node;
      return { skipped: skipped ?? false };
    },
  },
  {
    id: 'chromium',
    name: '浏览器与中文字体',
    work: async (run, say) => {
      const { path, ...outcome } = await ensureBrowser(run.node, say);
      run.chromium = path;
      return outcome;
    },
  },
  {
    id: 'format',
    name: '格式与规范',
    work: program(
      'format',
      () => [module('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.'],
      '格式或规范有不合之处：请运行 npm run format 自动修正，余下的按上面的提示改。',
    ),
  },
  {
    id: 'content',
    name: '内容',
    work: program(
      'content',
      () => [inRoot('api', 'commands', 'check-content.ts')],
      '内容有不合要求之处：请按上面列出的文件和字段修改，再运行 npm test。',
    ),
  },
  {
    id: 'types',
    name: '类型',
    // Covers the TypeScript of api, db and tests as well as the pages.
    work: program(
      'types',
      () => [module('astro', 'bin', 'astro.mjs'), 'check'],
      '类型检查没有通过：请按上面的提示改正代码，再运行 npm test。',
    ),
  },
  {
    id: 'build',
    name: '构建',
    work: (run, say) => build(run.node, { say }),
  },
  {
    id: 'unit',
    name: '单元测试',
    // After the build: some read the built pages.
    work: counted('unit', vitest, async () => ({})),
  },
  {
    id: 'browser',
    name: '浏览器测试',
    needs: ['chromium', 'build'],
    work: counted('browser', playwright, async () => ({
      BROWSER_TEST_PORT: String(await freePort()),
    })),
  },
  {
    id: 'long',
    name: '长测试',
    needs: ['chromium', 'build'],
    long: true,
    work: counted('long', vitest, async () => ({ LONG: '1' })),
  },
  {
    id: 'wide',
    name: '全部大字、注入与十九部手机',
    needs: ['chromium', 'build'],
    long: true,
    work: counted(
      'wide',
      (run) => [...playwright(run), 'xss', 'rooms', 'month', 'recall'],
      async () => ({
        LONG: '1',
        BROWSER_TEST_PORT: String(await freePort()),
      }),
    ),
  },
];

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 4399));
    });
  });
}

/**
 * Which steps to run: all, or the named one with what it needs; installing comes first in any case.
 * @param {string[]} args the command line; the first word names a step, by id or Chinese name or
 *   the beginning of either, the rest are handed to the test program
 * @returns {{ steps: TestStep[], filters: string[] }}
 * @throws {StepError} for a name that no step has
 */
export function selectSteps(args) {
  const long = args.includes('--long');
  const [wanted, ...filters] = args.filter((arg) => arg !== '--long');
  if (wanted === undefined)
    return { steps: testSteps.filter((step) => long || !step.long), filters };
  const chosen =
    testSteps.find(({ id, name }) => id === wanted || name === wanted) ??
    // From the end, so that 浏览器 means the tests rather than their preparation.
    testSteps.findLast(({ id, name }) => id.startsWith(wanted) || name.startsWith(wanted));
  if (!chosen) {
    const names = testSteps.map(({ id, name }) => `${id}(${name})`).join('、');
    throw new StepError(`没有名为 ${wanted} 的步骤：请从这些里选一个：${names}。`);
  }
  const ids = new Set(['install', ...(chosen.needs ?? []), chosen.id]);
  return { steps: testSteps.filter(({ id }) => ids.has(id)), filters };
}
