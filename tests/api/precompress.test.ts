import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { precompress } from '../../site/build/precompress.ts';
import { type FixtureSite, fixtureFolder } from '../support/fixtureSite.ts';

let site: FixtureSite | undefined;
afterEach(() => site?.remove());

const PAGE = `<!doctype html>${'<p>社区治理</p>'.repeat(300)}`;
const noise = () => crypto.getRandomValues(new Uint8Array(4096));

it('writes sidecars that unpack to the file, and counts them', async () => {
  site = fixtureFolder({ 'index.html': PAGE, '_astro/a.js': `// ${'圆桌'.repeat(1000)}` });
  const result = await precompress(site.dir);
  for (const path of ['index.html', '_astro/a.js']) {
    const original = readFileSync(join(site.dir, path), 'utf8');
    expect(brotliDecompressSync(readFileSync(join(site.dir, `${path}.br`))).toString()).toBe(
      original,
    );
    expect(gunzipSync(readFileSync(join(site.dir, `${path}.gz`))).toString()).toBe(original);
  }
  expect(result.files).toBe(2);
  expect(result.bytes).toBe(Buffer.byteLength(PAGE) + 3 + 6000);
  expect(result.brotli.files).toBe(2);
  expect(result.gzip.files).toBe(2);
  expect(result.brotli.bytes).toBeLessThan(result.bytes / 10);
  expect(result.seconds).toBeGreaterThan(0);
});

it('leaves small, already packed, incompressible and excluded files alone', async () => {
  site = fixtureFolder({
    'small.html': 'x'.repeat(1024),
    'picture.png': PAGE,
    'noise.bin': noise(),
    'search/shard.json': PAGE,
    'kept/page.html': PAGE,
  });
  await precompress(pathToFileURL(site.dir), { exclude: (path) => path.startsWith('search/') });
  const { dir } = site;
  const has = (path: string) =>
    existsSync(join(dir, `${path}.br`)) || existsSync(join(dir, `${path}.gz`));
  expect(['small.html', 'picture.png', 'noise.bin', 'search/shard.json'].filter(has)).toEqual([]);
  expect(has('kept/page.html')).toBe(true);
});

it('packs assets harder than the pages of a large site', async () => {
  const text = readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8');
  const large = text.repeat(Math.ceil(3_500_000 / text.length));
  site = fixtureFolder({ 'all.html': large, 'page.html': text, '_astro/page.js': text });
  await precompress(site.dir);
  const size = (path: string) => readFileSync(join(site?.dir ?? '', path)).length;
  expect(size('_astro/page.js.br')).toBeLessThan(size('page.html.br'));
  expect(size('_astro/page.js.gz')).toBe(size('page.html.gz'));
});

it('gives the same bytes every time', async () => {
  site = fixtureFolder({ 'index.html': PAGE });
  await precompress(site.dir);
  const first = readFileSync(join(site.dir, 'index.html.gz'));
  await precompress(site.dir);
  expect(readFileSync(join(site.dir, 'index.html.gz'))).toEqual(first);
});

it('fails on a folder that is not there', async () => {
  await expect(precompress('no-such-folder-anywhere')).rejects.toThrow('ENOENT');
});
