import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryAssets } from '../../api/commands/lib/assets.mjs';
import { swap } from '../../api/commands/lib/build.mjs';

// Run as `swapSites.mjs <dir> <times>`: puts one small site after another at <dir>/site, as a build
// does, while somebody reads them.

/** @param {string} dir @param {number} n which site, each with assets of its own */
export function writeSite(dir, n) {
  const version = n.toString(16).padStart(12, '0');
  const files = {
    'index.html': `<!doctype html><link rel="stylesheet" href="/_astro/page.${n}.css"><p>${n}</p>`,
    '404.html': '<!doctype html><p>没有这一页</p>',
    'cases/one/index.html': `<!doctype html><link rel="stylesheet" href="/_astro/page.${n}.css">`,
    [`_astro/page.${n}.css`]: `/* ${n} */`,
    [`_astro/page.${n}.css.br`]: `br ${n}`,
    'search/index.json': JSON.stringify({ version }),
    [`search/${version}/d0.json`]: JSON.stringify({ n }),
  };
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), content);
  }
}

/** @param {string} dir @param {number} n @param {number} now */
export function putInPlace(dir, n, now = Date.now()) {
  writeSite(join(dir, 'next'), n);
  carryAssets(join(dir, 'site'), join(dir, 'next'), now);
  swap(join(dir, 'next'), join(dir, 'site'), join(dir, 'old'));
}

if (process.argv[1] === import.meta.filename) {
  const [dir = '', times = '0'] = process.argv.slice(2);
  for (let n = 1; n <= Number(times); n += 1) {
    putInPlace(dir, n);
    await sleep(20);
  }
}
