import { expect, test } from '../support/browser.ts';
import { addressOf, library, themeNamed } from '../support/content.ts';
import { Search } from '../support/searching.ts';

/** The addresses of all cases and methods of a theme, as the files say. */
function addressesOf(theme: string): Set<string> {
  const wanted = themeNamed(theme)?.id ?? '';
  const holds = ({ themes }: { themes: readonly string[] }) => themes.includes(wanted);
  return new Set([
    ...library.cases.filter(holds).map(addressOf),
    ...library.methods.filter(holds).map(({ id }) => `/methods/${id}/`),
  ]);
}

test.beforeEach(async ({ page }) => {
  await page.goto('/search/');
});

test('按案例和方法分开看，数目对得上', async ({ page }) => {
  const search = new Search(page);
  await search.find('网格');
  const all = await search.listAll();
  const cases = all.filter((address) => address.startsWith('/cases/'));
  const methods = all.filter((address) => address.startsWith('/methods/'));
  expect(cases.length * methods.length).toBeGreaterThan(0);
  expect(new Set(all).size).toBe(all.length);
  await expect(search.button(`全部 ${all.length}`)).toHaveAttribute('aria-pressed', 'true');

  await search.button(`案例 ${cases.length}`).click();
  await search.expectTotal(cases.length);
  expect(await search.listAll()).toEqual(cases);
  await search.button(`方法 ${methods.length}`).click();
  await search.expectTotal(methods.length);
  expect(await search.listAll()).toEqual(methods);
  await search.button(`全部 ${all.length}`).click();
  await search.expectTotal(all.length);
});

test('结果多的时候先给一些，再看一些直到看完', async ({ page }) => {
  const search = new Search(page);
  await search.find('社区');
  const total = await search.total();
  const shown = await search.options.count();
  expect(total).toBeGreaterThan(shown * 2);
  await expect(search.button('再看一些')).toHaveText(`再看一些（还有 ${total - shown} 页）`);
  const first = await search.listed();
  await search.button('再看一些').click();
  await expect.poll(() => search.options.count()).toBeGreaterThan(shown);
  // What was read stays where it was.
  expect((await search.listed()).filter((address) => first.includes(address))).toEqual(first);
  expect(await search.listAll()).toHaveLength(total);
  await expect(search.button('再看一些')).toHaveCount(0);
});

test('筛选列出的数目，就是选了以后剩下的数目', async ({ page }) => {
  const search = new Search(page);
  await search.find('网格');
  const all = await search.listAll();
  await search.button('筛选').click();
  const theme = search.filter('主题');
  await expect(theme).toBeVisible();
  const offered = await theme.getByRole('option').allTextContents();
  expect(offered[0]).toBe('不限');
  expect(offered.length).toBeGreaterThan(4);
  for (const label of offered.slice(1)) {
    const [, name = '', count] = /^(.+)（(\d+)）$/.exec(label) ?? [];
    await theme.selectOption(name);
    const expected = all.filter((address) => addressesOf(name).has(address));
    expect(Number(count), name).toBe(expected.length);
    await search.expectTotal(expected.length);
    await expect.poll(() => search.listAll(), name).toEqual(expected);
  }
  await search.button('清除筛选').click();
  await search.expectTotal(all.length);
});

test('两样筛选一起用，一样变了，另一样的数目跟着变', async ({ page }) => {
  const search = new Search(page);
  await search.find('网格');
  const all = await search.listAll();
  await search.button('筛选').click();
  await search.filter('主题').selectOption('党建引领');
  const left = all.filter((address) => addressesOf('党建引领').has(address));
  await search.expectTotal(left.length);
  const settlement = search.filter('小区类型');
  await expect(settlement.getByRole('option')).not.toHaveCount(1);
  for (const label of (await settlement.getByRole('option').allTextContents()).slice(1)) {
    const [, name = '', count] = /^(.+)（(\d+)）$/.exec(label) ?? [];
    await settlement.selectOption(name);
    await search.expectTotal(Number(count));
    expect(Number(count)).toBeGreaterThan(0);
  }
});

test('两个词之间空一格，两个词都写到的页才算', async ({ page }) => {
  const search = new Search(page);
  const found: string[][] = [];
  for (const query of ['楼栋', '老人', '楼栋 老人', '老人　楼栋']) {
    await search.find(query);
    found.push(await search.listAll());
  }
  const [one = [], two = [], both = [], bothWide = []] = found;
  expect(both.length).toBeGreaterThan(0);
  expect(both.length).toBeLessThan(Math.min(one.length, two.length));
  expect(both).toEqual(one.filter((address) => two.includes(address)));
  expect(bothWide).toEqual(both);
});

test('写错一个字，给出相近的名称和写到的词', async ({ page }) => {
  const search = new Search(page);
  await search.field.fill('威网实格');
  await search.expectTotal(0);
  await expect(search.box.getByText('没有哪一页写着「威网实格」')).toBeVisible();
  await expect(search.box.getByRole('link', { name: '微网实格' })).toBeVisible();
  const shorter = search.button(/^网实格（\d+ 页）$/);
  const pages = Number(/（(\d+) 页）/.exec((await shorter.textContent()) ?? '')?.[1]);
  await shorter.click();
  await search.settled('网实格');
  await search.expectTotal(pages);

  await search.field.fill('威网实格');
  await search.box.getByRole('link', { name: '微网实格' }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/cases/weiwang-shige/');
});

test('什么也对不上，也指一条路', async ({ page }) => {
  const search = new Search(page);
  await search.field.fill('龘靐齉');
  await search.expectTotal(0);
  await expect(search.box.getByRole('link', { name: '我遇到的问题' })).toBeVisible();
  await search.box.getByRole('link', { name: '方法目录' }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/methods/');
});
