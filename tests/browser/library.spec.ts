import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { casesWith, FACETS, library } from '../support/content.ts';

const ALL = library.cases.length;

const facet = (page: Page, label: string) =>
  page.getByRole('main').getByRole('combobox', { name: label, exact: true });

async function openFacets(page: Page): Promise<void> {
  const fold = page.locator('summary', { hasText: '筛选' });
  await expect(fold).toBeVisible();
  if (!(await facet(page, '主题').isVisible())) await fold.click();
}

/** Exactly the cases that the files call for are listed, and the page says how many. */
async function expectCases(page: Page, chosen: Record<string, string>): Promise<void> {
  const expected = casesWith(chosen);
  const links = page.getByRole('main').getByRole('article').getByRole('heading').getByRole('link');
  const listed = () =>
    links.evaluateAll((all) => all.map((link) => link.getAttribute('href')).sort());
  await expect.poll(listed, JSON.stringify(chosen)).toEqual(expected);
  const status = page.getByRole('main').getByRole('status');
  await expect(status).toHaveText(`${expected.length} 个案例`);
}

test('每样筛选都列出有的值和数目，选了就剩那几个', async ({ page }) => {
  await page.goto('/cases/');
  await expectCases(page, {});
  for (const [label, valuesOf] of Object.entries(FACETS)) {
    const values = [...new Set(library.cases.flatMap((entry) => [...valuesOf(entry)]))];
    await openFacets(page);
    const wanted = values.map((one) => `${one}（${casesWith({ [label]: one }).length}）`);
    const offered = await facet(page, label).getByRole('option').allTextContents();
    expect(offered.slice(1).sort(), label).toEqual(wanted.sort());
    for (const value of values.slice(0, 3)) {
      await facet(page, label).selectOption(value);
      await expectCases(page, { [label]: value });
      expect([...new URL(page.url()).searchParams.values()]).toEqual([value]);
    }
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expectCases(page, {});
    expect(new URL(page.url()).search).toBe('');
  }
});

test('选了一样，别样的数目跟着变', async ({ page }) => {
  await page.goto('/cases/');
  await openFacets(page);
  await facet(page, '主题').selectOption('党建引领');
  await expectCases(page, { 主题: '党建引领' });
  const offered = facet(page, '小区类型').getByRole('option');
  for (const label of (await offered.allTextContents()).slice(1)) {
    const [, value = '', count] = /^(.+)（(\d+)）$/.exec(label) ?? [];
    expect(casesWith({ 主题: '党建引领', 小区类型: value }), value).toHaveLength(Number(count));
  }
});

test('返回键一步步退回，地址发给别人打开还是这几个', async ({ page, context }) => {
  await page.goto('/cases/');
  await openFacets(page);
  const [one, two] = [{ 主题: '民生服务' }, { 主题: '民生服务', 层级: '社区' }];
  await facet(page, '主题').selectOption('民生服务');
  await expectCases(page, one);
  await facet(page, '层级').selectOption('社区');
  await expectCases(page, two);
  expect(casesWith(two).length).toBeLessThan(casesWith(one).length);
  const address = page.url();
  await page.goBack();
  await expectCases(page, one);
  await expect(facet(page, '层级')).toHaveValue('');
  await page.goBack();
  await expectCases(page, {});
  await page.goForward();
  await expectCases(page, one);

  const other = await context.newPage();
  await other.goto(address);
  await expectCases(other, two);
  await expect(facet(other, '主题')).toHaveValue('民生服务');
  await expect(facet(other, '层级')).toHaveValue('社区');
});

test('从案例页返回，筛选还在', async ({ page }) => {
  await page.goto('/cases/?theme=民生服务');
  await expectCases(page, { 主题: '民生服务' });
  await page.getByRole('main').getByRole('article').getByRole('link').first().click();
  await expect(page).toHaveURL(/\/cases\/[a-z-]+\/$/);
  await page.goBack();
  await expectCases(page, { 主题: '民生服务' });
});

test('没有一个案例符合，说明白，也退得出来', async ({ page }) => {
  await page.goto('/cases/?theme=没有这个主题');
  await expect(page.getByText('没有同时符合这些条件的案例')).toBeVisible();
  await openFacets(page);
  await page.getByRole('button', { name: '清除筛选' }).click();
  await expectCases(page, {});
  expect(ALL).toBeGreaterThan(7);
});

test('首页的省份带到筛好的案例列表', async ({ page }) => {
  await page.goto('/');
  const links = page.getByRole('main').locator('a[href^="/cases/?province="]');
  const labels = await links.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
  expect(labels.length).toBeGreaterThan(2);
  const counted = labels.map((href) => {
    const 省份 = new URLSearchParams(href.split('?')[1]).get('province') ?? '';
    return casesWith({ 省份 }).length;
  });
  expect(Math.min(...counted)).toBeGreaterThan(0);
  expect(counted.reduce((a, b) => a + b)).toBe(ALL);
  await links.last().click();
  await expectCases(page, { 省份: new URL(page.url()).searchParams.get('province') ?? '' });
});
