import type { Page } from '@playwright/test';
import { expect as look, test } from '../support/browser.ts';
import { type Month, startMonth } from '../support/month.ts';

/**
 * Nineteen phones at one session: the committee is evaluated, recalled and elected anew, and the new
 * members choose the next topic. Every paper is taken and cast through the pages.
 */

/** Nineteen browsers on one machine take turns. */
const expect = look.configure({ timeout: 30_000 });
const PHONE = { width: 390, height: 844 };
const TOPIC = '小区门口摆摊占了消防通道';
const NEW = ['西街', '南关', '桥头'];

type Phones = ReadonlyMap<string, Page>;

async function each(
  phones: Phones,
  work: (page: Page, name: string) => Promise<unknown>,
): Promise<void> {
  await Promise.all([...phones].map(([name, page]) => work(page, name)));
}

function phoneOf(phones: Phones, name: string): Page {
  const page = phones.get(name);
  if (!page) throw new Error(`Nobody is called ${name}`);
  return page;
}

async function send(page: Page, method: 'post' | 'put', path: string, data: object = {}) {
  const headers = { 'sec-fetch-site': 'same-origin' };
  const response = await page.request[method](`/api/salons/weibei${path}`, { headers, data });
  expect(response.ok(), `${path}: ${await response.text()}`).toBe(true);
  return response.json();
}

/** 表决签到, 领票, and into the booth. */
async function take(page: Page, number: number): Promise<void> {
  await page.goto(`/salon/sessions/${number}/?salon=weibei`);
  await page.getByRole('button', { name: '表决签到并领取选票' }).click();
  await page.getByRole('link', { name: '去投票' }).click();
  await expect(page.getByRole('heading', { name: '票已领好，等开始投票' })).toBeVisible();
}

async function cast(page: Page, ...options: readonly string[]): Promise<void> {
  for (const name of options) await page.getByLabel(name, { exact: true }).check();
  await page.getByRole('button', { name: '选好了' }).click();
  await page.getByRole('button', { name: '投出' }).click();
  await expect(page.getByRole('heading', { name: '已投入票箱' })).toBeVisible();
}

async function holdBallot(
  chair: Page,
  phones: Phones,
  number: number,
  choose: (name: string) => readonly string[],
): Promise<void> {
  await chair.goto(`/salon/sessions/${number}/?salon=weibei`);
  await chair.getByRole('button', { name: /^开始表决/ }).click();
  await chair.getByRole('button', { name: '确定' }).click();
  await expect(chair.getByText('主持', { exact: true })).toBeVisible();
  await each(phones, (page) => take(page, number));
  await expect(chair.getByText('到会的席位都已领票或不领。')).toBeVisible();
  await chair.getByRole('button', { name: '截止领票、开始投票' }).click();
  await chair.getByRole('button', { name: '确定' }).click();
  await each(phones, (page, name) => cast(page, ...choose(name)));
}

async function evaluate(chair: Page, phones: Phones): Promise<void> {
  const names = [...phones.keys()];
  await holdBallot(chair, phones, 1, (name) => {
    const index = names.indexOf(name);
    return [index < 12 ? '反对（不认可）' : index < 17 ? '认可' : '弃权'];
  });
  const page = phoneOf(phones, names[0] ?? '');
  await page.getByRole('link', { name: '去等结果' }).click();
  await expect(
    page.getByRole('heading', { name: '反对超过 60%，选题委员会重新选举' }),
  ).toBeVisible();
  await expect(page.getByText('12 × 5 = 60 > 19 × 3 = 57').first()).toBeVisible();
  await chair.goto('/salon/sessions/1/screen/?salon=weibei');
  const room = chair.getByRole('region', { name: '表决结果' });
  await expect(room).toContainText('12 × 5 = 60 > 19 × 3 = 57');
}

async function elect(month: Month, chair: Page, host: Page, phones: Phones): Promise<void> {
  for (const name of [...NEW, '河湾']) {
    const page = phoneOf(phones, name);
    await page.goto('/salon/committee/?salon=weibei');
    await page.getByRole('button', { name: '提名自己' }).click();
    await expect(page.getByText('自荐').first()).toBeVisible();
  }
  await chair.goto('/salon/sessions/1/?salon=weibei');
  await chair.getByRole('button', { name: '结束会议' }).click();
  await chair.getByRole('button', { name: '确定' }).click();
  await expect(chair.getByText('会议已结束，签到不再改变。')).toBeVisible();
  await month.goTo('2027-01-04', '08:00');
  await month.goTo('2027-01-27', '20:00');
  await month.goTo('2027-01-28', '15:00');
  await send(host, 'post', '/sessions/2/open');
  const { code } = await (
    await host.request.get('/api/salons/weibei/sessions/2/check-in-code')
  ).json();
  // Nineteen at once were there for the evaluation; five are enough to elect.
  const voters = new Map([...phones].slice(0, 5));
  await each(voters, (page) => send(page, 'post', '/sessions/2/check-in', { code }));
  const names = [...voters.keys()];
  await holdBallot(host, voters, 2, (name) =>
    (names.indexOf(name) < 1 ? ['河湾', '西街', '南关'] : NEW).map((one) => `${one}社区`),
  );
  await host.goto('/salon/committee/?salon=weibei');
  const members = host.getByRole('region', { name: '这一届委员' });
  for (const name of NEW) await expect(members.getByText(`${name}社区`)).toBeVisible();
}

async function choose(month: Month, phones: Phones): Promise<void> {
  const [mover, signer, third] = NEW.map((name) => phoneOf(phones, name));
  if (!mover || !signer || !third) throw new Error('Three were elected');
  await month.goTo('2027-02-03', '08:00');
  const situation = '早市占了半边，消防车进不来，劝一次退一次。';
  const draft = { title: TOPIC, situation, tried: '', invite: '', cases: [] };
  const { id } = await send(third, 'post', '/topics', draft);
  await send(third, 'post', `/topics/${id}/propose`);
  await month.goTo('2027-02-17', '08:00');
  await send(third, 'put', '/rounds/2027-02/vote', { topics: [id] });
  await month.goTo('2027-02-21', '20:00');
  await mover.goto('/salon/topics/?month=2027-02&salon=weibei');
  await mover.getByRole('checkbox', { name: TOPIC }).check();
  await mover.getByRole('button', { name: '动议确定这 1 个' }).click();
  await mover.getByRole('button', { name: '提出动议' }).click();
  await expect(mover.getByText('已签署：')).toBeVisible();
  await signer.goto('/salon/topics/?month=2027-02&salon=weibei');
  await signer.getByRole('button', { name: '签署' }).click();
  await signer.getByRole('button', { name: '确定' }).click();
  await expect(signer.getByRole('heading', { name: '确定了 1 个议题' })).toBeVisible();
}

test('十九部手机：12 席反对，重新选举，三名新委员定下一个议题', async ({ browser }) => {
  test.setTimeout(180_000);
  const month = await startMonth(browser, '2026-12-28', '15:00', 'sitting');
  const host = await month.as('主办');
  const phones = new Map<string, Page>();
  for (const name of month.secretaries) phones.set(name, await month.as(name, PHONE));
  expect(phones.size).toBe(19);
  const [first = ''] = month.secretaries;
  const chair = await phoneOf(phones, first).context().newPage();
  await evaluate(chair, phones);
  await elect(month, chair, host, phones);
  await choose(month, phones);
  await month.end();
});
