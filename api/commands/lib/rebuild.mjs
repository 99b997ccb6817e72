import { constants, setPriority } from 'node:os';
import { build } from './build.mjs';
import { Interrupted } from './run.mjs';
import { StepError, tail } from './steps.mjs';

// Run by api/archive/rebuild.ts as `rebuild.mjs <out> <archive>` with an IPC channel: tells how far
// the build is and how it ended, in the shapes of api/archive/rebuildState.ts.

const [out, archive] = process.argv.slice(2);

try {
  // Readers come first; Astro, started from here, inherits it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not everywhere can it be lowered.
}
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));

const onProgress = (progress) => process.send?.(progress);
tellEnd(
  await build(process.execPath, { out, archive, onProgress }).then(
    ({ skipped }) => ({ outcome: skipped ? 'unchanged' : 'built' }),
    (error) => ({ outcome: 'failed', reason: reasonOf(error), log: logOf(error) }),
  ),
);

/** @param {object} end */
function tellEnd(end) {
  process.removeAllListeners('disconnect');
  process.send?.(end, () => process.disconnect?.());
}

/** @param {unknown} error */
function reasonOf(error) {
  if (error instanceof Interrupted) return '构建被停下了，原有网页未动。请再发布一次。';
  const log = logOf(error);
  if (log.includes('ENOSPC')) {
    return '磁盘已满，新网页写不下，原有网页未动。请告诉系统管理员，腾出地方后再发布一次。';
  }
  if (error instanceof StepError && error.mistake) {
    return `内容有误，原有网页未动。请照下面改正后再发布一次：\n${error.mistake}`;
  }
  if (error instanceof StepError && !error.log) return error.message;
  return '构建网页没有成功，原有网页未动。请过一会儿再发布一次；若仍不成，请告诉系统管理员，由他查看记录。';
}

/** @param {unknown} error */
function logOf(error) {
  if (error instanceof StepError) return tail(error.log);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
