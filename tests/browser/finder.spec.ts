import type { Page } from '@playwright/test';
import { SETTLEMENTS } from '../../api/library/contract.ts';
import { expect, test } from '../support/browser.ts';
import { library } from '../support/content.ts';

const PROBLEM = { id: 'laoren-guanai', name: '老人无人照看' };
const SETTLEMENT = '老旧小区';

/** What answers the problem, those that name the settlement first and otherwise in page order. */
function inOrder(listed: readonly string[], settlement: string): string[] {
  const entries = [
    ...library.methods.map((one) => ({
      name: one.name,
      settlements: one.state === 'full' ? one.settlements : [],
    })),
    ...library.cases.map(({ title, settlements }) => ({ name: title, settlements })),
  ];
  const fits = (title: string) =>
    entries.some(
      ({ name, settlements }) => name === title && settlements.some((one) => one === settlement),
    );
  return [...listed.filter(fits), ...listed.filter((title) => !fits(title))];
}

const listedUnder = (page: Page, heading: RegExp) =>
  page.getByRole('region', { name: heading }).getByRole('heading', { level: 3 }).allTextContents();

test('先选小区类型，再点问题，合用的排在前面，每个都说理由', async ({ page }) => {
  await page.goto(`/problems/${PROBLEM.id}/`);
  await expect(page.getByText(new RegExp(`^${SETTLEMENT}：`))).toHaveCount(0);
  const [methods, cases] = [await listedUnder(page, /^方法/), await listedUnder(page, /^案例/)];
  const answering = library.cases.filter(({ answers }) =>
    answers.some(({ problem }) => problem === PROBLEM.id),
  );
  expect([...cases].sort()).toEqual(answering.map(({ title }) => title).sort());

  await page.goto('/problems/');
  await page.getByRole('radio', { name: SETTLEMENT }).check();
  await page.getByRole('main').getByRole('link', { name: PROBLEM.name }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('settlement') === SETTLEMENT);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(PROBLEM.name);
  await expect(page.getByText(new RegExp(`^${SETTLEMENT}：`))).toBeVisible();
  expect(await listedUnder(page, /^方法/)).toEqual(inOrder(methods, SETTLEMENT));
  expect(await listedUnder(page, /^案例/)).toEqual(inOrder(cases, SETTLEMENT));
  // The order is put to a real test only where it differs from the page's own.
  expect(inOrder([...methods, ...cases], SETTLEMENT)).not.toEqual([...methods, ...cases]);
  const reasons = page.getByRole('main').getByText('合用的理由');
  await expect(reasons).toHaveCount(methods.length + cases.length);
});

test('没有写明适用的，也照实说', async ({ page }) => {
  const answering = [...library.cases, ...library.methods].filter(
    (one) => 'answers' in one && one.answers.some(({ problem }) => problem === PROBLEM.id),
  );
  const named = new Set(answering.flatMap((one) => ('settlements' in one ? one.settlements : [])));
  const none = SETTLEMENTS.find((one) => !named.has(one));
  await page.goto(`/problems/${PROBLEM.id}/?settlement=${none}`);
  await expect(page.getByText(`还没有写明适用于${none}`)).toBeVisible();
});

test('选的小区类型在地址里，重开和返回都还在', async ({ page }) => {
  await page.goto('/problems/');
  await page.getByRole('radio', { name: '农村' }).check();
  await page.reload();
  await expect(page.getByRole('radio', { name: '农村' })).toBeChecked();
  await page.getByRole('main').getByRole('link', { name: PROBLEM.name }).click();
  await expect(page).toHaveURL((url) => url.searchParams.get('settlement') === '农村');
  await page.goBack();
  await expect(page.getByRole('radio', { name: '农村' })).toBeChecked();
  await page.getByRole('radio', { name: '都看看' }).check();
  expect(new URL(page.url()).search).toBe('');
  await page.getByRole('main').getByRole('link', { name: PROBLEM.name }).click();
  await expect(page).toHaveURL((url) => url.search === '');
});

test('每个主题的问题都列出来，点得开', async ({ page }) => {
  await page.goto('/problems/');
  for (const { name, problems } of library.themes) {
    await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
    for (const problem of problems) {
      const link = page.getByRole('main').getByRole('link', { name: problem.name });
      const path = await link.evaluate((one) =>
        one instanceof HTMLAnchorElement ? one.pathname : '',
      );
      expect(path).toBe(`/problems/${problem.id}/`);
    }
  }
});
