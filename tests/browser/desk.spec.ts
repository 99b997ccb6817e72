import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { library } from '../support/content.ts';
import { CASE, OTHER_CASE } from '../support/rooms.ts';

/** What a secretary takes from a case page to the desk: the checklist and the citation. */

test('照着做的勾，关了再开还在，各页不相干', async ({ page }) => {
  await page.goto(CASE);
  const boxes = page.getByRole('region', { name: '照着做' }).getByRole('checkbox');
  expect(await boxes.count()).toBeGreaterThan(3);
  await boxes.nth(0).check();
  await boxes.nth(2).check();
  await page.reload();
  await expect(boxes.nth(0)).toBeChecked();
  await expect(boxes.nth(1)).not.toBeChecked();
  await expect(boxes.nth(2)).toBeChecked();
  await boxes.nth(0).uncheck();
  await page.goto(OTHER_CASE);
  for (const box of await boxes.all()) await expect(box).not.toBeChecked();
  await page.goto(CASE);
  await expect(boxes.nth(0)).not.toBeChecked();
  await expect(boxes.nth(2)).toBeChecked();
});

test('复制引用：题目、来源和这一页的地址', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(CASE);
  await page.getByRole('button', { name: '复制引用' }).click();
  await expect(page.getByRole('button', { name: '已复制' })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const entry = library.cases.find(({ id }) => CASE.includes(id));
  for (const said of [entry?.title, entry?.method, entry?.source.title]) {
    expect(copied).toContain(said);
  }
  const address = /https?:\/\/\S+/.exec(copied)?.[0] ?? '';
  expect(new URL(address).pathname).toBe(CASE);
  await expect(page.getByRole('button', { name: '复制引用' })).toBeVisible();
});

test('浏览器不让复制，说一声怎么办', async ({ page }) => {
  await page.addInitScript(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));
  });
  await page.goto(CASE);
  await page.getByRole('button', { name: '复制引用' }).click();
  await expect(page.getByRole('button', { name: '没能复制，请手动选取' })).toBeVisible();
});

/** Instead of the print dialog, which no test can close. */
async function notePrinting(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset['printed'] = 'yes';
    };
  });
}

test('打印叫出浏览器的打印', async ({ page }) => {
  await notePrinting(page);
  await page.goto(CASE);
  await page.getByRole('button', { name: '打印', exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
});

test('只打印清单：一张纸上只有题目、清单和条件', async ({ page }) => {
  await notePrinting(page);
  await page.goto(CASE);
  await page.getByRole('button', { name: '只打印清单' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
  await page.emulateMedia({ media: 'print' });
  const main = page.getByRole('main');
  for (const name of ['照着做', '需要的条件', '容易出的问题']) {
    await expect(main.getByRole('heading', { name })).toBeVisible();
  }
  await expect(main.getByRole('checkbox').first()).toBeVisible();
  await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
  for (const name of ['背景与起因', '做法与经过', '全部数字', '来源']) {
    await expect(main.getByRole('heading', { name, exact: true })).toHaveCount(0);
  }
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(main.getByRole('heading', { name: '背景与起因' })).toBeVisible();
});

test('复制清单：一行一条，带着勾', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(CASE);
  const region = page.getByRole('region', { name: '照着做' });
  await region.getByRole('checkbox').nth(1).check();
  await region.getByRole('button', { name: '复制清单' }).click();
  await expect(region.getByRole('button', { name: '已复制' })).toBeVisible();
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(lines[0]).toBe(library.cases.find(({ id }) => CASE.includes(id))?.title);
  const marks = lines.slice(1, -1).map((line) => line.charAt(0));
  expect(marks).toHaveLength(await region.getByRole('checkbox').count());
  expect(marks.map((mark, index) => mark === (index === 1 ? '☑' : '☐'))).not.toContain(false);
  expect(new URL(lines.at(-1) ?? '').pathname).toBe(CASE);
});
