import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** A folder of files in the system's temporary folder, removed by `remove`. */
export interface FixtureSite {
  readonly dir: string;
  /** Adds or replaces a file; the path uses forward slashes. */
  write(path: string, content: string | Uint8Array): void;
  remove(): void;
}

export function fixtureFolder(files: Readonly<Record<string, string | Uint8Array>>): FixtureSite {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-'));
  const site: FixtureSite = {
    dir,
    write(path, content) {
      const full = join(dir, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, content);
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
  for (const [path, content] of Object.entries(files)) site.write(path, content);
  return site;
}

export const HOME = '<!doctype html><html lang="zh-CN"><title>首页</title><p>圆桌</p></html>';
export const CASE = `<!doctype html><html lang="zh-CN"><title>案例</title>${'<p>微网实格</p>'.repeat(200)}</html>`;
export const MISSING = `<!doctype html><html lang="zh-CN"><title>没有这个页面</title>${'<p>搜索</p>'.repeat(200)}</html>`;
export const SCRIPT = `export const words = ${JSON.stringify(Array.from({ length: 300 }, (_, i) => `词${i}`))};`;

/** A small site as the build leaves it: some files with sidecars, one large, secrets beside it. */
export function fixtureSite(): FixtureSite {
  const site = fixtureFolder({
    'secret.txt': 'outside the site',
    'site/index.html': HOME,
    'site/cases/index.html': '<p>案例</p>',
    'site/cases/微网实格/index.html': CASE,
    'site/empty-folder/readme.txt': 'no index here',
    'site/404.html': MISSING,
    'site/feed.atom': '<feed/>',
    'site/feed.rss': '<rss/>',
    'site/feed.json': '{}',
    'site/sitemap-0.xml': '<urlset/>',
    'site/data.json': '{"a":1}',
    'site/names.json': '[]',
    'site/favicon.svg': '<svg/>',
    'site/app.webmanifest': '{}',
    'site/robots.txt': 'User-agent: *',
    'site/with%20percent.txt': 'percent',
    'site/.env': 'SECRET=1',
    'site/.well-known/x.txt': 'hidden',
    'site/_astro/page.Ab12.js': SCRIPT,
    'site/_astro/font.Cd34.woff2': new Uint8Array([1, 2, 3]),
    'site/search/index.html': '<p>搜索</p>',
    'site/search/index.json': '{}',
    'site/search/shard.Ef56.bin': new Uint8Array([0, 255, 1]),
    'site/large.bin': new Uint8Array(1_500_000).map((_, i) => (i * 7) % 251),
  });
  for (const path of ['cases/微网实格/index.html', '404.html', '_astro/page.Ab12.js']) {
    const content = { '404.html': MISSING, '_astro/page.Ab12.js': SCRIPT }[path] ?? CASE;
    site.write(`site/${path}.br`, brotliCompressSync(content));
    site.write(`site/${path}.gz`, gzipSync(content));
  }
  return site;
}
