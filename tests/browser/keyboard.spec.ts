import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { CASE, FOUR } from '../support/rooms.ts';
import { openDialog, Search } from '../support/searching.ts';

/** More stops than any page has: then the focus is caught somewhere. */
const MOST_STOPS = 300;

/** Presses Tab until `wanted` has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab never came to ${wanted}`);
}

/** The focus must be on something that is there, not back at the top of the page. */
async function expectFocusKept(page: Page, within: Locator): Promise<void> {
  await expect(within.locator(':focus')).toHaveCount(1);
  await expect(page.locator('body')).not.toBeFocused();
}

test('第一下 Tab 是跳到正文，回车就到正文', async ({ page }) => {
  await page.goto(CASE);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: '跳到正文' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('main').locator(':focus')).toHaveCount(1);
});

test('一路 Tab 走完一页，每一站都看得见，走得出去', async ({ page }) => {
  await page.goto(CASE);
  // What comes by itself is there before one sets out.
  const talk = page.getByRole('region', { name: '讨论', exact: true });
  await talk.scrollIntoViewIfNeeded();
  await expect(talk.getByRole('link', { name: '登录' })).toBeVisible();
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  const stops = new Set<string>();
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const { top, bottom } = element.getBoundingClientRect();
      const path: string[] = [];
      for (let one: Element | null = element; one; one = one.parentElement) {
        path.unshift(String([...(one.parentElement?.children ?? [one])].indexOf(one)));
      }
      return {
        path: path.join(' '),
        name: element.textContent.trim().slice(0, 20),
        ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        inView: bottom > 0 && top < innerHeight,
      };
    });
    if (!at || stops.has(at.path)) break;
    stops.add(at.path);
    expect.soft(at, at.name).toMatchObject({ ring: true, inView: true });
  }
  const reachable = await page
    .locator('a[href], button, summary, select, input, [tabindex="0"]')
    .evaluateAll((all) => all.filter((one) => one.checkVisibility() && one.tabIndex >= 0).length);
  expect(stops.size).toBe(reachable);
});

test('只用键盘：导航、打开案例、展开和收起、打勾', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, page.getByRole('navigation', { name: '主导航' }).getByText('案例'));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('案例');
  const cards = page.getByRole('main').getByRole('article');
  await tabTo(page, cards.getByRole('link').first());
  const title = (await cards.getByRole('link').first().textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);

  const fold = page.locator('summary', { hasText: '个数字' });
  const table = page.getByRole('table', { name: '全部数字' });
  await tabTo(page, fold);
  await page.keyboard.press('Enter');
  await expect(table).toBeVisible();
  await page.keyboard.press('Space');
  await expect(table).toBeHidden();

  await page.goto(CASE);
  const box = page.getByRole('checkbox').first();
  await tabTo(page, box);
  await page.keyboard.press('Space');
  await expect(box).toBeChecked();
});

test('对话框里 Tab 不会走到后面的页上去', async ({ page }) => {
  await page.goto(CASE);
  const search = await openDialog(page);
  await search.find('网格');
  for (let stop = 0; stop < 20; stop += 1) {
    await page.keyboard.press('Tab');
    await expect(page.getByRole('main').locator(':focus')).toHaveCount(0);
    await expect(page.getByRole('banner').locator(':focus')).toHaveCount(0);
  }
});

test('只用键盘选小区类型、看问题', async ({ page }) => {
  await page.goto('/problems/');
  await tabTo(page, page.getByRole('radio', { name: '都看看' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: '老旧小区' })).toBeChecked();
  const problem = page.getByRole('main').getByRole('link', { name: '停车难' });
  await tabTo(page, problem);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('settlement') === '老旧小区');
});

test('移除一个比较的案例，焦点还在比较里', async ({ page }) => {
  await page.goto(`/compare/?cases=${FOUR.join(',')}`);
  const removals = page.getByRole('button', { name: /^移除：/ });
  await expect(removals).toHaveCount(4);
  await tabTo(page, removals.nth(1));
  await page.keyboard.press('Enter');
  await expect(removals).toHaveCount(3);
  await expectFocusKept(page, page.getByRole('main'));
});

test('按掉的按钮不见了，焦点不丢', async ({ page }) => {
  await page.goto('/search/');
  const search = new Search(page);
  await search.find('网格');
  const more = search.button(/^再看一些/);
  while (await more.isVisible()) {
    const before = await search.options.count();
    await more.press('Enter');
    await expect.poll(() => search.options.count()).toBeGreaterThan(before);
  }
  await expectFocusKept(page, page.getByRole('main'));
  await search.options.first().click();
  await page.goto('/search/');
  await search.button('清除记录').press('Enter');
  await expectFocusKept(page, page.getByRole('main'));
});

test('清除筛选以后，焦点不丢，筛选还开着', async ({ page }) => {
  await page.goto('/cases/?theme=民生服务');
  const clear = page.getByRole('button', { name: '清除筛选' });
  await clear.press('Enter');
  await expect(page.getByRole('main').getByRole('status')).toHaveText(/^8 个案例/);
  await expectFocusKept(page, page.getByRole('main'));
  await expect(page.getByRole('combobox', { name: '主题', exact: true })).toBeVisible();
});
