import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';
import {
  FORUM_PAGE,
  NEW_PAGE,
  scriptForum,
  THREAD,
  THREAD_PAGE,
} from '../support/scriptedForum.ts';

const PHONE = { width: 390, height: 844 };

/** As if the page had been left for a moment: whatever may have been missed is asked for. */
const comeBack = (page: Page): Promise<unknown> =>
  page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

const topOf = (page: Page, n: number): Promise<number> =>
  page.locator(`[id="${n}"]`).evaluate((post) => Math.round(post.getBoundingClientRect().top));

test.describe('讨论', () => {
  test.use({ viewport: PHONE, expected: [/status of 409/] });

  test('从没看过的读起，两头接着取，新回复不挪动正在读的', async ({ page }) => {
    await signIn(page, 'weiyun');
    const box = await scriptForum(page, { posts: 400, mine: { read: 219 } });
    await page.goto(THREAD_PAGE);
    await expect(page.getByText('从这里起没看过')).toBeInViewport();
    await expect(page.locator('[id="220"]')).toBeFocused();
    await expect.poll(() => Math.max(0, ...box.seen)).toBeGreaterThanOrEqual(220);

    await page.keyboard.press('j');
    await expect(page.locator('[id="221"]')).toBeFocused();
    await page.keyboard.press('k');
    await expect(page.locator('[id="220"]')).toBeFocused();

    await page.keyboard.press('k');
    const before = await topOf(page, 219);
    await page.getByRole('button', { name: '看前面的（到第 200 楼）' }).dispatchEvent('click');
    await expect(page.locator('[id="151"]')).toBeAttached();
    expect(Math.abs((await topOf(page, 219)) - before), '读的那一楼没有挪动').toBeLessThanOrEqual(
      2,
    );

    box.addReplies(3);
    await comeBack(page);
    const news = page.getByRole('button', { name: '有 3 条新回复 · 显示' });
    await expect(news).toBeAttached();
    await expect(page.locator('[id="401"]')).toHaveCount(0);
    expect(Math.abs((await topOf(page, 219)) - before)).toBeLessThanOrEqual(2);
    await news.dispatchEvent('click');
    await expect(page.locator('[id="401"]')).toBeInViewport();

    await page.goto(`${THREAD_PAGE}#37`);
    await expect(page.locator('[id="37"]')).toBeInViewport();
  });

  test('写到一半被锁定，字还在，可以复制；换个时候接着写', async ({ page }) => {
    await signIn(page, 'weiyun');
    const box = await scriptForum(page);
    await page.goto(THREAD_PAGE);
    await page.getByRole('button', { name: '写回复' }).click();
    const text = page.getByLabel('回复', { exact: true });
    await text.pressSequentially('我们是这样做的，@静');
    await page.getByRole('option', { name: '静怡社区' }).click();
    await expect(text).toHaveValue('我们是这样做的，@静怡社区 ');
    await text.selectText();
    await page.getByRole('button', { name: /^粗体/ }).click();
    await expect(text).toHaveValue('**我们是这样做的，@静怡社区 **');
    await page.getByRole('button', { name: '预览' }).click();
    await expect(page.getByText('没有找到 @查无此人')).toBeVisible();
    await page.getByRole('button', { name: '接着写' }).click();

    box.refuse({
      status: 409,
      code: 'threadLocked',
      title: '讨论已锁定',
      detail: '您写的内容还在，可以复制。',
    });
    await page.getByRole('button', { name: '发出回复' }).click();
    await expect(page.getByRole('alert')).toContainText('讨论已锁定');
    await expect(page.getByRole('button', { name: '复制我写的' })).toBeVisible();
    expect(box.written).toEqual([]);

    await page.reload();
    await page.getByRole('button', { name: '接着写回复' }).click();
    await expect(text).toHaveValue('**我们是这样做的，@静怡社区 **');
    box.refuse(undefined);
    await page.getByRole('button', { name: '发出回复' }).click();
    await expect(page.locator('[id="8"]')).toContainText('我们是这样做的');
    expect(box.written).toEqual([
      { what: 'POST /posts', body: { source: '**我们是这样做的，@静怡社区 **' } },
    ]);
    await page.reload();
    await expect(page.getByRole('button', { name: '写回复', exact: true })).toBeVisible();
  });
});

test('在案例旁提问：位置已填好，先看相近的，发出后到讨论里', async ({ page }) => {
  await signIn(page, 'weiyun');
  await scriptForum(page);
  await page.goto(FORUM_PAGE);
  await expect(page.getByRole('link', { name: '提问或发起讨论' })).toBeVisible();
  await page.goto(NEW_PAGE);
  await expect(page.getByRole('group', { name: '关于什么' })).toContainText('微网实格');
  await page.getByRole('button', { name: '发出求助' }).click();
  await expect(page.getByLabel('遇到了什么')).toBeFocused();
  await page.getByLabel('遇到了什么').fill('晚上入户居民嫌打扰。');
  await page.getByRole('button', { name: '发出求助' }).click();
  await expect(page.getByRole('alert')).toContainText('标题至少 4 个字');
  await page.getByLabel('标题').fill('微网格员没有时间入户');
  await expect(page.getByText('有人谈过相近的')).toBeVisible();
  const begun = page.waitForRequest((request) => request.url().endsWith('/threads'));
  await page.getByRole('button', { name: '发出求助' }).click();
  expect((await begun).postDataJSON()).toEqual({
    place: { kind: 'case', key: 'weiwang-shige' },
    title: '微网格员没有时间入户',
    source: '晚上入户居民嫌打扰。',
    asks: true,
    isPublic: true,
  });
  await expect(page).toHaveURL(new RegExp(THREAD));
});
