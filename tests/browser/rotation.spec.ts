import type { Browser, Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import { expect, test } from '../support/browser.ts';
import { CASE, signIn } from '../support/rooms.ts';

const PHONE = { width: 390, height: 844 };

/** Someone of the demo on a phone of their own. */
async function phoneOf(browser: Browser, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  await signIn(page, login);
  return page;
}

test('从首页看到要办的，提出调换，对方不同意，双方都知道', async ({ browser }) => {
  const five = await phoneOf(browser, 'shequ5');
  await five.goto('/salon/');
  const due = five.getByRole('region', { name: '现在要办的' });
  await expect(due.getByText('由您担任轮值主席')).toBeVisible();
  await five.goto('/salon/seats/');
  await five.getByText('我要调换').click();
  const form = five.getByRole('group').filter({ hasText: '我要调换' });
  const sixth = await form
    .getByRole('option', { name: /示例社区六/ })
    .first()
    .innerText();
  await form.getByLabel('换成').selectOption(sixth);
  await form.getByLabel('留言').fill('那个月要迎检');
  await form.getByRole('button', { name: '提出调换' }).click();
  await expect(five.getByRole('listitem').filter({ hasText: '等对方答复' })).toContainText(
    '示例社区六',
  );
  await expect(form.getByText('您的调换正在等对方答复')).toBeVisible();

  const six = await phoneOf(browser, 'shequ6');
  await six.goto('/salon/');
  await six.getByRole('link', { name: /^答复：示例社区五想和您调换/ }).click();
  const asked = six.getByRole('region', { name: '等您答复的调换' });
  await expect(asked.getByText('那个月要迎检')).toBeVisible();
  await asked.getByRole('button', { name: '不同意' }).click();
  await expect(asked).toHaveCount(0);

  // The page of the one who asked hears of it by itself.
  await expect(form.getByRole('button', { name: '提出调换' })).toBeVisible();
  const read = five.waitForResponse(/notices\/read$/);
  await five.getByRole('link', { name: /^通知/ }).click();
  const text = '示例社区六没有同意调换轮值';
  await expect(five.getByRole('link', { name: new RegExp(`^未读： ?${text}`) })).toBeVisible();
  await read;
  await five.reload();
  await expect(five.getByRole('link', { name: new RegExp(`^${text}`) })).toBeVisible();
  await five.context().close();
  await six.context().close();
});

test('书记请假，主办单位看得到，销假', async ({ page, browser }) => {
  const own = await phoneOf(browser, 'shequ18');
  await own.goto('/salon/seats/');
  await own.getByText('我要请假').click();
  const month = await own.getByLabel('哪个月不能轮值').locator('option').last().innerText();
  await own.getByLabel('哪个月不能轮值').selectOption(month);
  await own.getByLabel('原因（可以不填）').fill('外出学习');
  await own.getByRole('button', { name: '请假', exact: true }).click();
  const leave = `示例社区十八：${month}请假`;
  const mine = own.getByRole('listitem').filter({ hasText: leave });
  await expect(mine).toContainText('外出学习');

  await signIn(page, 'minzheng');
  await page.goto('/salon/seats/');
  const seen = page.getByRole('listitem').filter({ hasText: leave });
  await expect(seen).toBeVisible();
  await mine.getByRole('button', { name: '销假' }).click();
  await expect(mine).toHaveCount(0);
  await expect(seen).toHaveCount(0);
  await own.context().close();
});

test('订阅日历：沙龙的地址谁都能取，自己的只显示一次', async ({ page }) => {
  await signIn(page, 'shequ17');
  await page.goto('/salon/seats/');
  const calendar = page.getByRole('region', { name: '订阅日历' });
  const feed = await calendar.locator('code').first().innerText();
  expect((await page.request.get(feed)).headers()['content-type']).toContain('text/calendar');
  await expect(calendar.getByRole('link', { name: '加到日历' })).toHaveAttribute(
    'href',
    feed.replace('http:', 'webcal:'),
  );
  await calendar.getByRole('button', { name: '生成我的订阅地址' }).click();
  await expect(calendar.getByText('只显示这一次')).toBeVisible();
  const own = await calendar.locator('code').last().innerText();
  expect((await page.request.get(own)).status()).toBe(200);
  await page.reload();
  await expect(calendar.locator('code')).toHaveCount(1);
  await calendar.getByRole('button', { name: '停用' }).click();
  await calendar.getByRole('button', { name: '确定' }).click();
  await expect(calendar.getByRole('button', { name: '生成我的订阅地址' })).toBeVisible();
  expect((await page.request.get(own)).status()).toBe(404);
});

test('没登录的人读案例，页面不问服务器有没有通知', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(CASE, { waitUntil: 'networkidle' });
  expect(asked).toContain(CASE);
  expect(asked.filter((path) => /^\/api\/|notices/.test(path))).toEqual([]);
});

test.describe('登录过期', () => {
  test.use({ expected: [/status of 401/] });

  test('页眉不再当人还在', async ({ page }) => {
    await page.addInitScript(() => {
      if (!sessionStorage.getItem('seen')) localStorage.setItem('yuanzhuo:name', '某书记');
      sessionStorage.setItem('seen', '1');
    });
    await page.goto(CASE);
    await expect(page.getByRole('link', { name: '登录' })).toBeVisible();
    await expect(page.getByRole('link', { name: /^通知/ })).toBeHidden();
  });
});

test('点一下登录，就到自己的沙龙；没登录的人看到沙龙是什么', async ({ page }) => {
  await page.goto(`/salon/?salon=${DEMO_SALON.slug}`);
  await expect(page.getByRole('heading', { name: '近期安排' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^通知/ })).toBeHidden();
  await page.goto('/signin/');
  await page.getByRole('button', { name: '渭运社区书记' }).click();
  await expect(page).toHaveURL('/salon/');
  await expect(page.getByRole('heading', { name: '现在要办的' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^通知/ })).toBeVisible();
});
