import { expect, test } from '../support/browser.ts';
import { Gate } from '../support/gate.ts';
import { CASE } from '../support/rooms.ts';
import { openDialog, Search } from '../support/searching.ts';

/** Files of the index that answer a query; the directory and the pages' texts are not among them. */
const ANSWERS = /\/search\/[^/]+\/[tp]\d+\.bin$/;

test('先问的后答，不会盖住后问的', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  const gate = new Gate();
  await page.route(ANSWERS, gate.handle);
  await search.field.fill('社区');
  await expect.poll(() => gate.waiting.length).toBeGreaterThan(0);
  gate.closed = false;
  await search.find('微网实格');
  const [total, listed] = [await search.total(), await search.listed()];
  const late = page.waitForResponse(ANSWERS);
  await gate.open();
  await (await late).finished();
  // What must not happen has no event to wait for.
  await page.waitForTimeout(300);
  await search.expectTotal(total);
  expect(await search.listed()).toEqual(listed);
  const marks = await search.options.locator('mark').allTextContents();
  expect(new Set(marks)).toEqual(new Set(['微网实格']));
});

test('新的还没答，不摆旧的结果，回车也不会打开旧的', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  await search.find('社区');
  const gate = new Gate();
  await page.route(ANSWERS, gate.handle);
  await search.field.fill('微网实格');
  await expect.poll(() => gate.waiting.length).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await expect(search.box.locator('mark', { hasText: '社区' })).toHaveCount(0);
  await expect(page).toHaveURL((url) => url.pathname === '/search/');
  await gate.open();
  await search.settled('微网实格');
});

test('飞快地打字，最后摆的是最后的字', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  let delay = 400;
  await page.route(/\/search\/[^/]+\//, async (route) => {
    // The earlier a file is asked for, the later it comes.
    delay = Math.max(0, delay - 60);
    await new Promise((resolve) => setTimeout(resolve, delay));
    await route.continue();
  });
  await search.field.pressSequentially('网格员小巷', { delay: 15 });
  await search.field.fill('');
  await search.field.pressSequentially('五民工作法', { delay: 15 });
  await search.settled('五民工作法');
  await expect(search.options.first()).toContainText('五民工作法');
});

test.describe('断网', () => {
  test.use({ expected: [/ERR_INTERNET_DISCONNECTED/] });

  test('说明断了网，打的字还在，连上后接着搜', async ({ page, context }) => {
    await page.goto(CASE);
    const search = await openDialog(page);
    await search.find('网格');
    await context.setOffline(true);
    await search.field.fill('微公益创投');
    await expect(search.box.getByRole('alert')).toContainText('网络');
    await expect(search.field).toHaveValue('微公益创投');
    await context.setOffline(false);
    await search.box.getByRole('alert').getByRole('button').click();
    await search.settled('微公益创投');
    await expect(search.field).toHaveValue('微公益创投');
  });

  test('还没打开搜索就断了网，也说一声', async ({ page, context }) => {
    await page.goto(CASE);
    await context.setOffline(true);
    await page.getByRole('banner').getByRole('link', { name: '搜索' }).click();
    await expect(page.getByText(/网络/)).toBeVisible();
    await context.setOffline(false);
    await page.getByRole('banner').getByRole('link', { name: '搜索' }).click();
    await expect(new Search(page).field).toBeFocused();
  });

  test('案例列表取不到筛选的数据，案例照样看得到', async ({ page }) => {
    await page.route(/\/search\//, (route) => route.abort('internetdisconnected'));
    await page.goto('/cases/');
    await expect(page.getByRole('alert')).toContainText('网络');
    await expect(page.getByRole('main').getByRole('article')).not.toHaveCount(0);
  });
});
