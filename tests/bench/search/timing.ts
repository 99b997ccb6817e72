import type { Browser, Page } from '@playwright/test';
import type { Frequency, Term } from '../measure/terms.ts';
import type { Wire } from '../measure/wire.ts';
import type { Driver } from './drivers.ts';
import { clearSearch, installProbe, typeTerm } from './probe.ts';

/** One search in a site's own search box. */
export type Search = {
  term: string;
  length: number;
  frequency: Frequency;
  truePages: number;
  /** What the box says it found, when it says so. */
  shownTotal: number | undefined;
  outcome: 'result' | 'none' | 'timeout';
  /** From the last input event to the first frame with a result. */
  milliseconds: number | undefined;
  /** All that the server sent, from opening the box until it was quiet. */
  bytes: number;
};

/** What every later search was preceded by. */
const PRIMER = '社区';

async function openSearch(browser: Browser, wire: Wire, driver: Driver): Promise<Page> {
  const context = await browser.newContext({ locale: 'zh-CN' });
  const page = await context.newPage();
  await installProbe(page, driver);
  await page.goto(`${wire.origin}/`, { waitUntil: 'load' });
  await wire.settled();
  wire.take();
  await driver.openSearch(page);
  await page.locator(driver.input).waitFor({ state: 'visible' });
  await page.locator(driver.input).focus();
  return page;
}

async function shownTotal(page: Page, { total }: Driver): Promise<number | undefined> {
  if (!total) return undefined;
  const found = page.locator(total).first();
  if ((await found.count()) === 0) return undefined;
  const text = (await found.getAttribute('data-total')) ?? (await found.textContent()) ?? '';
  const number = /\d+/.exec(text)?.[0];
  return number === undefined ? undefined : Number(number);
}

async function searchFor(page: Page, wire: Wire, driver: Driver, term: Term): Promise<Search> {
  const seen = await typeTerm(page, term.text);
  await wire.settled();
  return {
    term: term.text,
    length: term.length,
    frequency: term.frequency,
    truePages: term.pages.size,
    shownTotal: await shownTotal(page, driver),
    outcome: seen?.outcome ?? 'timeout',
    milliseconds: seen?.outcome === 'result' ? seen.milliseconds : undefined,
    bytes: wire.take(),
  };
}

/** A search that is the visit's first, with an empty cache. */
export async function firstSearch(
  browser: Browser,
  wire: Wire,
  driver: Driver,
  term: Term,
): Promise<Search> {
  const page = await openSearch(browser, wire, driver);
  try {
    return await searchFor(page, wire, driver, term);
  } finally {
    await page.context().close();
  }
}

/** A search that is the visit's second, after one for a common word. */
export async function laterSearch(
  browser: Browser,
  wire: Wire,
  driver: Driver,
  term: Term,
): Promise<Search> {
  const page = await openSearch(browser, wire, driver);
  try {
    await typeTerm(page, PRIMER);
    const cleared = await clearSearch(page, driver);
    await wire.settled();
    wire.take();
    const search = await searchFor(page, wire, driver, term);
    // With old results still there, what was timed cannot be told from them.
    return cleared ? search : { ...search, outcome: 'timeout', milliseconds: undefined };
  } finally {
    await page.context().close();
  }
}
