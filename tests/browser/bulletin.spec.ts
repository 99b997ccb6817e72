import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { makeKey, marks, signedVote } from '../support/bulletins.ts';
import { BALLOT, honestEvaluation, receiptOf, SECOND } from '../support/recounting.ts';
import { scriptBulletins } from '../support/scriptedBulletins.ts';

/** 公示: both papers of an evaluation, recounted and looked through in the reader's browser. */

const EMPTY = { topic1: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } };

async function published(page: Page) {
  const key = await makeKey();
  const first = await honestEvaluation(key);
  const votes = [1, 2, 3].map(() => signedVote(key, SECOND, undefined));
  const parts = { key, ballot: SECOND, question: '议题打分', votes, attending: 19 };
  const second = marks(parts, EMPTY, []);
  return { first, second, url: await scriptBulletins(page, { BALLOT, first, SECOND, second }) };
}

const section = (page: Page, name: string): Locator => page.getByRole('region', { name });

test('不重新计票就找到自己的票；两张票各找各的，各计各的', async ({ page }) => {
  const { first, second, url } = await published(page);
  const [mine, marked] = [receiptOf(first, 4), receiptOf(second, 2)];
  await page.addInitScript(
    (kept) => {
      for (const one of kept) {
        localStorage.setItem(`yuanzhuo:receipt:${one.ballot}`, JSON.stringify(one));
      }
    },
    [mine, marked],
  );
  await page.goto(url);
  const [evaluated, other] = [section(page, '公示与重新计票'), section(page, '第二张票的公示')];
  for (const [one, words] of [
    [evaluated, '第 5 张票'],
    [other, '第 3 张票'],
  ] as const) {
    await one.getByRole('button', { name: '找我的回执' }).click();
    await expect(one.getByRole('status').last()).toContainText(words);
  }
  await expect(evaluated).not.toContainText('全部相符');
  await expect(other).toContainText('打分只公布合计，不逐张公布');

  for (const one of [evaluated, other]) {
    await one.getByRole('button', { name: '在这台机器上重新计票' }).click();
    await expect(one.getByRole('heading', { name: '全部相符' })).toBeVisible();
  }
  const ids = await page.locator('[id]').evaluateAll((all) => all.map(({ id }) => id));
  expect(new Set(ids).size, '编号不重复').toBe(ids.length);
});

test('没有回执的浏览器里，粘贴回执也能找；公示换过就说出来', async ({ page }) => {
  const { first, url } = await published(page);
  await page.goto(url);
  const evaluated = section(page, '公示与重新计票');
  const paste = async (receipt: object) => {
    await evaluated.getByLabel('或粘贴回执的内容').fill(JSON.stringify(receipt));
    await evaluated.getByRole('button', { name: '查找' }).click();
  };
  await paste(receiptOf(first, 0));
  await expect(evaluated.getByRole('status').last()).toContainText('第 1 张票');
  await paste({ ...receiptOf(first, 0), signature: first.votes[1]?.signature });
  await expect(evaluated.getByRole('status').last()).toContainText('回执不完整，或被改过');
  await page.route('**/bulletin.json?paper=first', (route) => route.fulfill({ body: '{}' }));
  await paste(receiptOf(first, 0));
  await expect(evaluated.getByRole('status').last()).toContainText('与网站公布的哈希不符');
});
