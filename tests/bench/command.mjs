import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, installStamp } from '../../api/commands/lib/install.mjs';
import { withLock } from '../../api/commands/lib/lock.mjs';
import { cacheDir, inRoot } from '../../api/commands/lib/paths.mjs';
import { runForeground, runLogged } from '../../api/commands/lib/run.mjs';
import { createReporter, main, StepError } from '../../api/commands/lib/steps.mjs';

/** Measured beside nothing that has to be installed. */
const ALONE = new Set(['api', 'salon', 'ballot']);

const peers = inRoot('tests', 'bench', 'peers');

/** The npm that runs us, so that no second version mixes in. */
function npm() {
  const { npm_execpath: script } = process.env;
  if (script && /npm-cli\.[cm]?js$/.test(script)) {
    return { command: process.execPath, before: [script], shell: false };
  }
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
}

/** Installs Starlight, VitePress, Pagefind and Lighthouse from their own lock file, once. */
async function installPeers() {
  const stampFile = join(peers, 'node_modules', '.yuanzhuo-installed');
  const stamp = installStamp(readFileSync(join(peers, 'package-lock.json')));
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === stamp) {
    return { skipped: true };
  }
  const { command, before, shell } = npm();
  const args = [...before, 'ci', '--loglevel=error', '--no-progress', '--no-update-notifier'];
  const { code, log } = await runLogged(command, args, { log: 'bench-install', cwd: peers, shell });
  if (code !== 0) {
    throw new StepError('用来对比的软件没有装好：请检查网络，再运行一次 npm run bench。', { log });
  }
  writeFileSync(stampFile, `${stamp}\n`);
  return {};
}

/**
 * Whether nothing is measured that has to be installed.
 * @param {string[]} args the command line
 */
function aloneOnly(args) {
  // Only the parts are words; what the other options take are numbers.
  const words = args.map((arg) => arg.replace(/^--only=/, '')).filter((arg) => /^[a-z]/.test(arg));
  const parts = words.flatMap((word) => word.split(','));
  return parts.length > 0 && parts.every((part) => ALONE.has(part));
}

await main(async () => {
  const { step, print } = createReporter();
  const { node } = await step('安装依赖', () => install());
  mkdirSync(cacheDir, { recursive: true });
  // Two at once would build over each other's sites and slow each other down.
  return withLock(
    join(cacheDir, 'bench.lock'),
    async () => {
      if (!aloneOnly(process.argv)) await step('安装用来对比的软件', () => installPeers());
      return runForeground(node, [inRoot('tests', 'bench', 'main.ts'), ...process.argv.slice(2)]);
    },
    { onWait: (pid) => print(`另一次测速正在进行（进程 ${pid}），等它结束…`) },
  );
});
