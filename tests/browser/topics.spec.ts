import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';

/** What a secretary does in a round: writing, proposing, supporting, voting. */

const PHONE = { width: 390, height: 844 };
const title = (page: Page) => page.getByLabel('议题名称');
const situation = (page: Page) => page.getByRole('textbox', { name: '遇到的问题' });
const saved = (page: Page) => page.getByText(/^已保存 \d\d:\d\d$/);

test.describe('在手机上写议题', () => {
  test.use({ expected: [/ERR_INTERNET_DISCONNECTED/], viewport: PHONE });

  test('从案例页来，网断了、页面关了都不丢，看一遍再提出，还能撤回', async ({ page, context }) => {
    await signIn(page, 'shequ10');
    await page.goto('/cases/weiwang-shige/');
    await page.getByRole('link', { name: '在沙龙提议题' }).click();
    await expect(page.getByRole('button', { name: '去掉案例 weiwang-shige' })).toBeVisible();
    await title(page).fill('网格员入户没有人开门');
    await situation(page).fill('三个网格的独居老人，白天敲门没有人应。');
    await expect(saved(page)).toBeVisible();
    await expect(page).toHaveURL(/\/salon\/topics\/edit\/\?topic=/);
    const draft = page.url();

    await context.setOffline(true);
    await situation(page).fill('三个网格的独居老人，白天敲门没有人应，电话也不接。');
    await expect(page.getByText(/^没有连上，先存在这台/)).toBeVisible();
    await page.close();
    await context.setOffline(false);

    const again = await context.newPage();
    await again.goto(draft);
    await expect(situation(again)).toHaveValue(/电话也不接。$/);
    await again.getByRole('button', { name: '看一遍，提出' }).click();
    await expect(again.getByRole('heading', { name: '网格员入户没有人开门' })).toBeFocused();
    await again.getByRole('button', { name: '提出议题' }).click();
    await expect(again.getByText('征集中')).toBeVisible();
    await expect(again.getByText('电话也不接。')).toBeVisible();

    await again.getByRole('button', { name: '撤回' }).click();
    await again.getByRole('button', { name: '确定' }).click();
    await expect(again.getByText('已撤回')).toBeVisible();
  });

  test('输入时推荐案例，加上、去掉；不要的草稿放得下', async ({ page }) => {
    await signIn(page, 'shequ11');
    await page.goto('/salon/topics/new/');
    await title(page).fill('物业撤走以后没有人管');
    await page
      .getByRole('button', { name: /^加上：/ })
      .first()
      .click();
    const linked = page.getByRole('button', { name: /^去掉案例 / });
    await expect(linked).toHaveCount(1);
    await page.getByRole('searchbox').fill('万能章');
    await page
      .getByRole('button', { name: '加上：四支队伍办小事，书记们轮流主持沙龙议难题' })
      .click();
    await expect(linked).toHaveCount(2);
    await page.getByRole('button', { name: '去掉案例 fuping-weixiao' }).click();
    await expect(linked).toHaveCount(1);
    await expect(saved(page)).toBeVisible();
    await page.getByRole('button', { name: '不要这份草稿' }).click();
    await page.getByRole('button', { name: '确定' }).click();
    await expect(page).toHaveURL(/\/salon\/topics\/\?/);
    await page.goto('/salon/topics/all/?of=mine&stage=draft');
    await expect(page.getByText('本席位还没有这样的议题')).toBeVisible();
  });
});

test.describe('登录过期', () => {
  test.use({ expected: [/status of 401/] });

  test('写的还在这台机器里，登录后接着写', async ({ page, context }) => {
    await signIn(page, 'shequ12');
    await page.goto('/salon/topics/new/');
    await title(page).fill('路灯坏了没有人修');
    await context.clearCookies();
    await situation(page).fill('从春天等到秋天，报了四次。');
    await expect(page.getByText(/^登录已过期，先存在这台/)).toBeVisible();
    const back = await page.getByRole('link', { name: '登录后接着写' }).getAttribute('href');
    await signIn(page, 'shequ12');
    await page.goto(new URLSearchParams(back?.split('?')[1]).get('next') ?? '');
    await expect(situation(page)).toHaveValue('从春天等到秋天，报了四次。');
    await expect(page.getByText('接着上次没写完的写')).toBeVisible();
    await expect(saved(page)).toBeVisible();
  });
});

test('选满三个就不能再选，投了还能改，只说有几个席位投了', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'shequ16');
  await page.goto('/salon/topics/');
  const boxes = page.getByRole('checkbox');
  for (const at of [0, 1, 2]) await boxes.nth(at).check();
  await boxes.nth(3).click();
  await expect(boxes.nth(3)).not.toBeChecked();
  await expect(page.getByText('最多选 3 个。先取消一个，再选这个。')).toBeVisible();
  await page.getByRole('button', { name: '投票', exact: true }).click();
  await expect(page.getByRole('heading', { name: '您投给了 3 个议题' })).toBeFocused();
  await expect(page.getByText(/已有 \d+ 个席位投票，共 \d+ 个/)).toBeVisible();
  await page.getByRole('button', { name: '修改投票' }).click();
  await boxes.nth(1).uncheck();
  await page.getByRole('button', { name: '修改投票' }).click();
  await expect(page.getByRole('heading', { name: '您投给了 2 个议题' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '您投给了 2 个议题' })).toBeVisible();
  await expect(page.getByText(/\d+ 票$/)).toHaveCount(0);
});

test('附议，再取消；主办单位写明理由，不采用', async ({ page, browser }) => {
  await signIn(page, 'shequ14');
  await page.goto('/salon/topics/new/');
  await title(page).fill('快递柜占了消防通道');
  await situation(page).fill('两处快递柜立在消防通道上，说了几回不肯挪。');
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: '看一遍，提出' }).click();
  await page.getByRole('button', { name: '提出议题' }).click();
  await expect(page.getByText('征集中')).toBeVisible();
  const address = page.url();

  const other = await browser.newPage();
  await signIn(other, 'shequ15');
  await other.goto(address);
  await other.getByRole('button', { name: '附议', exact: true }).click();
  await expect(other.getByText('1 个席位附议')).toBeVisible();
  await other.getByRole('button', { name: '已附议' }).click();
  await expect(other.getByText('0 个席位附议')).toBeVisible();

  await signIn(other, 'minzheng');
  await other.goto(address);
  await other.getByText('不采用这个议题').click();
  await other.getByLabel('理由').fill('消防大队已在办理，办完告知各社区。');
  await other.getByRole('button', { name: '不采用', exact: true }).click();
  await expect(other.getByText('理由：消防大队已在办理')).toBeVisible();
  await expect(page.getByText('理由：消防大队已在办理'), '提出的人不用刷新').toBeVisible();
  await other.close();
});
