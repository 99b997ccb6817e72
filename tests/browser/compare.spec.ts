import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { library } from '../support/content.ts';
import { Gate } from '../support/gate.ts';
import { FOUR, NOT_FOUND } from '../support/rooms.ts';
import { Search } from '../support/searching.ts';

const titleOf = (id: string) => library.cases.find((entry) => entry.id === id)?.title ?? '';

/** These cases stand side by side, in this order, in the table and in the address. */
async function expectCompared(page: Page, ids: readonly string[]): Promise<void> {
  const links = page.getByRole('columnheader').getByRole('link');
  await expect(links).toHaveText(ids.map(titleOf));
  await expect(page).toHaveURL((url) => (url.searchParams.get('cases') ?? '') === ids.join(','));
}

async function add(page: Page, query: string): Promise<void> {
  await page.getByRole('button', { name: '添加案例' }).click();
  const dialog = page.getByRole('dialog', { name: '添加要比较的案例' });
  await new Search(dialog).find(query);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
}

const remove = (page: Page, id: string) =>
  page.getByRole('button', { name: `移除：${titleOf(id)}` }).click();

test('从空的开始，一个个加，一个个移除，返回键退回', async ({ page }) => {
  await page.goto('/compare/');
  await expect(page.getByText('还没有选案例')).toBeVisible();
  await expect(page.getByRole('table')).toBeHidden();
  await add(page, '微网实格');
  await expectCompared(page, ['weiwang-shige']);
  await add(page, '五情联动');
  await expectCompared(page, ['weiwang-shige', 'wuqing-liandong']);
  await page.reload();
  await expectCompared(page, ['weiwang-shige', 'wuqing-liandong']);
  await remove(page, 'weiwang-shige');
  await expectCompared(page, ['wuqing-liandong']);
  await page.goBack();
  await expectCompared(page, ['weiwang-shige', 'wuqing-liandong']);
  await remove(page, 'wuqing-liandong');
  await remove(page, 'weiwang-shige');
  await expect(page.getByText('还没有选案例')).toBeVisible();
});

test('接连移除，慢到的旧结果不会回来', async ({ page }) => {
  await page.goto('/compare/?cases=weiwang-shige,wuqing-liandong');
  await expectCompared(page, ['weiwang-shige', 'wuqing-liandong']);
  const gate = new Gate();
  await page.route('**/cases/*/', gate.handle);
  await remove(page, 'wuqing-liandong');
  await expect.poll(() => gate.waiting.length).toBe(1);
  await remove(page, 'weiwang-shige');
  await expect(page.getByText('还没有选案例')).toBeVisible();
  const late = page.waitForResponse('**/cases/*/');
  await gate.open();
  await (await late).finished();
  // What must not happen has no event to wait for.
  await page.waitForTimeout(200);
  await expect(page.getByRole('table')).toBeHidden();
});

test('只能加案例，加过的不重复', async ({ page }) => {
  await page.goto('/compare/?cases=weiwang-shige');
  await page.getByRole('button', { name: '添加案例' }).click();
  const search = new Search(page.getByRole('dialog', { name: '添加要比较的案例' }));
  await search.find('网格');
  const addresses = await search.listAll();
  expect(addresses.length).toBeGreaterThan(1);
  expect(addresses.filter((address) => !address.startsWith('/cases/'))).toEqual([]);
  await search.find('微网实格');
  await page.keyboard.press('Enter');
  await expectCompared(page, ['weiwang-shige']);
});

test('最多四个', async ({ page }) => {
  await page.goto(`/compare/?cases=${FOUR.slice(0, 3).join(',')}`);
  await add(page, '幸福诀');
  await expectCompared(page, FOUR);
  await expect(page.getByRole('button', { name: '最多比较 4 个' })).toBeDisabled();
  await page.goto(`/compare/?cases=${[...FOUR, 'fuping-weixiao'].join(',')}`);
  await expect(page.getByRole('columnheader')).toHaveCount(4);
});

test('比较的就是案例页上写的', async ({ page }) => {
  const ids = FOUR.slice(0, 2);
  await page.goto(`/compare/?cases=${ids.join(',')}`);
  await expectCompared(page, ids);
  const rows = page.getByRole('table').getByRole('row');
  const labels = await rows.getByRole('rowheader').allTextContents();
  for (const label of ['地点', '层级', '主要数字', '方法', '需要的条件', '容易出的问题', '来源']) {
    expect(labels).toContain(label);
  }
  for (const [index, id] of ids.entries()) {
    const entry = library.cases.find((one) => one.id === id);
    const column = page.getByRole('table').locator(`td:nth-child(${index + 1})`);
    const words = (await column.allTextContents()).join('\n');
    for (const said of [entry?.gist, entry?.level, entry?.source.title, entry?.conditions[0]?.text])
      expect(words).toContain(said);
    const lead = entry?.figures.filter((figure) => figure.lead).map(({ label }) => label) ?? [];
    for (const label of lead) expect(words).toContain(label);
  }
});

test('从两个案例页加入，两个都在', async ({ page }) => {
  await page.goto('/cases/weige-zhili/');
  await page.getByRole('link', { name: '加入比较' }).click();
  await expectCompared(page, ['weige-zhili']);
  await page.goto('/cases/');
  await page.goto('/cases/sihua-liandong/');
  await page.getByRole('link', { name: '加入比较' }).click();
  await expectCompared(page, ['weige-zhili', 'sihua-liandong']);
});

test('没有选的时候，给一个例子看', async ({ page }) => {
  await page.goto('/compare/');
  await page.getByRole('link', { name: '先看一个例子' }).click();
  await expect(page.getByRole('columnheader')).toHaveCount(2);
});

test.describe('服务出错', () => {
  test.use({ expected: [/status of 503/] });

  test('取不到案例，说是网络的事，连上了再来', async ({ page }) => {
    await page.goto('/compare/');
    await expect(page.getByText('还没有选案例')).toBeVisible();
    await page.route('**/cases/weiwang-shige/', (route) => route.fulfill({ status: 503 }));
    await add(page, '微网实格');
    await expect(page.getByRole('alert')).toContainText('网络');
    await page.unroute('**/cases/weiwang-shige/');
    await page.reload();
    await expectCompared(page, ['weiwang-shige']);
  });
});

test.describe('地址里有不存在的案例', () => {
  test.use({ expected: [NOT_FOUND] });

  test('说明没有，其余照样比较', async ({ page }) => {
    await page.goto('/compare/?cases=weiwang-shige,mei-zhege,xingfu-jue');
    const links = page.getByRole('columnheader').getByRole('link');
    await expect(links).toHaveText(['weiwang-shige', 'xingfu-jue'].map(titleOf));
    await expect(page.getByRole('alert')).toContainText('没有 mei-zhege');
  });
});
