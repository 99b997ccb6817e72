import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** What the built pages are made of, relative to the project; of `api/` see `importedOf`. */
export const BUILD_INPUTS = [
  'site',
  'content',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** Editors' leavings, which change without any meaning. */
const NOISE = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|\.#[^/]*|[^/]*~|[^/]*\.sw[a-p])$/;

/**
 * A hash over the names and contents of every input. Contents, not times, so that a fresh checkout
 * of the same commit counts as the same; 20 MB take about 0.1 s.
 * @param {string} root the project's folder
 * @param {string[]} [inputs] files and folders; one that does not exist counts as such
 * @param {Record<string, string | undefined>} [env] variables that change the result
 */
export function fingerprint(root, inputs = BUILD_INPUTS, env = {}) {
  const hash = createHash('sha256');
  const files = inputs.flatMap((input) => filesOf(root, input));
  for (const path of [...files, ...importedOf(root, files)].sort()) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  for (const key of Object.keys(env).sort()) hash.update(`${key}=${env[key] ?? ''}\0`);
  return hash.digest('hex');
}

/** @param {string} root @param {string} input */
function filesOf(root, input) {
  const full = join(root, input);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [input];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !NOISE.test(path));
}

const SCRIPT = /\.(?:astro|[cm]?[jt]sx?)$/;

/** Imports of files beside it; of types nothing is left in a page. */
const IMPORT = /^\s*(?:import|export)(?! type\b)[^'";]*?\bfrom\s+'(\.[^']+)'/gm;

/**
 * What `files` import from `api/`, directly or not: so a verb or a route can change without the
 * pages being built anew, and a rule that a contract hands on cannot.
 * @param {string} root @param {string[]} files relative to `root`
 */
function importedOf(root, files) {
  const found = new Set();
  const waiting = files.filter((path) => SCRIPT.test(path));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const [, target = ''] of readFileSync(join(root, path), 'utf8').matchAll(IMPORT)) {
      const imported = relative(root, resolve(root, dirname(path), target))
        .split(sep)
        .join('/');
      if (!/^api\/.+\.ts$/.test(imported) || found.has(imported)) continue;
      if (!existsSync(join(root, imported))) continue;
      found.add(imported);
      waiting.push(imported);
    }
  }
  return found;
}
