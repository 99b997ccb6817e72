import type { Browser, Page } from '@playwright/test';
import { again } from '../measure/again.ts';
import type { Term } from '../measure/terms.ts';
import type { Wire } from '../measure/wire.ts';
import type { Shape } from './shapes.ts';

/** One search with Pagefind's JS API: index only, then with the five fragments its own box shows first. */
export type FloorSearch = {
  term: string;
  length: number;
  frequency: Term['frequency'];
  truePages: number;
  found: number;
  /** True when the pages found are exactly the pages that hold the term. */
  exact: boolean;
  milliseconds: number;
  bytes: number;
  withFragments: { milliseconds: number; bytes: number };
};

type Answer = { index: number; fragments: number; ids: number; urls: string[] };

const FRAGMENTS = 5;

/** Runs in the page. Pagefind's worker and files are loaded by the first call. */
function searchInPage(page: Page, query: string, fragments: number): Promise<Answer> {
  return page.evaluate(
    async ({ query, fragments }) => {
      type Hit = { data(): Promise<{ url: string }> };
      const path = '/pagefind/pagefind.js';
      const started = performance.now();
      const pagefind = (await import(path)) as {
        search(query: string): Promise<{ results: Hit[] }>;
      };
      const { results } = await pagefind.search(query);
      const index = performance.now() - started;
      const data = await Promise.all(results.slice(0, fragments).map((hit) => hit.data()));
      return {
        index,
        fragments: performance.now() - started,
        ids: results.length,
        urls: data.map((one) => one.url),
      };
    },
    { query, fragments },
  );
}

/** Bytes are read twice (after the index, after the fragments), so the search is run in two steps. */
async function searchOnce(page: Page, wire: Wire, shape: Shape, term: Term): Promise<FloorSearch> {
  const query = shape.query(term.text);
  wire.take();
  const bare = await searchInPage(page, query, 0);
  const bytes = wire.take();
  const full = await searchInPage(page, query, FRAGMENTS);
  const found = full.ids;
  return {
    term: term.text,
    length: term.length,
    frequency: term.frequency,
    truePages: term.pages.size,
    found,
    exact: found === term.pages.size && full.urls.every((url) => term.pages.has(slugOf(url))),
    milliseconds: bare.index,
    bytes,
    withFragments: {
      milliseconds: bare.index + full.fragments,
      bytes: bytes + wire.take(),
    },
  };
}

const slugOf = (url: string) => url.replaceAll('/', '');

/** A visit with an empty cache. */
async function inPage<T>(
  browser: Browser,
  wire: Wire,
  visit: (page: Page) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    await page.goto(`${wire.origin}/index.html`);
    await wire.settled();
    return await visit(page);
  } finally {
    await context.close();
  }
}

/** Each term with an empty cache and nothing loaded. */
export async function firstSearches(
  browser: Browser,
  wire: Wire,
  shape: Shape,
  terms: readonly Term[],
): Promise<FloorSearch[]> {
  const found: FloorSearch[] = [];
  for (const term of terms) {
    const visit = () => inPage(browser, wire, (page) => searchOnce(page, wire, shape, term));
    found.push(await again(visit));
  }
  return found;
}

/** Each term as the second search of a visit, after one for `primer`. */
export async function laterSearches(
  browser: Browser,
  wire: Wire,
  shape: Shape,
  terms: readonly Term[],
  primer: string,
): Promise<FloorSearch[]> {
  const found: FloorSearch[] = [];
  for (const term of terms) {
    const visit = () =>
      inPage(browser, wire, async (page) => {
        await searchInPage(page, shape.query(primer), FRAGMENTS);
        return searchOnce(page, wire, shape, term);
      });
    found.push(await again(visit));
  }
  return found;
}
