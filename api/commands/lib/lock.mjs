import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkInterrupted } from './run.mjs';

/** An owner shows that it is alive this often; four times as long without a sign means it is not. */
const BEAT_MS = 5_000;
const STALE_MS = 4 * BEAT_MS;

/**
 * Does `work` while no other process on this machine does work under the same lock file. Waits for
 * a living owner; takes over from a dead one.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, pollMs?: number }} [options] told once whom it waits for
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { onWait = () => {}, pollMs = 300 } = {}) {
  const mine = `${process.pid} ${Date.now()} ${Math.random()}`;
  let told = false;
  while (!take(file, mine)) {
    const owner = readOwner(file);
    if (owner && !owner.alive) {
      breakLock(file, owner.text);
      continue;
    }
    if (owner && !told) onWait(owner.pid);
    told ||= owner !== undefined;
    await sleep(pollMs);
    checkInterrupted();
  }
  const beat = setInterval(() => touch(file), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(file) === mine) rmSync(file, { force: true });
  }
}

/** @param {string} file @param {string} mine */
function take(file, mine) {
  try {
    writeFileSync(file, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @param {string} file */
function readOwner(file) {
  const text = read(file);
  if (text === undefined) return undefined;
  const pid = Number(text.split(' ')[0]);
  const silent = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  // A number may have been given to another process since, hence the sign of life as well. A file
  // just created may not have its number yet.
  const alive = silent < STALE_MS && (text === '' || isRunning(pid));
  return { text, pid, alive };
}

/** @param {number} pid */
function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Removes a dead owner's file. Two may try at once, and the second would remove the first's new
 * lock: so the file is moved aside, looked at, and put back when it is not the dead one.
 * @param {string} file @param {string} dead
 */
function breakLock(file, dead) {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) !== dead) {
    try {
      linkSync(aside, file);
    } catch {
      // Someone holds a newer lock already.
    }
  }
  rmSync(aside, { force: true });
}

/** @param {string} file */
function touch(file) {
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Gone: nothing to keep alive.
  }
}
