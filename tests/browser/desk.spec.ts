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

test('打印叫出浏览器的打印', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.documentElement.dataset['printed'] = 'yes';
    };
  });
  await page.goto(CASE);
  await page.getByRole('button', { name: '打印' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'yes');
});
