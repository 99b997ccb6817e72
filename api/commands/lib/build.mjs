import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { cacheDir, distDir, inRoot, root } from './paths.mjs';
import { runLogged } from './run.mjs';
import { StepError } from './steps.mjs';

const stampFile = join(cacheDir, 'build-stamp.json');

/** The variables that change what is built; where it is written does not. */
function buildEnv() {
  const names = Object.keys(process.env).filter((key) =>
    /^(?:PUBLIC_|SITE_URL$|SITE_CONTACT$|YUANZHUO_(?!OUT$|CACHE$))/.test(key),
  );
  return Object.fromEntries(names.map((key) => [key, process.env[key]]));
}

/** @param {string} print */
function isBuilt(print) {
  if (!existsSync(join(distDir, 'index.html')) || !existsSync(stampFile)) return false;
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).fingerprint === print;
  } catch {
    return false;
  }
}

/**
 * Builds the pages into `dist/`, unless nothing changed since the last time. A failed or
 * interrupted build leaves the old pages as they were.
 * @param {string} node the pinned Node
 * @param {(line: string) => void} [say]
 * @returns {Promise<{ skipped?: boolean }>}
 * @throws {StepError}
 */
export async function build(node, say = () => {}) {
  if (isBuilt(fingerprint(root, undefined, buildEnv()))) return { skipped: true };
  mkdirSync(cacheDir, { recursive: true });
  return withLock(
    join(cacheDir, 'build.lock'),
    async () => {
      // Again, now that no one else builds: the one waited for may have done it.
      const print = fingerprint(root, undefined, buildEnv());
      if (isBuilt(print)) return { skipped: true };
      await runAstro(node);
      writeFileSync(
        stampFile,
        `${JSON.stringify({ fingerprint: print, builtAt: new Date().toISOString() })}\n`,
      );
      return {};
    },
    { onWait: (pid) => say(`另一个构建正在进行（进程 ${pid}），等它完成…`) },
  );
}

/** @param {string} node */
async function runAstro(node) {
  const next = join(cacheDir, 'site-next');
  rmSync(next, { recursive: true, force: true });
  try {
    const { code, log } = await runLogged(
      node,
      [inRoot('node_modules', 'astro', 'bin', 'astro.mjs'), 'build'],
      { log: 'build', env: { YUANZHUO_OUT: '.cache/site-next' } },
    );
    if (code !== 0 || !existsSync(join(next, 'index.html'))) {
      throw new StepError(
        '构建网页没有成功，原有网页未动：请按上面的提示改正内容或代码，再运行一次。',
        { log },
      );
    }
    swap(next, distDir, join(cacheDir, 'site-old'));
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

/**
 * Puts `next` where `current` is, by renaming, so that no visitor sees half a site.
 * @param {string} next
 * @param {string} current may be absent
 * @param {string} old where to keep the current one meanwhile
 * @throws {StepError} with the current one still in place
 */
export function swap(next, current, old) {
  rmSync(old, { recursive: true, force: true });
  const had = existsSync(current);
  try {
    if (had) renameSync(current, old);
    try {
      renameSync(next, current);
    } catch (error) {
      if (had) renameSync(old, current);
      throw error;
    }
  } catch (error) {
    throw new StepError(
      `新网页已构建好，但换不上去（${error.code}）:请关闭正在使用 dist 文件夹的程序，再运行一次。`,
    );
  }
  rmSync(old, { recursive: true, force: true });
}
