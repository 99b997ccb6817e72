import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect, test } from '../support/browser.ts';
import { addressOf, library } from '../support/content.ts';
import { crawl, read } from '../support/crawl.ts';
import { NOT_FOUND } from '../support/rooms.ts';
import { Search } from '../support/searching.ts';

/** The built pages name their public address, which is not where the test reads them. */
const pathOf = (address: string) => decodeURI(new URL(address).pathname);

/** An XML document as the browser parses it: the text or `href` of each element asked for. */
async function readXml(page: Page, path: string, selectors: readonly string[]) {
  const response = await page.request.get(path);
  const parsed = await page.evaluate(
    ([text, ...wanted]) => {
      const document = new DOMParser().parseFromString(text ?? '', 'application/xml');
      return {
        error: document.querySelector('parsererror')?.textContent ?? '',
        root: document.documentElement.localName,
        found: wanted.map((selector) =>
          [...document.querySelectorAll(selector)].map(
            (one) => one.getAttribute('href') ?? one.textContent,
          ),
        ),
      };
    },
    [await response.text(), ...selectors],
  );
  expect(response.status()).toBe(200);
  expect(parsed.error).toBe('');
  return { type: response.headers()['content-type'], root: parsed.root, found: parsed.found };
}

/** Every entry's address is absolute, and the page is there. */
async function expectEntries(page: Page, links: readonly (string | null)[]): Promise<void> {
  expect(links.length).toBeGreaterThan(library.cases.length);
  expect(new Set(links).size).toBe(links.length);
  for (const link of links) {
    expect(link).toMatch(/^https?:\/\//);
    const answer = await page.request.head(pathOf(link ?? ''));
    expect(answer.status(), link ?? '').toBe(200);
  }
  const paths = links.map((link) => pathOf(link ?? ''));
  for (const entry of library.cases) expect(paths).toContain(addressOf(entry));
}

test('站内的每个链接都通，每个锚点都在，每页都写明自己是什么', async ({ baseURL }) => {
  const { origin } = new URL(baseURL ?? '');
  const pages = await crawl(origin);
  const broken: string[] = [];
  for (const [path, { status, links }] of pages) {
    if (status !== 200) broken.push(`${path}: ${status}`);
    for (const link of links) {
      const target = new URL(link, new URL(path, origin));
      if (target.origin !== origin || target.hash.length < 2) continue;
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (!pages.get(target.pathname)?.ids.has(anchor)) broken.push(`${path} → ${link}`);
    }
  }
  expect(broken).toEqual([]);

  const html = [...pages].filter(([, { type }]) => type.startsWith('text/html'));
  expect(html.length).toBeGreaterThan(library.cases.length + library.methods.length);
  for (const [path, { lang, title, csp, description, canonical }] of html) {
    expect.soft(lang, path).toBe('zh-CN');
    expect.soft(title, path).toMatch(/圆桌/);
    expect.soft(description.length, path).toBeGreaterThan(8);
    expect.soft(csp, path).toContain("default-src 'self'");
    if (canonical) expect.soft(pathOf(canonical), path).toBe(path);
  }
  const titles = html.map(([, { title }]) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test.describe('不请自来的脚本', () => {
  test.use({ expected: [/Executing inline script violates/] });

  test('不会运行', async ({ page }) => {
    await page.goto('/');
    await page.evaluate(() => {
      document.documentElement.insertAdjacentHTML('beforeend', '<p id="probe">');
      const script = document.createElement('script');
      script.textContent = 'document.getElementById("probe").remove()';
      document.body.append(script);
    });
    await expect(page.locator('#probe')).toHaveCount(1);
  });
});

test('Atom、RSS 和 JSON 三种订阅都读得通，链接都是完整的', async ({ page }) => {
  await page.goto('/');
  const atom = await readXml(page, '/feed.atom', ['entry > link', 'feed > link[rel=self]']);
  expect([atom.type, atom.root]).toEqual(['application/atom+xml; charset=utf-8', 'feed']);
  await expectEntries(page, atom.found[0] ?? []);
  expect(pathOf(atom.found[1]?.[0] ?? '')).toBe('/feed.atom');

  const rss = await readXml(page, '/feed.rss', ['item > link']);
  expect([rss.type, rss.root]).toEqual(['application/rss+xml; charset=utf-8', 'rss']);
  await expectEntries(page, rss.found[0] ?? []);

  const json = await page.request.get('/feed.json');
  expect(json.headers()['content-type']).toBe('application/feed+json; charset=utf-8');
  const feed = z
    .object({
      version: z.literal(['https://jsonfeed.org/version/1', 'https://jsonfeed.org/version/1.1']),
      items: z.array(z.object({ id: z.string(), url: z.url(), title: z.string().min(1) })),
    })
    .parse(await json.json());
  await expectEntries(
    page,
    feed.items.map(({ url }) => url),
  );
  for (const [type, path] of [
    ['application/atom+xml', '/feed.atom'],
    ['application/rss+xml', '/feed.rss'],
    ['application/feed+json', '/feed.json'],
  ]) {
    const link = page.locator(`head link[rel=alternate][type="${type}"]`);
    await expect(link).toHaveAttribute('href', path ?? '');
  }
});

test('站点地图列出每个案例和方法，robots.txt 指到它', async ({ page }) => {
  await page.goto('/');
  const robots = await page.request.get('/robots.txt');
  expect(robots.headers()['content-type']).toContain('text/plain');
  const lines = (await robots.text()).split('\n');
  expect(lines).toContain('User-agent: *');
  const address = lines.find((line) => line.startsWith('Sitemap: '))?.slice('Sitemap: '.length);
  expect(pathOf(address ?? '')).toBe('/sitemap.xml');

  const map = await readXml(page, '/sitemap.xml', ['url > loc']);
  expect(map.type).toMatch(/^(application|text)\/xml/);
  expect(map.root).toBe('urlset');
  const paths = (map.found[0] ?? []).map((loc) => pathOf(loc ?? ''));
  for (const entry of library.cases) expect(paths).toContain(addressOf(entry));
  for (const { id } of library.methods) expect(paths).toContain(`/methods/${id}/`);
  for (const path of paths) {
    expect((await read(new URL(path, page.url()))).canonical, path).toContain(path);
  }
});

test.describe('没有这一页', () => {
  test.use({ expected: [NOT_FOUND] });

  test('回答 404，不让收录，可以接着搜', async ({ page }) => {
    const answer = await page.goto('/cases/mei-zhege-anli/');
    expect(answer?.status()).toBe(404);
    await expect(page.locator('meta[name=robots]')).toHaveAttribute('content', 'noindex');
    const search = new Search(page);
    await search.find('微网实格');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL((url) => url.pathname === '/cases/weiwang-shige/');
  });
});
