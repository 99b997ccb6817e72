import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Page, Request } from '@playwright/test';
import type { CodeFile, Part } from '../../site/lib/ballots/code.ts';
import { expect, test } from '../support/browser.ts';
import { violations } from '../support/complaints.ts';
import { signIn } from '../support/rooms.ts';
import { BALLOT, BOOTH, SESSION, scriptBallot } from '../support/scriptedBallot.ts';
import { scriptOutcome } from '../support/scriptedCommittee.ts';

const take = (page: Page) => page.getByRole('button', { name: /领取选票$/ });

/** What the browser keeps of this ballot, by the name's ending. */
const kept = (page: Page, name: string): Promise<Record<string, string> | null> =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? 'null'), `yuanzhuo:${name}`);

/** Whatever the scripts of a page ask for, and as whom. */
function listen(page: Page): Request[] {
  const asked: Request[] = [];
  page.on('request', (request) => {
    if (['fetch', 'xhr', 'eventsource', 'ping'].includes(request.resourceType()))
      asked.push(request);
  });
  return asked;
}

/** Whether a page needs no scrolling; runs in it. What a fixed screen would cut off counts too. */
function fits(): boolean {
  const bottom = [...document.querySelectorAll('main section *')].map(
    (one) => one.getBoundingClientRect().bottom,
  );
  const { scrollHeight, scrollWidth } = document.documentElement;
  return Math.max(scrollHeight, ...bottom) <= innerHeight && scrollWidth <= innerWidth;
}

/** SHA-256 of every page and script that is loaded from now on, by file. */
function hashLoaded(page: Page): () => Promise<Map<string, string>> {
  const loaded = new Map<string, Promise<Buffer>>();
  page.on('response', (response) => {
    const type = response.request().resourceType();
    if (type !== 'script' && type !== 'document') return;
    const path = new URL(response.url()).pathname.slice(1);
    loaded.set(path.endsWith('/') ? `${path}index.html` : path, response.body());
  });
  return async () => {
    const hashes = new Map<string, string>();
    for (const [file, body] of loaded) {
      hashes.set(
        file,
        createHash('sha256')
          .update(await body)
          .digest('hex'),
      );
    }
    return hashes;
  };
}

/** The published hashes of what one part of voting needs, by file. */
async function listed(page: Page, part: Part): Promise<Map<string, string>> {
  const files: CodeFile[] = await (await page.request.get('/ballot-code.json')).json();
  const own = files.filter(({ parts }) => parts.includes(part));
  return new Map(own.map(({ file, sha256 }) => [file, sha256]));
}

test.describe('不记名投票', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    expected: [/ERR_INTERNET_DISCONNECTED/],
  });

  test('断了重领还是同一张票；投票间不带身份，断了重投还是同一票；留下回执', async ({ page }) => {
    await signIn(page, 'shequ8');
    const box = await scriptBallot(page);
    await page.goto(SESSION);
    box.setOffline(true);
    await take(page).click();
    await expect(page.getByRole('alert')).toContainText('没能连上');
    const begun = await kept(page, `ballot:${BALLOT}`);
    expect(Object.keys(begun ?? {})).toContain('inv');
    box.setOffline(false);
    await take(page).click();
    const enter = page.getByRole('link', { name: '去投票' });
    await expect(enter).toBeVisible();
    expect(box.taken).toEqual([begun?.['blinded'], begun?.['blinded']]);
    const slip = await kept(page, `ballot:${BALLOT}`);
    expect(Object.keys(slip ?? {}).sort(), '盲化因子和席位都已删去').toEqual(
      ['ballot', 'fingerprint', 'prefix', 'signature', 'token'].sort(),
    );

    const asked = listen(page);
    await enter.click();
    await expect(page.getByRole('heading', { name: '票已领好，等开始投票' })).toBeVisible();
    box.startCasting();
    const options = page.getByRole('radio');
    await expect(options).toHaveCount(3);
    await page.getByRole('button', { name: '选好了' }).click();
    await expect(page.getByRole('alert'), '没有预先选好的').toContainText('还没有选');
    // With the keyboard alone.
    await options.first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: /^您选了\s*不认可（反对）$/ })).toBeFocused();
    box.setOffline(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByText('正在用同样的内容再投')).toBeVisible();
    box.setOffline(false);
    await expect(page.getByRole('heading', { name: '已投入票箱' })).toBeFocused();
    const [vote, ...again] = box.votes;
    expect(vote && box.isGenuine(vote)).toBe(true);
    expect(vote?.choice).toEqual(['against']);
    expect(again.length).toBeGreaterThan(0);
    for (const one of again) expect(one).toEqual(vote);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载回执' }).click();
    const receipt = JSON.parse(await readFile(await (await download).path(), 'utf8'));
    expect(receipt).toEqual({ format: 'yuanzhuo-receipt-1', ...slip });
    expect(await kept(page, `receipt:${BALLOT}`)).toEqual(receipt);
    expect(await kept(page, `ballot:${BALLOT}`)).toBeNull();

    const first = box.votes.length;
    await page.getByRole('group', { name: '如何破解社区万能章' }).getByText('4').click();
    await page.getByLabel('意见（最多 300 字）').fill('多请部门到场。');
    await page.getByRole('button', { name: '投出打分和意见' }).click();
    await expect(page.getByText('打分和意见也已投入票箱')).toBeVisible();
    const second = box.votes[first];
    expect(second && box.isGenuine(second)).toBe(true);
    expect(second?.choice).toEqual({ marks: { 'topic-1': 4 }, comment: '多请部门到场。' });
    expect(second?.token).not.toBe(vote?.token);

    expect(asked.length).toBeGreaterThan(3);
    for (const request of asked) {
      expect(new URL(request.url()).pathname).toMatch(/^\/ballot-box/);
      const headers = await request.allHeaders();
      expect(headers['cookie']).toBeUndefined();
      expect(headers['referer']).toBeUndefined();
    }
    await page.getByRole('link', { name: '返回沙龙' }).click();
    await expect(page).toHaveURL(/\/salon\/sessions\/4\//);
  });

  test('服务器给出另一把密钥：不签到、不领票，什么也不留下', async ({ page }) => {
    await signIn(page, 'shequ9');
    const box = await scriptBallot(page);
    box.showAnotherKey(true);
    await page.goto(SESSION);
    await take(page).click();
    await expect(page.getByRole('alert')).toContainText('核对码对不上');
    expect(box.taken).toEqual([]);
    expect(box.signedIn()).toBe(false);
    expect(await kept(page, `ballot:${BALLOT}`)).toBeNull();
  });

  test('两个标签页同时领，只有一张票', async ({ page, context }) => {
    await signIn(page, 'shequ9');
    const box = await scriptBallot(context);
    const other = await context.newPage();
    for (const tab of [page, other]) await tab.goto(SESSION);
    // At once: the one that is later may see its button go in the moment of the press.
    const press = (tab: Page): Promise<void> =>
      tab.evaluate(() => {
        const ends = ({ textContent }: Element) => textContent?.endsWith('领取选票');
        [...document.querySelectorAll('button')].find(ends)?.click();
      });
    for (const tab of [page, other]) await expect(take(tab)).toBeVisible();
    await Promise.all([press(page), press(other)]);
    for (const tab of [page, other]) {
      await expect(tab.getByRole('link', { name: '去投票' })).toBeVisible();
    }
    expect(box.taken, '第二个标签页看到已领，不再要').toHaveLength(1);
  });

  test('浏览器存不住东西：领票以前就说，也领不了', async ({ page }) => {
    await signIn(page, 'shequ9');
    const box = await scriptBallot(page);
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    await page.goto(SESSION);
    await expect(page.getByRole('alert')).toContainText('请关掉无痕（隐私）模式');
    await expect(page.getByRole('button', { name: '不领票' })).toBeVisible();
    await expect(take(page)).toHaveCount(0);
    expect(box.signedIn()).toBe(false);
  });

  test('用大字时，领票的按钮不用滚动就看得见', async ({ page }) => {
    await signIn(page, 'shequ8');
    await page.addInitScript(() => localStorage.setItem('yuanzhuo:size', 'large'));
    await scriptBallot(page);
    await page.goto(SESSION);
    await expect(page.locator('html')).toHaveAttribute('data-size', 'large');
    await expect(take(page)).toBeInViewport({ ratio: 1 });
  });

  test.describe('在微信里', () => {
    test.use({ userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130 MicroMessenger/8.0' });

    test('领票以前就说，要在微信里投', async ({ page }) => {
      await signIn(page, 'shequ9');
      await scriptBallot(page);
      await page.goto(SESSION);
      await expect(take(page)).toBeVisible();
      await expect(page.getByText('领票和投票都要在微信里完成')).toBeVisible();
    });
  });

  test('领票和投票装入的每个程序都在公布的校验值里，一字不差', async ({ page }) => {
    await signIn(page, 'shequ8');
    await scriptBallot(page);
    const loaded = hashLoaded(page);
    await page.goto(SESSION);
    await take(page).click();
    await expect(page.getByRole('link', { name: '去投票' })).toBeVisible();
    const taking = await listed(page, '领票');
    expect(taking.size).toBeGreaterThan(10);
    for (const [file, sha256] of await loaded()) {
      // The page of one session stands for all.
      if (file.endsWith('.js')) expect(taking.get(file), file).toBe(sha256);
      else expect([...taking.values()]).toContain(sha256);
    }

    const cast = hashLoaded(page);
    await page.goto(BOOTH);
    await expect(page.getByRole('heading', { name: '票已领好，等开始投票' })).toBeVisible();
    expect(new Map([...(await cast())].sort())).toEqual(await listed(page, '投票'));

    await page.getByText('哪些是藏不住的').click();
    await page.getByText('怎样核对程序').click();
    await page.getByText(/^投票：\d+ 个文件$/).click();
    const [, sha256 = ''] = [...(await listed(page, '投票'))].at(-1) ?? [];
    await expect(page.getByRole('definition').filter({ hasText: sha256 }).first()).toBeVisible();
    await expect(page.locator('code').filter({ hasText: 'curl -s' })).toContainText(
      `${new URL(page.url()).origin}/salon/booth/ | sha256sum`,
    );
  });

  test('换了浏览器：投票间说清楚票在哪里', async ({ page }) => {
    const box = await scriptBallot(page, { state: 'casting' });
    await page.goto(BOOTH);
    await expect(page.getByRole('heading', { name: '这个浏览器里没有您的选票' })).toBeVisible();
    await expect(page.getByRole('radio')).toHaveCount(0);
    expect(box.votes).toEqual([]);
  });
});

test.describe('会议室屏幕', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  test('投票时只有问题、指纹和剩余时间，一屏放下', async ({ page }) => {
    await signIn(page, 'minzheng');
    const box = await scriptBallot(page, { presides: true });
    await page.goto(`${SESSION}screen/`);
    const panel = page.getByRole('region', { name: '表决' });
    await expect(panel).toContainText(/已领\s*14\s*\/\s*签到\s*17/);
    box.startCasting();
    await page.reload();
    await expect(panel).toContainText('正在投票');
    await expect(panel).toContainText(/[0-9A-F]{4}( [0-9A-F]{4}){3}/);
    // Not “14” as such: the fingerprint and the time may hold it.
    await expect(panel).not.toContainText(/已领|签到|\d \/ \d/);
    await expect(page.getByRole('img', { name: '签到二维码' })).toHaveCount(0);
    expect(await page.evaluate(fits)).toBe(true);
  });

  test('计票以后是结果，一屏放下，谁主持谁收起', async ({ page }) => {
    await signIn(page, 'minzheng');
    for (const [state, verdict, ...shown] of [
      ['recalled', '反对超过 60%，选题委员会重新选举', '12 × 5 = 60 > 19 × 3 = 57', '实到 19'],
      ['elected', '当选：渭运社区、第四社区', '在他们中间加投一次', '收回 18'],
      ['void', '这次表决作废', '领票的不足 3 席'],
    ] as const) {
      await page.goto(await scriptOutcome(page, state));
      const panel = page.getByRole('region', { name: '表决结果' });
      await expect(panel.getByRole('heading', { name: verdict })).toBeInViewport({ ratio: 1 });
      for (const text of shown) await expect(panel).toContainText(text);
      await expect(panel.getByRole('link')).toBeInViewport({ ratio: 1 });
      expect(await page.evaluate(fits), state).toBe(true);
      expect(await violations(page), state).toEqual([]);
    }
    await page.getByRole('button', { name: '收起表决结果' }).click();
    await expect(page.getByRole('img', { name: '签到二维码' })).toBeVisible();
    await page.getByRole('button', { name: '显示表决结果' }).click();
    await expect(page.getByRole('heading', { name: '这次表决作废' })).toBeVisible();
  });
});

test('开始表决以后，表决移到眼前，焦点在它的标题上', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'minzheng');
  const callable = {
    ...({ kind: 'election', title: '选题委员会选举', hindrance: '' } as const),
    ...{ scrutineers: null, mayCall: true },
  };
  await scriptBallot(page, { kind: 'election', presides: true, callable });
  await page.goto(SESSION);
  await page.getByRole('button', { name: /^开始表决/ }).click();
  await page.getByRole('button', { name: '确定' }).click();
  const heading = page.getByRole('heading', { name: '选题委员会选举' });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(page.getByText('还在等 3 席领票')).toBeVisible();
});
