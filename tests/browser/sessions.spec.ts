import AxeBuilder from '@axe-core/playwright';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';
import { pdf } from '../support/uploads.ts';

const PHONE = { width: 390, height: 844 };
const SCREEN = '/salon/sessions/4/screen/';

async function asOnPhone(browser: Browser, login: string): Promise<Page> {
  const page = await browser.newPage({ viewport: PHONE });
  await signIn(page, login);
  return page;
}

/** The six digits on the screen. */
const digitsOn = async (screen: Page): Promise<string> =>
  (await screen.locator('.digits').innerText()).replace(/\s/g, '');

const countOn = async (screen: Page): Promise<number> =>
  Number(/已签到 (\d+) 个席位/.exec((await ring(screen).getAttribute('aria-label')) ?? '')?.[1]);

const ring = (page: Page) => page.getByRole('img', { name: /^已签到 \d+ 个席位/ });

test.describe('会议当天', () => {
  test.use({ viewport: { width: 1280, height: 720 }, expected: [/status of 422/] });

  test('主席打开屏幕，书记扫码点一下就签到，屏幕上随即多一席', async ({ page, browser }) => {
    await signIn(page, 'weiyun');
    await page.goto('/salon/sessions/4/');
    await page.getByRole('link', { name: '打开会议室屏幕' }).click();
    await expect(page.getByRole('img', { name: '签到二维码' })).toBeVisible();
    const before = await countOn(page);
    const fits = () =>
      document.documentElement.scrollHeight <= innerHeight &&
      document.documentElement.scrollWidth <= innerWidth;
    expect(await page.evaluate(fits), '屏幕不用滚动').toBe(true);

    const phone = await asOnPhone(browser, 'shequ6');
    await phone.goto(`/salon/check-in/?salon=fuping-demo&n=4&code=${await digitsOn(page)}`);
    await expect(phone.getByText('示例社区六')).toBeVisible();
    await phone.getByRole('button', { name: '确认签到' }).click();
    await expect(phone.getByText('已签到')).toBeVisible();
    await expect(phone.getByRole('link', { name: '看议程' })).toBeVisible();
    await expect(phone.getByRole('link', { name: /我的待办/ })).toBeVisible();

    await expect(page.locator('.ring-seat.in', { hasText: '示例社区六' })).toBeVisible();
    expect(await countOn(page)).toBeGreaterThan(before);

    const atHand = page.getByRole('region', { name: '议程' }).locator('[aria-current]');
    const first = await atHand.innerText();
    await page.keyboard.press('ArrowRight');
    await expect(atHand).not.toContainText(first.split('\n')[0] ?? '');

    await phone.goto('/salon/sessions/4/');
    await expect(phone.getByRole('heading', { name: '已签到' })).toBeVisible();
    await expect(phone.getByLabel('屏幕上的 6 位签到码')).toHaveCount(0);
    await phone.close();
  });

  test('旧的二维码说得清楚，输入屏幕上的新码就行', async ({ page, browser }) => {
    await signIn(page, 'minzheng');
    await page.goto(SCREEN);
    await expect(page.getByRole('img', { name: '签到二维码' })).toBeVisible();
    const shown = await digitsOn(page);
    const wrong = shown === '000000' ? '000001' : '000000';
    const phone = await asOnPhone(browser, 'shequ11');
    await phone.goto(`/salon/check-in/?salon=fuping-demo&n=4&code=${wrong}`);
    await phone.getByRole('button', { name: '确认签到' }).click();
    await expect(phone.getByRole('alert')).toContainText('签到码已经换了');
    await phone.getByLabel('屏幕上的 6 位签到码').pressSequentially(await digitsOn(page));
    await expect(phone.getByText('已签到')).toBeVisible();
    await phone.close();
  });

  test('屏幕在明暗两种主题下都没有无障碍问题', async ({ page }) => {
    await signIn(page, 'weiyun');
    await page.goto(SCREEN);
    await expect(page.getByRole('img', { name: '签到二维码' })).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target}`)).toEqual([]);
    }
  });

  test('别的书记打开屏幕，看不到签到码，也动不了议程', async ({ page }) => {
    await signIn(page, 'jingyi');
    await page.goto(SCREEN);
    await expect(page.getByText('签到码在轮值主席或主办单位打开的屏幕上')).toBeVisible();
    await expect(page.locator('.digits')).toHaveCount(0);
    await expect(page.getByRole('navigation', { name: '会议控制' })).toHaveCount(0);
  });
});

test.describe('网络断了', () => {
  test.use({ viewport: { width: 1280, height: 720 }, expected: [/ERR_FAILED/] });

  test('屏幕不再显示过期的签到码，连上了又有', async ({ page }) => {
    await page.clock.install();
    await signIn(page, 'weiyun');
    await page.goto(SCREEN);
    const qr = page.getByRole('img', { name: '签到二维码' });
    await expect(qr).toBeVisible();
    await page.route('**/api/**', (route) => route.abort());
    await page.clock.runFor(61_000);
    await expect(page.getByRole('alert')).toContainText('没有连上，签到码暂时不能用');
    await expect(qr).toHaveCount(0);
    await expect(page.locator('.digits')).toHaveCount(0);
    await expect(ring(page)).toBeVisible();
    await page.unroute('**/api/**');
    await page.clock.runFor(3000);
    await expect(qr).toBeVisible();
  });
});

test('主办单位排议程：加一项，挪到前面，总时长跟着变', async ({ page }) => {
  await signIn(page, 'minzheng');
  await page.goto('/salon/sessions/6/');
  await page.getByRole('button', { name: '排议程' }).click();
  await page.getByRole('button', { name: '加一项' }).click();
  await page.getByLabel('第 3 项议程').fill('各社区介绍做法');
  await page.getByLabel('第 3 项的分钟数').fill('40');
  await expect(page.getByText('3 项，共 1 小时；15:00 开始，16:00 结束。')).toBeVisible();
  await page.getByRole('button', { name: '上移：各社区介绍做法' }).click();
  await page.getByRole('button', { name: '保存议程' }).click();
  const items = page.getByRole('region', { name: '议程' }).getByRole('listitem');
  await expect(items).toHaveText([/签到/, /15:10各社区介绍做法40 分钟/, /小结/]);
});

test('嘉宾不用账号：凭链接答复、下载材料，主办单位随即看到', async ({ page, browser }) => {
  const name = `嘉宾${Math.floor(Math.random() * 1e8)}`;
  await signIn(page, 'minzheng');
  await page.goto('/salon/sessions/6/');
  await page.getByText('邀请嘉宾', { exact: true }).click();
  await page.getByLabel('单位').fill('县卫生健康局');
  await page.getByLabel('姓名').fill(name);
  await page.getByRole('button', { name: '邀请并生成链接' }).click();
  const slip = page.getByRole('group', { name: `县卫生健康局　${name}的邀请链接` });
  const link = (await slip.locator('.secret-link').innerText()).trim();

  const file = `${name}的材料.pdf`;
  const buffer = pdf();
  const upload = page.getByLabel('上传文件');
  await upload.setInputFiles({ name: '说明.doc', mimeType: 'application/msword', buffer });
  await expect(page.getByRole('alert')).toContainText('这是旧格式');
  await page.getByRole('button', { name: '知道了' }).click();
  await upload.setInputFiles({ name: file, mimeType: 'application/pdf', buffer });
  await expect(page.getByRole('link', { name: file })).toBeVisible();

  const own = await browser.newPage({ viewport: PHONE });
  await own.goto(link);
  await expect(own.getByText(`县卫生健康局　${name}，您好`)).toBeVisible();
  expect(new URL(own.url()).hash, '链接里的码不留在地址里').toBe('');
  await own.getByRole('button', { name: '参加', exact: true }).click();
  await expect(own.getByText('您已答复参加')).toBeVisible();
  const download = own.waitForEvent('download');
  const row = own.getByRole('listitem').filter({ hasText: file });
  await row.getByRole('button', { name: '下载' }).click();
  expect((await download).suggestedFilename()).toBe(file);

  const guest = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: '移除' });
  await expect(guest.getByText('参加', { exact: true })).toBeVisible();
  await guest.getByRole('button', { name: '移除' }).click();
  await guest.getByRole('button', { name: '确定' }).click();
  await expect(guest).toHaveCount(0);
  await own.close();
});
