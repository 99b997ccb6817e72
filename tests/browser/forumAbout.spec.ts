import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { CASE, signIn } from '../support/rooms.ts';
import { scriptForum, THREAD_PAGE } from '../support/scriptedForum.ts';
import {
  FULL,
  HITS,
  LATER_HITS,
  PUBLIC,
  REPORTS_PATH,
  scriptAbout,
  scriptReports,
  scriptTalk,
  threadId,
} from '../support/scriptedForumAbout.ts';
import { openDialog } from '../support/searching.ts';

/** Paths that are asked for, as they come. */
function watchPaths(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  return asked;
}

/** The gist of a case that a post names: by keyboard and pointer, taken away by Esc, moving nothing. */
async function expectCard(page: Page, asked: readonly string[]): Promise<void> {
  const link = page.getByRole('link', { name: '微网实格' });
  await expect(link).toBeVisible();
  expect(asked).not.toContain('/names.json');
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let time = 0; time < 2; time += 1) {
    await link.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await expect(link).toBeFocused();
    await expect(page.getByRole('tooltip')).toContainText('案例');
    await expect(link).toHaveAccessibleDescription(/微网/);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('tooltip')).toHaveCount(0);
  }
  await link.hover();
  await page.getByRole('tooltip').hover();
  await expect(page.getByRole('tooltip')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);
  expect(asked.filter((path) => path === '/names.json')).toHaveLength(1);
}

test('案例页下面先摆已有办法，走近了才去取，没登录也看得到', async ({ page }) => {
  const asked = await scriptAbout(page, PUBLIC);
  await page.goto(CASE);
  await page.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  const talk = page.getByRole('region', { name: '讨论', exact: true });
  await talk.getByRole('heading', { name: '讨论' }).scrollIntoViewIfNeeded();
  await expect(talk.getByRole('heading', { level: 3 })).toHaveText(['已有办法', '其他讨论']);
  const first = talk.getByRole('listitem').first();
  await expect(first).toContainText('景怡社区的办法');
  await expect(first.getByRole('link')).toHaveAttribute('href', `/forum/threads/${threadId(1)}/#3`);
  await expect(talk.getByText('待回应')).toHaveCount(1);
  await expect(talk.getByText(`共 ${PUBLIC.total} 个讨论`)).toBeVisible();
  await expect(talk.getByRole('link', { name: '在这里提问' })).toHaveCount(0);
  await expect(talk.getByRole('link', { name: '登录' })).toBeVisible();
  expect(asked).toHaveLength(1);
});

test('成员在会议页下面提问，位置和沙龙都填好；举报只给主办单位看，别人也不去取', async ({
  page,
}) => {
  const asked = watchPaths(page);
  await signIn(page, 'weiyun');
  await scriptAbout(page, FULL);
  await page.goto('/salon/sessions/3/');
  await page.getByRole('heading', { name: '讨论', exact: true }).scrollIntoViewIfNeeded();
  const ask = page.getByRole('link', { name: '在这里提问' });
  await expect(ask).toHaveAttribute('href', '/forum/new/?kind=session&key=3&salon=fuping-demo');
  await expect(page.getByText('2 条未读')).toBeVisible();
  await page.goto(REPORTS_PATH);
  await expect(page.getByText('举报由主办单位')).toBeVisible();
  expect(asked.filter((path) => path.endsWith('/reports'))).toEqual([]);
});

test.describe('搜索', () => {
  test.use({ expected: [/ERR_CONNECTION_REFUSED/] });

  test('讨论晚来也不动库里的结果；取不到就轻轻说一声，再找一次', async ({ page }) => {
    const asked = await scriptTalk(page, [undefined, HITS, LATER_HITS]);
    await page.goto('/');
    const search = await openDialog(page);
    await search.find('网格');
    const places = () =>
      search.options.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const before = await places();
    const talk = search.box.getByRole('region', { name: '讨论' });
    await expect(talk).toContainText('讨论没有取到');
    await expect(search.box.getByRole('alert')).toHaveCount(0);
    await talk.getByRole('button', { name: '再找一次' }).click();
    await expect(talk.getByRole('link')).toHaveCount(HITS.length);
    expect((await places()).length).toBe(before.length);
    await search.field.focus();
    await search.box.evaluate((box) => box.closest('dialog')?.scrollTo(0, 0));
    expect(await places()).toEqual(before);
    await expect(talk.locator('mark').first()).toHaveText('网格');
    await expect(search.button('讨论 2+')).toBeVisible();
    await talk.getByRole('button', { name: '再看一些讨论' }).click();
    await expect(talk.getByRole('link')).toHaveCount(HITS.length + LATER_HITS.length);
    expect(asked).toEqual(['网格', '网格', '网格']);
    await search.button('讨论 3').click();
    await expect(search.options).toHaveCount(0);
    await expect(talk.getByRole('link').first()).toHaveAttribute(
      'href',
      `/forum/threads/${threadId(2)}/#2`,
    );
  });
});

test('主办单位对着案例的大意、看了前后文，用现成的理由隐去，另一条还在', async ({ page }) => {
  await signIn(page, 'minzheng');
  const decisions = await scriptReports(page);
  const asked = watchPaths(page);
  await page.goto(REPORTS_PATH);
  await expectCard(page, asked);
  const card = page.getByRole('listitem', { name: /电动车/ });
  await card.getByText('看前后文').click();
  await expect(card.getByText('被举报的就是这一楼')).toBeVisible();
  await card.getByRole('button', { name: '隐去', exact: true }).click();
  await card.getByRole('button', { name: '写到了别人的隐私。' }).click();
  await expect(card.getByLabel('隐去的理由')).toHaveValue('写到了别人的隐私。');
  await card.getByRole('button', { name: '确认隐去' }).click();
  await expect(page.getByRole('status')).toContainText('已隐去');
  await expect(page.getByRole('status')).toBeFocused();
  await expect(card).toHaveCount(0);
  await expect(page.getByRole('listitem', { name: /敲不开门/ })).toBeVisible();
  expect(decisions).toEqual([{ decision: 'hidden', reason: '写到了别人的隐私。' }]);
});

test('打印整个讨论：每一楼都在，没有按钮，地址列在末尾', async ({ page }) => {
  await signIn(page, 'weiyun');
  await scriptForum(page);
  await page.addInitScript(() => {
    window.print = () => {
      dispatchEvent(new Event('beforeprint'));
      document.documentElement.dataset['printed'] = '';
    };
  });
  await page.goto(THREAD_PAGE);
  await page.getByRole('button', { name: '打印整个讨论' }).click();
  await expect(page.locator('html[data-printed]')).toHaveCount(1);
  await page.emulateMedia({ media: 'print' });
  const main = page.locator('main');
  await expect(main.locator('button:visible, nav:visible, textarea:visible')).toHaveCount(0);
  await expect(main.locator('article:visible')).toHaveCount(7);
  await expect(main.getByText('含有居民的姓名和门牌')).toHaveCount(2);
  await expect(main.locator('h1:visible')).toHaveText(/微网格员是兼职/);
  await expect(main.locator('.addresses li')).toHaveText([/\/cases\/weiwang-shige\/$/]);
});
