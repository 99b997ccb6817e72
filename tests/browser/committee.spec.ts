import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { startMonth } from '../support/month.ts';
import { signIn } from '../support/rooms.ts';
import { scriptCommittee } from '../support/scriptedCommittee.ts';

/** The first election's names: taken on phones, answered, thought over, and open to everybody. */

const PHONE = { width: 390, height: 844 };

const nominee = (page: Page, community: string): Locator =>
  page.getByRole('list', { name: '被提名的' }).getByRole('listitem').filter({ hasText: community });

test('提名自己，提名别人；被提名的在首页看到，接受，改主意', async ({ browser }) => {
  const month = await startMonth(browser, '2026-11-24', '09:00', 'electing');
  const [east, west, host] = [
    await month.as('东街', PHONE),
    await month.as('西街', PHONE),
    await month.as('主办'),
  ];

  await east.goto('/salon/');
  await east.getByRole('link', { name: '提名：选题委员会选举，正在提名' }).click();
  await expect(east.getByRole('heading', { name: '选题委员会选举：选 3 名委员' })).toBeVisible();
  await expect(east.getByText('还没有人被提名。')).toBeVisible();
  await east.getByRole('button', { name: '提名自己' }).click();
  await expect(nominee(east, '东街社区')).toContainText('自荐');
  await expect(nominee(east, '东街社区')).toContainText('已接受');
  await expect(east.getByRole('button', { name: '提名自己' })).toHaveCount(0);

  await east.getByText('提名别人').click();
  await east.getByLabel('提名哪个社区的书记').selectOption({ label: '西街社区' });
  await east.getByRole('button', { name: '提名', exact: true }).click();
  await expect(nominee(east, '西街社区')).toContainText('等本人答复');
  await expect(east.getByRole('button', { name: '接受提名' })).toHaveCount(0);

  await west.goto('/salon/');
  await west.getByRole('link', { name: '答复提名：您被提名为选题委员会委员' }).click();
  await expect(west.getByRole('heading', { name: '东街社区提名您为选题委员会委员' })).toBeVisible();
  await west.getByRole('button', { name: '接受提名' }).click();
  await expect(nominee(west, '西街社区')).toContainText('已接受');
  await expect(west.getByText('已接受提名的 2 人，要选 3 名。')).toBeVisible();

  await west.getByRole('button', { name: '撤回，不参选' }).click();
  await west.getByRole('button', { name: '确定' }).click();
  await expect(nominee(west, '西街社区')).toContainText('不参选');

  await host.goto('/salon/committee/');
  await expect(host.getByText('已接受提名的 1 人，要选 3 名。')).toBeVisible();
  await expect(nominee(host, '西街社区')).toContainText('不参选');
  await expect(host.getByRole('button')).toHaveCount(await shellButtons(host));
  await month.end();
});

test('新委员：首页和委员会页先说职责和等着定的议题，辞去在最后', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await signIn(page, 'shequ9');
  const path = await scriptCommittee(page, 'joined');
  await page.goto('/salon/');
  await expect(page.getByRole('heading', { name: '您是选题委员会委员' })).toBeVisible();
  await page.getByRole('link', { name: /^看怎么定：您当选了/ }).click();
  expect(page.url()).toContain(path);
  const office = page.getByRole('region', { name: '您是选题委员会委员' });
  await expect(office).toContainText('您和渭运社区、陕拖社区的书记一起定议题');
  await expect(office).toContainText('一人提出动议，两人签署，就定下来');
  await expect(office).toContainText('2027年5月22日');
  const headings = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect(headings.first()).toHaveText('您是选题委员会委员');
  const last = page.getByRole('main').locator('summary').last();
  await expect(last).toHaveText('辞去委员');
  await office.getByRole('link', { name: /^看.+的议题$/ }).click();
  await expect(page).toHaveURL(/\/salon\/topics\/\?month=/);
});

/** Those of every page: the search and the switches in its head. */
const shellButtons = (page: Page): Promise<number> =>
  page.locator('body > :not(main)').getByRole('button').count();
