import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { CASE, METHOD, PROBLEM } from '../support/rooms.ts';
import { highlighted, openDialog, Search } from '../support/searching.ts';

const PAGES = ['/', '/cases/', CASE, '/methods/', METHOD, '/themes/', PROBLEM, '/compare/'];

const dialogOf = (page: Page) => page.getByRole('dialog', { name: '搜索' });

test('在任何一页按 / 或 Ctrl+K 都能搜索，按 Esc 收起', async ({ page }) => {
  for (const path of PAGES) {
    await page.goto(path);
    for (const key of ['/', 'Control+k']) {
      await page.keyboard.press(key);
      await expect(dialogOf(page), `${path} ${key}`).toBeVisible();
      await expect(new Search(dialogOf(page)).field).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(dialogOf(page)).toHaveCount(0);
    }
  }
});

test('正在输入时，/ 就是一个字，Ctrl+K 不再开一个对话框', async ({ page }) => {
  await page.goto(CASE);
  const search = await openDialog(page);
  await page.keyboard.type('1/2');
  await expect(search.field).toHaveValue('1/2');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(1);
  await expect(search.field).toHaveValue('1/2');
});

test('勾选清单不算输入，按 / 照样能搜', async ({ page }) => {
  await page.goto(CASE);
  await page.getByRole('checkbox').first().check();
  await page.keyboard.press('/');
  await expect(dialogOf(page)).toBeVisible();
});

test('收起对话框，焦点回到原处，一次 Esc 就够', async ({ page }) => {
  await page.goto(CASE);
  const opener = page.getByRole('banner').getByRole('link', { name: '搜索' });
  await opener.click();
  await new Search(dialogOf(page)).find('网格');
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.press('Enter');
  await dialogOf(page).getByRole('button', { name: '关闭' }).click();
  await expect(opener).toBeFocused();
});

test('名称完全对上的排第一，回车打开，打开的页上标出所搜的字', async ({ page }) => {
  await page.goto('/');
  const search = await openDialog(page);
  await search.find('微网实格');
  await expect(search.options.first()).toContainText('微网实格');
  await expect(search.active).toHaveCount(1);
  await expect(search.options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.pathname === CASE);
  await expect.poll(() => highlighted(page)).toContain('微网实格');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('上下键换一条，读屏软件知道是哪一条，回车打开它', async ({ page }) => {
  await page.goto('/');
  const search = await openDialog(page);
  await search.find('网格');
  const [, second, third] = await search.listed();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown']) {
    await page.keyboard.press(key);
    await expect(search.active).toHaveCount(1);
    const id = await search.active.getAttribute('id');
    await expect(search.field).toHaveAttribute('aria-activedescendant', id ?? '');
  }
  await expect(search.active).toHaveAttribute('data-url', /./);
  await page.keyboard.press('ArrowDown');
  await expect(search.active).toHaveAttribute('data-url', second ?? '');
  await page.keyboard.press('ArrowDown');
  await expect(search.active).toHaveAttribute('data-url', third ?? '');
  await expect(search.active).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.pathname === third);
  await expect.poll(() => highlighted(page)).toEqual(['网格']);
});

test('用鼠标或手指也能打开一条', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  await search.find('四事四共');
  await search.options.first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('四事四共');
});

test('拼音和拼音首字母找得到名称', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  for (const typed of ['wwsg', 'WWSG', 'weiwangshige']) {
    await search.field.fill(typed);
    await expect(search.options.first(), typed).toContainText('微网实格');
    await search.field.fill('');
    await expect(search.options).toHaveCount(0);
  }
});

test('输入法拼写的时候不搜，选定了才搜', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  await expect(search.field).toBeFocused();
  await search.find('网格');
  const before = await search.total();
  await search.talked();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const keyboard = await page.context().newCDPSession(page);
  await page.keyboard.press('ControlOrMeta+a');
  for (const text of ['w', 'wu', 'wu m', 'wu min']) {
    const [selectionStart, selectionEnd] = [text.length, text.length];
    await keyboard.send('Input.imeSetComposition', { text, selectionStart, selectionEnd });
  }
  await expect(search.field).toHaveValue('wu min');
  // What must not happen has no event to wait for.
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  expect(await search.total()).toBe(before);
  await keyboard.send('Input.insertText', { text: '五民' });
  await expect(search.field).toHaveValue('五民');
  await search.settled('五民');
  expect(await search.total()).toBeLessThan(before);
});

test('搜过的词记在这台设备上，点一下再搜，也能清掉', async ({ page }) => {
  await page.goto('/');
  for (const query of ['接诉即办', '小巷管家']) {
    const search = await openDialog(page);
    await search.find(query);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/hit=/);
  }
  const search = await openDialog(page);
  await expect(search.box.getByText('最近搜过')).toBeVisible();
  await expect(search.box.getByRole('listitem')).toHaveText(['小巷管家', '接诉即办']);
  await search.button('接诉即办').click();
  await search.settled('接诉即办');
  await expect(search.field).toHaveValue('接诉即办');
  await search.field.fill('');
  await search.button('清除记录').click();
  await expect(search.box.getByText('最近搜过')).toHaveCount(0);
  await page.reload();
  await expect((await openDialog(page)).box.getByText('最近搜过')).toHaveCount(0);
});
