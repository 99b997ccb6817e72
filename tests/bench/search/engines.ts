import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { Engine } from '../../../site/lib/search/engine.ts';
import { serveStatic } from '../measure/staticServer.ts';
import { inPeers } from '../projects/paths.ts';
import type { Project } from '../projects/project.ts';

/** A site's search without its box, which may show only the first results: all addresses found. */
export type SearchEngine = { find(term: string): Promise<string[]>; close(): Promise<void> };

const nothingToClose = async () => {};

/** The very engine of the browser, reading the index from the built site. */
async function openOurs(dist: string): Promise<SearchEngine> {
  const engine = new Engine(async (path) => {
    const bytes = await readFile(join(dist, 'search', path));
    return new Uint8Array(bytes).buffer;
  });
  return {
    async find(term) {
      const found = await engine.find(term);
      return Promise.all(found.map(async ({ page }) => (await engine.page(page)).url));
    },
    close: nothingToClose,
  };
}

/** Pagefind's JS API in a page of the site, asked as Starlight's box asks it. */
async function openStarlight(dist: string, browser: Browser): Promise<SearchEngine> {
  const server = await serveStatic(dist);
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(`${server.origin}/`);
  return {
    find: (term) =>
      page.evaluate(async (term) => {
        type Hit = { data(): Promise<{ url: string }> };
        const path = '/pagefind/pagefind.js';
        const pagefind = (await import(path)) as {
          search(query: string): Promise<{ results: Hit[] }>;
        };
        const { results } = await pagefind.search(term);
        const data = await Promise.all(results.map((hit) => hit.data()));
        return data.map((one) => one.url);
      }, term),
    async close() {
      await context.close();
      await server.close();
    },
  };
}

type MiniSearch = { search(term: string): { id: string }[] };
type MiniSearchModule = { default: { loadJSON(json: string, options: object): MiniSearch } };

/** MiniSearch on VitePress's own index, with the options of its box (which shows the first 16). */
async function openVitePress(dist: string): Promise<SearchEngine> {
  const chunks = join(dist, 'assets', 'chunks');
  const file = readdirSync(chunks).find((name) => name.startsWith('@localSearchIndex'));
  if (!file) throw new Error('VitePress 没有生成搜索索引。');
  const index = (await import(pathToFileURL(join(chunks, file)).href)) as { default: string };
  const entry = JSON.parse(readFileSync(inPeers('minisearch', 'package.json'), 'utf8')) as {
    module: string;
  };
  const library = (await import(
    pathToFileURL(inPeers('minisearch', entry.module)).href
  )) as MiniSearchModule;
  const search = library.default.loadJSON(index.default, {
    fields: ['title', 'titles', 'text'],
    storeFields: ['title', 'titles'],
    searchOptions: { fuzzy: 0.2, prefix: true, boost: { title: 4, text: 2, titles: 1 } },
  });
  return {
    find: async (term) => [...new Set(search.search(term).map(({ id }) => id.replace(/#.*$/, '')))],
    close: nothingToClose,
  };
}

export function openEngine(
  project: Project,
  count: number,
  browser: Browser,
): Promise<SearchEngine> {
  const dist = project.dist(count);
  if (project.id === 'ours') return openOurs(dist);
  return project.id === 'starlight' ? openStarlight(dist, browser) : openVitePress(dist);
}
