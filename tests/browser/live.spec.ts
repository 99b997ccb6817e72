import type { Browser, Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import { expect, test } from '../support/browser.ts';
import { signIn } from '../support/rooms.ts';

/** Two at the same page: what one does, the other sees without asking for it. */

const NOTE = '没有连上，显示的是几分钟前的内容。';
let added = 0;

/** Someone else, on a device of their own, adds a learner. @returns the learner's name */
async function addLearner(browser: Browser): Promise<string> {
  added += 1;
  const name = `旁听者${Date.now()}${added}`;
  const page = await browser.newPage();
  await signIn(page, 'minzheng');
  const phone = `137${String(Date.now()).slice(-7)}${added}`;
  const response = await page.request.post(`/api/salons/${DEMO_SALON.slug}/members`, {
    headers: { 'sec-fetch-site': 'same-origin' },
    data: { name, phone, role: 'learner' },
  });
  expect(response.status(), await response.text()).toBe(201);
  await page.close();
  return name;
}

/** The host at the list of members, whose stream is open. */
async function openMembers(page: Page): Promise<void> {
  await signIn(page, 'minzheng');
  const stream = page.waitForResponse(/\/live$/);
  await page.goto('/salon/members/');
  expect((await stream).status()).toBe(200);
  await expect(page.getByRole('heading', { name: /社区书记/ })).toBeVisible();
}

test('别人加了一位，名单里就有了，正在填的还在', async ({ page, browser }) => {
  await openMembers(page);
  const field = page.getByRole('region', { name: '加入一位' }).getByLabel('姓名');
  await field.fill('才填了一半');
  const name = await addLearner(browser);
  await expect(page.getByText(name)).toBeVisible();
  await expect(field).toHaveValue('才填了一半');
  await expect(field).toBeFocused();
});

test.describe('取不到新内容', () => {
  test.use({ expected: [/ERR_FAILED/] });

  test('原来的还在，旁边说一声；取到了就不再说', async ({ page, browser }) => {
    await openMembers(page);
    await page.route('**/members', (route) => route.abort());
    const missed = await addLearner(browser);
    await expect(page.getByRole('status').filter({ hasText: NOTE })).toBeVisible();
    await expect(page.getByRole('heading', { name: /社区书记/ })).toBeVisible();
    await expect(page.getByText(missed)).toHaveCount(0);
    await page.unroute('**/members');
    const next = await addLearner(browser);
    await expect(page.getByText(next)).toBeVisible();
    await expect(page.getByText(missed)).toBeVisible();
    await expect(page.getByText(NOTE)).toHaveCount(0);
  });

  test('事件流不通，过一会儿自己去问', async ({ page, browser }) => {
    await page.route('**/live', (route) => route.abort());
    await signIn(page, 'minzheng');
    await page.goto('/salon/members/');
    await expect(page.getByRole('heading', { name: /社区书记/ })).toBeVisible();
    const name = await addLearner(browser);
    await expect(page.getByText(name)).toBeVisible({ timeout: 20_000 });
  });
});
