import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { carryAssets } from './assets.mjs';
import { fingerprint } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { archiveFile, cacheDir, distDir, inRoot, root } from './paths.mjs';
import { runLogged } from './run.mjs';
import { StepError } from './steps.mjs';

/**
 * @typedef {object} BuildOptions
 * @property {(line: string) => void} [say]
 * @property {string} [out] the folder of pages
 * @property {string} [archive] the public export of published sessions; may be absent
 * @property {(progress: import('../../archive/rebuildState.ts').BuildProgress) => void} [onProgress]
 */

/**
 * Builds the pages into `out`, unless nothing changed since the last time. A failed or interrupted
 * build leaves the old pages as they were.
 * @param {string} node the pinned Node
 * @param {BuildOptions} [options]
 * @returns {Promise<{ skipped?: boolean }>}
 * @throws {StepError}
 */
export async function build(
  node,
  { say = () => {}, out = distDir, archive = archiveFile(), onProgress = () => {} } = {},
) {
  const work = workDir(out);
  const current = () => fingerprint(root, undefined, buildEnv(archive));
  if (isBuilt(out, current())) return { skipped: true };
  mkdirSync(work, { recursive: true });
  return withLock(
    join(work, 'build.lock'),
    async () => {
      restore(out);
      // Again, now that no one else builds: the one waited for may have done it.
      const print = current();
      if (isBuilt(out, print)) return { skipped: true };
      onProgress({ phase: 'reading' });
      await runAstro(node, { out, archive, onProgress });
      const stamp = { fingerprint: print, builtAt: new Date().toISOString() };
      writeFileSync(stampFile(out), `${JSON.stringify(stamp)}\n`);
      return {};
    },
    {
      onWait: (pid) => {
        say(`另一个构建正在进行（进程 ${pid}），等它完成…`);
        onProgress({ phase: 'waiting' });
      },
    },
  );
}

/** Beside the pages, so that they can be put in place by renaming. @param {string} out */
const workDir = (out) =>
  out === distDir ? cacheDir : join(dirname(out), `.${basename(out)}-build`);

/** @param {string} out */
const stampFile = (out) => join(workDir(out), 'build-stamp.json');

/** @param {string} out */
const oldDir = (out) => join(workDir(out), 'site-old');

/**
 * What is built from, but for the project's files: the variables that change it, and the archive.
 * Where they lie and where it is written does not matter.
 * @param {string} archive
 */
function buildEnv(archive) {
  const names = Object.keys(process.env).filter((key) =>
    /^(?:PUBLIC_|SITE_URL$|SITE_CONTACT$|YUANZHUO_(?!OUT$|CACHE$|ARCHIVE$))/.test(key),
  );
  return {
    ...Object.fromEntries(names.map((key) => [key, process.env[key]])),
    archive: existsSync(archive)
      ? createHash('sha256').update(readFileSync(archive)).digest('hex')
      : '',
  };
}

/** @param {string} out @param {string} print */
function isBuilt(out, print) {
  if (!existsSync(join(out, 'index.html')) || !existsSync(stampFile(out))) return false;
  try {
    return JSON.parse(readFileSync(stampFile(out), 'utf8')).fingerprint === print;
  } catch {
    return false;
  }
}

/** Mends what a swap left that was killed between its two steps. @param {string} out */
function restore(out) {
  if (!existsSync(out) && existsSync(oldDir(out))) renameSync(oldDir(out), out);
}

/**
 * @param {string} node
 * @param {Required<Pick<BuildOptions, 'out' | 'archive' | 'onProgress'>>} options
 */
async function runAstro(node, { out, archive, onProgress }) {
  const work = workDir(out);
  const next = join(work, 'site-next');
  /** @type {string | undefined} what is wrong with the content */
  let mistake;
  rmSync(next, { recursive: true, force: true });
  try {
    const { code, log } = await runLogged(
      node,
      [inRoot('node_modules', 'astro', 'bin', 'astro.mjs'), 'build'],
      {
        log: resolve(work, 'logs', 'build'),
        env: {
          // Whoever asks, a server or a test, the pages are those for readers.
          NODE_ENV: 'production',
          YUANZHUO_OUT: next,
          YUANZHUO_CACHE: join(work, 'astro'),
          YUANZHUO_ARCHIVE: archive,
        },
        onMessage: (message) => {
          if ('mistake' in message) mistake = message.mistake;
          else onProgress(message);
        },
      },
    );
    if (code !== 0 || !existsSync(join(next, 'index.html'))) {
      throw new StepError(
        '构建网页没有成功，原有网页未动：请按上面的提示改正内容或代码，再运行一次。',
        { log, mistake },
      );
    }
    onProgress({ phase: 'swapping' });
    carryAssets(out, next, Date.now());
    swap(next, out, oldDir(out));
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

/**
 * Puts `next` where `current` is, by renaming, so that no visitor sees half a site. Between the two
 * renames there is none: the server waits for it, see api/core/swaps.ts.
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
      `新网页已构建好，但换不上去（${error.code}）：请关闭正在使用 ${basename(current)} 文件夹的程序，再运行一次。`,
    );
  }
  rmSync(old, { recursive: true, force: true });
}
