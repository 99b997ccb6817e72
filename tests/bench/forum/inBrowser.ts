import type { Browser, Page } from '@playwright/test';
import { median } from '../measure/summary.ts';

export type ThreadInBrowser = {
  /** Of a cold load of the short thread: bytes as sent, headers too, and how many requests. */
  bytes: number;
  requests: number;
  /** Milliseconds until the first post of the long thread is drawn. */
  readable: number;
  /** Milliseconds of the longest task while it is opened and read to its end. */
  longestTask: number;
};

const PHONE = { width: 390, height: 844 };
const SCREENS = 60;

async function coldLoad(page: Page, address: string): Promise<{ bytes: number; requests: number }> {
  const session = await page.context().newCDPSession(page);
  const sum = { bytes: 0, requests: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    sum.bytes += encodedDataLength;
    sum.requests += 1;
  });
  await session.send('Network.enable');
  await page.goto(address, { waitUntil: 'networkidle' });
  return sum;
}

/** Opens it and pages down, as a thumb does. */
async function readLong(
  page: Page,
  address: string,
): Promise<{ readable: number; longestTask: number }> {
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    const seen = (list: PerformanceObserverEntryList): void => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    };
    new PerformanceObserver(seen).observe({ type: 'longtask', buffered: true });
  });
  const begun = performance.now();
  await page.goto(address);
  await page.locator('main article').first().waitFor();
  const readable = performance.now() - begun;
  for (let screen = 0; screen < SCREENS; screen += 1) {
    await page.mouse.wheel(0, PHONE.height);
    await page.waitForTimeout(50);
  }
  const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
  return { readable, longestTask: Math.max(0, ...tasks) };
}

async function inFreshPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ locale: 'zh-CN', viewport: PHONE });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Both threads on a phone's screen, medians of some rounds. */
export async function loadThread(
  browser: Browser,
  { short, long }: { readonly short: string; readonly long: string },
  rounds: number,
): Promise<ThreadInBrowser> {
  // The first lets the server read and compress.
  await inFreshPage(browser, (page) => coldLoad(page, short));
  const cold = await inFreshPage(browser, (page) => coldLoad(page, short));
  const read: { readable: number; longestTask: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    read.push(await inFreshPage(browser, (page) => readLong(page, long)));
  }
  return {
    ...cold,
    readable: median(read.map((one) => one.readable)),
    longestTask: median(read.map((one) => one.longestTask)),
  };
}
