import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * A page read before a swap asks for its own files after it. Their names carry a hash, so those of
 * the build before can lie beside the new ones.
 */

/** A build's files stay through the next build, and at least so long after it. */
export const KEEP_MS = 60 * 60 * 1000;

/** The server hands out no file whose name begins with a dot. */
const LIST = '.superseded.json';

const HASHED = /^(?:_astro\/|search\/[0-9a-f]+\/)/;

/**
 * Puts into `next` what `current` has and pages may still ask for. Each is a hard link where that
 * can be, so it takes no room.
 * @param {string} current the folder of pages that is served; may be absent
 * @param {string} next the folder of pages to take its place
 * @param {number} now milliseconds since 1970
 */
export function carryAssets(current, next, now) {
  const before = readList(current);
  /** @type {Record<string, number>} when each was superseded */
  const carried = {};
  for (const path of hashedFiles(current)) {
    const since = before[path] ?? now;
    if (now - since > KEEP_MS || existsSync(join(next, path))) continue;
    mkdirSync(dirname(join(next, path)), { recursive: true });
    linkOrCopy(join(current, path), join(next, path));
    carried[path] = since;
  }
  writeFileSync(join(next, LIST), JSON.stringify(carried));
}

/** @param {string} dir @returns {Record<string, number>} */
function readList(dir) {
  try {
    return JSON.parse(readFileSync(join(dir, LIST), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} dir */
function hashedFiles(dir) {
  return ['_astro', 'search']
    .map((folder) => join(dir, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => HASHED.test(path));
}

/** @param {string} from @param {string} to */
function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
