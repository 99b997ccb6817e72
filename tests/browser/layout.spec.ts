import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import {
  longLines,
  openFolds,
  outline,
  overflowing,
  smallTargets,
  smallText,
} from '../support/measure.ts';
import { expectLargeType, rooms, withLargeType } from '../support/rooms.ts';

const VIEWPORTS = [
  { name: '最窄的手机', width: 320, height: 640 },
  { name: '手机', width: 390, height: 844 },
  { name: '电脑放大到 200%', width: 640, height: 360 },
  { name: '电脑', width: 1280, height: 800 },
];
const BODY = 17;
const LARGE = 1.25;
/** GB/T 37668: 44 px, 60 px where the reader chose large type. */
const TAP = { normal: 44, large: 60 };
const MOST_A_LINE = 38;

/** Nothing sticks out, and a thumb can hit everything, at every width. */
async function expectFits(page: Page, tap: number): Promise<void> {
  await page.evaluate(openFolds);
  for (const { name, ...size } of VIEWPORTS) {
    await page.setViewportSize(size);
    expect.soft(await page.evaluate(overflowing), `${name}：超出页面`).toEqual([]);
    expect.soft(await page.evaluate(smallTargets, tap), `${name}：点不准`).toEqual([]);
  }
}

async function expectReadable(page: Page, least: number): Promise<void> {
  expect.soft(await page.evaluate(smallText, least), '正文太小或太密').toEqual([]);
  expect.soft(await page.evaluate(longLines, MOST_A_LINE), '一行太长').toEqual([]);
}

/** One h1, no level left out, each landmark once, the language named. */
async function expectOutline(page: Page): Promise<void> {
  const { headings, gaps, landmarks } = await page.evaluate(outline);
  expect.soft(gaps, headings.join('\n')).toEqual([]);
  expect.soft(headings.filter((one) => one.startsWith('1 '))).toHaveLength(1);
  expect.soft(landmarks, '页眉、正文、页脚、主导航').toEqual([1, 1, 1, 1]);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
}

for (const room of rooms) {
  test.describe(room.name, () => {
    test.use({ expected: room.expected ?? [] });

    test('各种宽度都不横向滚动，按得准，读得清，层级清楚', async ({ page }) => {
      await room.open(page);
      await expectFits(page, TAP.normal);
      await expectReadable(page, BODY);
      await expectOutline(page);
    });

    test('用大字也不横向滚动，按得准，读得清', async ({ page }) => {
      await withLargeType(page);
      await room.open(page);
      await expectLargeType(page);
      await expectFits(page, TAP.large);
      await expectReadable(page, BODY * LARGE);
    });
  });
}
