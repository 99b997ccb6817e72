import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { addressOf, library } from '../support/content.ts';
import { METHOD } from '../support/rooms.ts';

/** Playwright's text and role locators pass over <noscript>. */
const noscript = (page: Page) => page.getByRole('main').locator('noscript');

async function expectNote(page: Page, words: string): Promise<void> {
  await expect(noscript(page)).toBeVisible();
  expect(await noscript(page).evaluate((note) => note.textContent)).toContain(words);
}

test.use({ javaScriptEnabled: false });

test('案例列表摆出案例，按主题看', async ({ page }) => {
  await page.goto('/cases/');
  const main = page.getByRole('main');
  await expect(main.getByRole('article')).toHaveCount(library.cases.length);
  await expectNote(page, '没有启用脚本');
  const links = noscript(page).locator('a');
  await expect(links).toHaveText(library.themes.map(({ name }) => name));
  await links.filter({ hasText: '网格治理' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('网格治理');
});

test('主题页列出它的每一个案例', async ({ page }) => {
  for (const { id } of library.themes) {
    await page.goto(`/themes/${id}/`);
    const links = page.getByRole('article').getByRole('heading').getByRole('link');
    const listed = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    const expected = library.cases.filter(({ themes }) => themes.includes(id)).map(addressOf);
    expect(listed.sort(), id).toEqual(expected.sort());
  }
});

test('案例页从头到尾读得到，折起来的也打得开', async ({ page }) => {
  for (const entry of library.cases) {
    await page.goto(addressOf(entry));
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(entry.title);
    for (const { title } of entry.sections) {
      await expect(main.getByRole('heading', { name: title, exact: true })).toBeVisible();
    }
    await expect(main.getByRole('img')).toHaveCount(entry.diagrams.length);
    await page.locator('summary', { hasText: '个数字' }).click();
    await expect(page.getByRole('table', { name: '全部数字' }).getByRole('row')).toHaveCount(
      entry.figures.length + 1,
    );
  }
});

test('没有脚本做不到的，不摆出来；能做的照样做', async ({ page }) => {
  await page.goto('/cases/weiwang-shige/');
  for (const name of ['大字', '夜间', '打印', '复制引用']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
  await page.goto('/problems/');
  await expect(page.getByRole('radio')).toHaveCount(0);
  await page.getByRole('main').getByRole('link', { name: '网格太大管不过来' }).click();
  await expect(page.getByRole('main').getByText('合用的理由').first()).toBeVisible();
  await page.goto(METHOD);
  await expect(page.getByRole('heading', { name: '步骤' })).toBeVisible();
});

test('搜索和比较说明要用脚本，指一条别的路', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('banner').getByRole('link', { name: '搜索' }).click();
  await expectNote(page, '搜索要用脚本');
  await noscript(page).locator('a', { hasText: '方法目录' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('方法');
  await page.goto('/compare/');
  await expectNote(page, '比较要用脚本');
  await expect(page.getByRole('button', { name: '添加案例' })).toHaveCount(0);
});
