import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { findNode } from './pinned-node.mjs';
import { runLogged } from './run.mjs';
import { StepError } from './steps.mjs';

/**
 * Names one state of the dependencies: the lock file on one kind of system.
 * @param {string | Buffer} lock the content of package-lock.json
 */
export function installStamp(lock, platform = process.platform, arch = process.arch) {
  return `${createHash('sha256').update(lock).digest('hex')} ${platform}-${arch}`;
}

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, devOptional?: boolean,
 *   os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockEntry
 */

/**
 * Whether npm's own record of what it installed is what the lock file asks for, as after
 * `npm install <package>`; reinstalling would change nothing.
 * @param {{ packages: Record<string, LockEntry> }} lock
 * @param {{ packages: Record<string, LockEntry> }} installed node_modules/.package-lock.json
 */
export function isInstalled(lock, installed, platform = process.platform, arch = process.arch) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const names = new Set(wanted.map(([path]) => path));
  if (Object.keys(installed.packages).some((path) => !names.has(path))) return false;
  return wanted.every(([path, entry]) => {
    const found = installed.packages[path];
    if (found) return found.version === entry.version && found.integrity === entry.integrity;
    // An optional package may be absent, unless it is made for just this system: then the folder
    // was filled on another one. Which C library this one has is not known here.
    return (entry.optional || entry.devOptional) && !isFor(entry, platform, arch);
  });
}

/** @param {LockEntry} entry @param {string} platform @param {string} arch */
const isFor = ({ os, cpu, libc }, platform, arch) =>
  !libc && [os ?? []].flat().includes(platform) && [cpu ?? []].flat().includes(arch);

/** @param {string} file */
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** How to run npm: by the npm that runs us, so that no second version mixes in. */
function npmCommand() {
  const { npm_execpath: script } = process.env;
  if (script && /npm-cli\.[cm]?js$/.test(script)) {
    return { command: process.execPath, before: [script], shell: false };
  }
  // On Windows npm is a batch file, which only a shell can start.
  return { command: 'npm', before: [], shell: process.platform === 'win32' };
}

/**
 * Installs the dependencies from the lock file, when they are not there yet.
 * @returns {Promise<{ node: string, skipped?: boolean }>} the Node to run everything else on
 * @throws {StepError}
 */
export async function install() {
  const lock = read(join(root, 'package-lock.json'));
  if (!lock) throw new StepError('缺少 package-lock.json:请重新下载整个项目。');
  const stampFile = join(root, 'node_modules', '.yuanzhuo-installed');
  const stamp = installStamp(lock);
  if (read(stampFile).trim() === stamp) return { node: await findNode(), skipped: true };

  const record = read(join(root, 'node_modules', '.package-lock.json'));
  const upToDate = record !== '' && isInstalled(JSON.parse(lock), JSON.parse(record));
  if (!upToDate) await npmCi();
  const node = await findNode();
  writeFileSync(stampFile, `${stamp}\n`);
  return { node, skipped: upToDate };
}

async function npmCi() {
  const { command, before, shell } = npmCommand();
  // The tools that build the site count as development ones, so NODE_ENV=production must not
  // leave them out.
  const args = ['ci', '--loglevel=error', '--include=dev', '--include=optional'];
  const quiet = ['--no-audit', '--no-fund', '--no-progress', '--no-update-notifier'];
  const { code, log } = await runLogged(command, [...before, ...args, ...quiet], {
    log: 'install',
    shell,
  });
  if (code === 0) return;
  throw new StepError(installAdvice(code, read(log)), { log });
}

/** @param {number} code @param {string} output of npm */
export function installAdvice(code, output) {
  if (code === 127)
    return '找不到 npm：请重新安装 Node.js（https://nodejs.org，自带 npm），再运行一次。';
  if (output.includes('code EUSAGE')) {
    return 'package-lock.json 与 package.json 对不上：请运行 npm install 更新锁文件，再运行一次。';
  }
  if (/code E(?:ACCES|PERM)/.test(output)) {
    return '没有权限写 node_modules 文件夹：请换用项目文件夹的所有者运行，再运行一次。';
  }
  if (output.includes('code ENOSPC')) return '磁盘已满：请腾出约 1 GB 空间，再运行一次。';
  return '安装依赖没有成功：请检查网络（能否访问 npm 的软件源），再运行一次。';
}
