import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { type Month, startMonth } from '../support/month.ts';
import { partsOf } from '../support/package.ts';

/**
 * A whole month of a new salon, as three people live it at once: the host at a desk, the chair, and
 * a secretary with a phone. The clock is turned from one day that matters to the next.
 */

const PHONE = { width: 390, height: 844 };
const LIFT = '老楼加装电梯谈不拢';
const LAMP = '楼道灯坏了没有人修';

interface People {
  readonly month: Month;
  readonly host: Page;
  readonly chair: Page;
  readonly phone: Page;
}

const saved = (page: Page): Locator => page.getByText(/^已保存 \d\d:\d\d$/);

/** In the long tests: the pages as such are seen in rooms.spec. */
async function hasNoComplaint(page: Page, where: string): Promise<void> {
  if (process.env['LONG'] !== '1') return;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const lines = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target}`);
  expect.soft(lines, where).toEqual([]);
}

async function propose(page: Page, title: string, situation: string): Promise<void> {
  await page.goto('/salon/');
  await page.getByRole('link', { name: '提出议题' }).first().click();
  await page.getByLabel('议题名称').fill(title);
  await page.getByRole('textbox', { name: '遇到的问题' }).fill(situation);
  await expect(saved(page)).toBeVisible();
  await page.getByRole('button', { name: '看一遍，提出' }).click();
  await page.getByRole('button', { name: '提出议题' }).click();
  await expect(page.getByText('征集中')).toBeVisible();
}

async function vote(page: Page, ...titles: string[]): Promise<void> {
  await page.goto('/salon/');
  await page.getByRole('link', { name: /^投票/ }).click();
  for (const title of titles) await page.getByRole('checkbox', { name: title }).check();
  await page.getByRole('button', { name: '投票', exact: true }).click();
  await expect(
    page.getByRole('heading', { name: `您投给了 ${titles.length} 个议题` }),
  ).toBeVisible();
}

async function convene({ month, host, phone }: People): Promise<void> {
  await host.goto('/salon/sessions/');
  await host.getByLabel('日期').fill('2026-12-28');
  await host.getByLabel('地点').fill('县民政局三楼');
  await host.getByRole('button', { name: '安排第一期' }).click();
  await expect(host.getByText(/已安排第 1 期，2026年12月28日/)).toBeVisible();
  await phone.goto('/salon/seats/');
  await expect(phone.getByText('东街社区').first()).toBeVisible();
  await month.goTo('2026-12-03', '08:00');
}

async function collect({ month, chair, phone }: People): Promise<void> {
  await propose(phone, LIFT, '三层以下不同意，谈了八个月，谁也说服不了谁。');
  await hasNoComplaint(phone, '手机上的议题');
  await propose(chair, LAMP, '一个单元坏了三盏，报了两回，物业说要等维修基金。');
  await chair.goto('/salon/topics/');
  await chair.getByRole('link', { name: LIFT }).click();
  await chair.getByRole('button', { name: '附议', exact: true }).click();
  await expect(chair.getByText('1 个席位附议')).toBeVisible();
  await month.goTo('2026-12-17', '08:00');
}

async function choose({ month, host, chair, phone }: People): Promise<void> {
  await vote(phone, LIFT, LAMP);
  await phone.getByRole('button', { name: '修改投票' }).click();
  await phone.getByRole('checkbox', { name: LAMP }).uncheck();
  await phone.getByRole('button', { name: '修改投票' }).click();
  await expect(phone.getByRole('heading', { name: '您投给了 1 个议题' })).toBeVisible();
  await hasNoComplaint(phone, '投过票的页面');
  await vote(chair, LAMP);
  const third = await month.as('南关');
  await vote(third, LAMP);
  await host.goto('/salon/topics/');
  await expect(host.getByText('已有 3 个席位投票，共 5 个')).toBeVisible();
  await expect(host.getByText(/\d 票/), '截止前谁也看不到票数').toHaveCount(0);
  await month.goTo('2026-12-21', '20:00');

  await host.goto('/salon/topics/');
  const choices = host.getByRole('region', { name: '得票与决定' });
  await expect(choices.getByRole('checkbox', { name: /楼道灯.*第 1 名.*2 票/ })).toBeVisible();
  await hasNoComplaint(host, '确定议题的页面');
  await choices.getByRole('checkbox', { name: /加装电梯.*第 2 名/ }).check();
  await expect(choices.getByText('选的不是得票第一的，请先写公布的理由。')).toBeVisible();
  await choices.getByLabel('公布的理由').fill('住建局本月能来，先谈电梯。');
  await choices.getByText('写理由').first().click();
  await choices.getByLabel(`“${LAMP}”的理由`).fill('已交物业科办理。');
  await choices.getByRole('button', { name: '确定这 1 个' }).click();
  await expect(choices.getByText('将确定 1 个，其余 1 个转入下一轮。')).toBeVisible();
  await choices.getByRole('button', { name: '公布决定' }).click();
  await expect(host.getByRole('heading', { name: '确定了 1 个议题' })).toBeVisible();

  await phone.goto('/inbox/');
  await expect(phone.getByText(`议题“${LIFT}”已确定上会`)).toBeVisible();
  await chair.goto('/salon/topics/');
  await expect(chair.getByText('理由：已交物业科办理。')).toBeVisible();
}

async function meet({ month, chair, phone }: People): Promise<void> {
  await month.goTo('2026-12-28', '14:50');
  await chair.goto('/salon/sessions/1/');
  await chair.getByRole('button', { name: '开始会议和签到' }).click();
  await chair.getByRole('link', { name: '打开会议室屏幕' }).click();
  await expect(chair.getByRole('img', { name: '签到二维码' })).toBeVisible();
  await hasNoComplaint(chair, '会议室屏幕');
  const digits = (await chair.locator('.digits').innerText()).replace(/\s/g, '');
  await phone.goto(`/salon/check-in/?salon=weibei&n=1&code=${digits}`);
  await phone.getByRole('button', { name: '确认签到' }).click();
  await expect(phone.getByText('已签到')).toBeVisible();
  await expect(chair.locator('.ring-seat.in', { hasText: '西街' })).toBeVisible();

  await chair.goto('/salon/sessions/1/');
  await chair.getByText('代签：手机签不了的').click();
  await chair.getByLabel('替谁签到').selectOption({ label: '中心社区' });
  await chair.getByLabel('原因').fill('手机没电，本人到场。');
  await chair.getByRole('button', { name: '代为签到' }).click();
  await expect(chair.getByText('中心社区（代签：手机没电，本人到场。）')).toBeVisible();
  await chair.getByRole('button', { name: '结束会议' }).click();
  await chair.getByRole('button', { name: '确定' }).click();
  await expect(chair.getByText('会议已结束，签到不再改变。')).toBeVisible();
}

async function write({ host, chair }: People): Promise<void> {
  await chair.getByRole('link', { name: '起草纪要' }).click();
  await expect(chair.getByLabel('小标题')).toHaveValue(LIFT);
  await chair.getByLabel('定下来的办法').fill('一层不出钱，费用按楼层递增，住建局派人上门讲政策。');
  await chair.getByLabel('姓名').fill('东街书记');
  await chair.getByRole('button', { name: '加一项待办' }).click();
  const item = chair.getByRole('group', { name: '待办 1' });
  await item.getByLabel('事项').fill('把分摊办法写成一页纸发给各户');
  await item.getByLabel('责任单位').selectOption('西街社区');
  await item.getByLabel('办结时限').fill('2027-01-10');
  await expect(chair.getByText(/已保存/)).toBeVisible();
  await hasNoComplaint(chair, '纪要草稿');
  await chair.getByRole('button', { name: '写好了，请主办单位公布' }).click();
  await expect(chair.getByText('已请主办单位公布').first()).toBeVisible();

  await host.goto('/inbox/');
  await host.getByRole('link', { name: /第 1 期纪要已起草好/ }).click();
  await host.getByRole('button', { name: '公布纪要' }).click();
  await host.getByRole('button', { name: '确定公布' }).click();
  const download = host.waitForEvent('download');
  await host.getByRole('link', { name: '下载 Word（公文格式）' }).click();
  const file = await readFile(await (await download).path());
  const text = (partsOf(file).get('word/document.xml') ?? '').replace(/<[^>]+>/g, '');
  for (const part of ['一层不出钱', '把分摊办法写成一页纸发给各户', '东街社区', '应到']) {
    expect(text, 'Word 里有').toContain(part);
  }
}

async function followUp({ month, host, phone }: People): Promise<void> {
  await month.goTo('2027-01-08', '09:00');
  await phone.goto('/inbox/');
  await expect(phone.getByText(/待办快到期：“把分摊办法写成一页纸发给各户”/)).toBeVisible();
  await phone.goto('/salon/actions/');
  await phone.getByRole('link', { name: '把分摊办法写成一页纸发给各户' }).click();
  const work = phone.getByRole('region', { name: '办理', exact: true });
  await work.getByLabel('已经办结').check();
  await work.getByLabel('办结反馈').fill('发了一百二十户，收回九十七户签名。');
  await work.getByRole('button', { name: '办结' }).click();
  await expect(phone.getByRole('region', { name: '办结反馈' })).toContainText('九十七户');
  await hasNoComplaint(phone, '办结的待办');
  await host.goto('/salon/actions/');
  await host.getByRole('button', { name: /已办结/ }).click();
  await expect(host.getByText('发了一百二十户，收回九十七户签名。')).toBeVisible();
  await host.goto('/inbox/');
  await expect(host.getByText(/把分摊办法.*已办结/).first()).toBeVisible();
}

test('一个沙龙的一个月：从安排第一期，到最后一项待办办结', async ({ browser }) => {
  test.setTimeout(120_000);
  const month = await startMonth(browser, '2026-12-01', '09:00');
  const people = {
    month,
    host: await month.as('主办'),
    chair: await month.as('东街'),
    phone: await month.as('西街', PHONE),
  };
  await convene(people);
  await collect(people);
  await choose(people);
  await meet(people);
  await write(people);
  await followUp(people);
  await month.end();
});
