import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { CASE } from '../support/rooms.ts';

const button = (page: Page, name: string) => page.getByRole('banner').getByRole('button', { name });

/** Paper and type of the page as they were when its body began, and as they are now. */
async function look(page: Page): Promise<{ first: string; now: string }> {
  return page.evaluate(() => {
    const style = getComputedStyle(document.body);
    const now = `${style.fontSize} ${style.backgroundColor}`;
    return { first: document.documentElement.dataset['first'] ?? '', now };
  });
}

/** Notes how the body looks before anything in it is drawn. */
async function noteFirstLook(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watcher = new MutationObserver(() => {
      if (!document.body) return;
      watcher.disconnect();
      const style = getComputedStyle(document.body);
      document.documentElement.dataset['first'] = `${style.fontSize} ${style.backgroundColor}`;
    });
    watcher.observe(document, { childList: true, subtree: true });
  });
}

test('大字是标准的 125%，到哪一页都记得，不闪一下', async ({ page }) => {
  await noteFirstLook(page);
  await page.goto('/');
  await expect(button(page, '大字')).toHaveAttribute('aria-pressed', 'false');
  expect((await look(page)).now).toMatch(/^17px/);
  await button(page, '大字').click();
  await expect(button(page, '大字')).toHaveAttribute('aria-pressed', 'true');
  for (const path of [CASE, '/search/', '/']) {
    await page.goto(path);
    const { first, now } = await look(page);
    expect(Number.parseFloat(now), path).toBeCloseTo(17 * 1.25, 1);
    expect(first, path).toBe(now);
    await expect(button(page, '大字')).toHaveAttribute('aria-pressed', 'true');
  }
  await button(page, '大字').click();
  await page.reload();
  expect((await look(page)).now).toMatch(/^17px/);
});

test('夜间到哪一页都记得，不闪一下', async ({ page }) => {
  await noteFirstLook(page);
  await page.goto('/');
  const light = (await look(page)).now;
  await button(page, '夜间').click();
  await expect(button(page, '夜间')).toHaveAttribute('aria-pressed', 'true');
  const dark = (await look(page)).now;
  expect(dark).not.toBe(light);
  for (const path of [CASE, '/methods/', '/']) {
    await page.goto(path);
    expect(await look(page), path).toEqual({ first: dark, now: dark });
  }
  await button(page, '夜间').click();
  await page.reload();
  expect((await look(page)).now).toBe(light);
});

test.describe('系统是深色', () => {
  test.use({ colorScheme: 'dark' });

  test('跟着系统，也可以只在这里用浅色', async ({ page }) => {
    await page.goto('/');
    await expect(button(page, '夜间')).toHaveAttribute('aria-pressed', 'true');
    const dark = (await look(page)).now;
    await button(page, '夜间').click();
    await expect(button(page, '夜间')).toHaveAttribute('aria-pressed', 'false');
    await page.goto(CASE);
    const light = (await look(page)).now;
    expect(light).not.toBe(dark);
    await page.emulateMedia({ colorScheme: 'light' });
    expect((await look(page)).now).toBe(light);
  });
});

test('浏览器不让记，也照样用', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  await page.goto(CASE);
  await button(page, '大字').click();
  expect((await look(page)).now).toMatch(/^21\.2/);
  await page.getByRole('checkbox').first().check();
  await page.keyboard.press('/');
  await expect(page.getByRole('dialog', { name: '搜索' })).toBeVisible();
});
