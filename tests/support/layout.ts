import type { Page } from '@playwright/test';
import { expect } from './browser.ts';
import { longLines, openFolds, outline, overflowing, smallTargets, smallText } from './measure.ts';

const VIEWPORTS = [
  { name: '最窄的手机', width: 320, height: 640 },
  { name: '手机', width: 390, height: 844 },
  { name: '电脑放大到 200%', width: 640, height: 360 },
  { name: '电脑', width: 1280, height: 800 },
];
export const BODY = 17;
export const LARGE = 1.25;
/** GB/T 37668: 44 px, 60 px where the reader chose large type. */
export const TAP = { normal: 44, large: 60 };
const MOST_A_LINE = 38;

/** Nothing sticks out, and a thumb can hit everything, at every width. */
export async function expectFits(page: Page, tap: number): Promise<void> {
  await page.evaluate(openFolds);
  for (const { name, ...size } of VIEWPORTS) {
    await page.setViewportSize(size);
    expect.soft(await page.evaluate(overflowing), `${name}：超出页面`).toEqual([]);
    expect.soft(await page.evaluate(smallTargets, tap), `${name}：点不准`).toEqual([]);
  }
}

export async function expectReadable(page: Page, least: number): Promise<void> {
  expect.soft(await page.evaluate(smallText, least), '正文太小或太密').toEqual([]);
  expect.soft(await page.evaluate(longLines, MOST_A_LINE), '一行太长').toEqual([]);
}

/** One h1, no level left out, each landmark once, the language named. */
export async function expectOutline(page: Page, apart = false): Promise<void> {
  const { headings, gaps, landmarks } = await page.evaluate(outline);
  expect.soft(gaps, headings.join('\n')).toEqual([]);
  expect.soft(headings.filter((one) => one.startsWith('1 '))).toHaveLength(1);
  expect.soft(landmarks, '页眉、正文、页脚、主导航').toEqual(apart ? [1, 1, 0, 0] : [1, 1, 1, 1]);
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
}

/** Whoever asked their system for less motion sees nothing move. */
export async function expectStill(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => {
    const seconds = (list: string) => Math.max(...list.split(',').map(Number.parseFloat));
    const moves = (element: Element) =>
      ['', '::before', '::after', '::backdrop'].some((part) => {
        const style = getComputedStyle(element, part || undefined);
        const { transitionDuration, animationDuration, scrollBehavior } = style;
        const longest = Math.max(seconds(transitionDuration), seconds(animationDuration));
        return longest > 0.01 || scrollBehavior === 'smooth';
      });
    return [...document.querySelectorAll('*')].filter(moves).map(({ outerHTML }) => outerHTML);
  });
  expect.soft(moving, '要求少动时还在动').toEqual([]);
}
