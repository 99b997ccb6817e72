import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { startMonth } from '../support/month.ts';

/** The end of a round, on a server whose clock the story turns. */

async function send<T>(page: Page, method: string, path: string, data?: object): Promise<T> {
  const response = await page.request.fetch(`/api/salons/weibei${path}`, {
    method,
    headers: { 'sec-fetch-site': 'same-origin' },
    ...(data && { data }),
  });
  expect(response.ok(), await response.text()).toBe(true);
  return response.json();
}

/** @returns the topic's id */
async function propose(page: Page, title: string): Promise<string> {
  const text = { title, situation: '已经拖了大半年，几次都没有谈拢。', tried: '', invite: '' };
  const { id } = await send<{ id: string }>(page, 'POST', '/topics', { ...text, cases: [] });
  await send(page, 'POST', `/topics/${id}/propose`);
  return id;
}

const complaints = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
};

test('截止后主办单位看得票、写理由、确定议题，各席位看到结果', async ({ browser }) => {
  test.setTimeout(60_000);
  const month = await startMonth(browser, '2026-11-01', '09:00');
  const host = await month.as('主办');
  const east = await month.as('东街', { width: 390, height: 844 });
  const west = await month.as('西街');
  await send(host, 'POST', '/sessions', { date: '2026-11-28', time: '15:00' });
  await month.goTo('2026-11-05', '09:00');
  const lift = await propose(east, '老楼加装电梯谈不拢');
  const lamp = await propose(west, '楼道灯没有人修');
  await month.goTo('2026-11-17', '08:00');
  await send(east, 'PUT', '/rounds/now/vote', { topics: [lift, lamp] });
  await send(west, 'PUT', '/rounds/now/vote', { topics: [lamp] });

  await host.goto('/salon/topics/');
  await expect(host.getByText('已有 2 个席位投票，共 5 个')).toBeVisible();
  await expect(host.getByText(/\d 票/)).toHaveCount(0);
  await month.goTo('2026-11-21', '20:00');
  await host.goto('/salon/topics/');
  const choices = host.getByRole('region', { name: '得票与决定' });
  await expect(
    choices.getByRole('checkbox', { name: /楼道灯没有人修 第 1 名.*2 票/ }),
  ).toBeVisible();
  expect(await complaints(host)).toEqual([]);

  await choices.getByRole('checkbox', { name: /老楼加装电梯谈不拢 第 2 名/ }).check();
  await expect(choices.getByText('选的不是得票第一的，请先写公布的理由。')).toBeVisible();
  await choices.getByLabel('公布的理由').fill('住建局本月能来，先谈电梯。');
  await choices.getByText('写理由').first().click();
  await choices.getByLabel('“楼道灯没有人修”的理由').fill('已交物业科办理。');
  await choices.getByRole('button', { name: '确定这 1 个' }).click();
  await expect(choices.getByText('将确定 1 个，其余 1 个转入下一轮。')).toBeVisible();
  await choices.getByRole('button', { name: '公布决定' }).click();
  await expect(host.getByRole('heading', { name: '确定了 1 个议题' })).toBeVisible();

  await east.goto('/salon/topics/');
  await expect(east.getByText('住建局本月能来，先谈电梯。')).toBeVisible();
  await expect(east.getByText('理由：已交物业科办理。')).toBeVisible();
  expect(await complaints(east)).toEqual([]);
  await east.getByRole('link', { name: '老楼加装电梯谈不拢' }).click();
  await expect(east.getByText('排进会议')).toBeVisible();
  await month.end();
});
