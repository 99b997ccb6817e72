import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser.ts';
import { addressOf, library } from '../support/content.ts';
import { CASE } from '../support/rooms.ts';

/** A PDF can be read back only where poppler's pdftotext is; the rest is asked of the print style. */
const canRead = spawnSync('pdftotext', ['-v']).error === undefined;

const squeeze = (text: string) => text.normalize('NFKC').replace(/\s/gu, '');

/** The A4 print: its text in reading order without spaces, and the lines of each page. */
async function printed(page: Page): Promise<{ words: string; sheets: string[][] }> {
  const dir = mkdtempSync(join(tmpdir(), 'yuanzhuo-print-'));
  try {
    const file = join(dir, 'case.pdf');
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    const text = (...how: string[]) =>
      spawnSync('pdftotext', [...how, file, '-'], { encoding: 'utf8' }).stdout;
    const pages = text('-layout').split('\f').slice(0, -1);
    const sheets = pages.map((text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    );
    return { words: squeeze(text('-raw')), sheets };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const notesOf = (page: Page) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: '文中链接' }) })
    .last();

/** As `beforeprint` leaves the page, in print style. */
async function asPrinted(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print' });
}

/** As it comes out of the printer; leaves the page in print style. */
async function expectSheets(page: Page, entry: (typeof library.cases)[number]): Promise<void> {
  const { words, sheets } = await printed(page);
  expect(sheets.length).toBeGreaterThan(1);
  for (const { label } of entry.figures) expect(words).toContain(squeeze(label));
  await page.emulateMedia({ media: 'print' });
  const headings = await page.getByRole('main').getByRole('heading').allTextContents();
  for (const heading of headings) expect(words).toContain(squeeze(heading));
  expect(words).toContain('文中链接');
  expect(words).not.toContain('跳到正文');
  expect(words).not.toContain('JSONFeed');
  const titles = new Set(headings.map(squeeze));
  for (const [index, lines] of sheets.slice(0, -1).entries()) {
    const foot = squeeze(lines.at(-1) ?? '');
    expect(titles.has(foot), `第 ${index + 1} 页末行：${foot}`).toBe(false);
  }
}

for (const entry of library.cases) {
  test(`打印“${entry.method}”：没有导航，数字齐全，地址列在末尾，没有标题落在页尾`, async ({
    page,
  }) => {
    await page.goto(addressOf(entry));
    // Nothing is opened by hand before this: printing itself must do it.
    if (canRead) await expectSheets(page, entry);
    else test.info().annotations.push({ type: '没有读 PDF', description: '没有 pdftotext' });
    await asPrinted(page);
    for (const landmark of ['navigation', 'banner', 'contentinfo', 'button'] as const) {
      await expect(page.getByRole(landmark), landmark).toHaveCount(0);
    }
    await expect(page.getByRole('link', { name: '加入比较' })).toHaveCount(0);
    const rows = page.getByRole('table', { name: '全部数字' }).getByRole('row');
    await expect(rows).toHaveCount(entry.figures.length + 1);
    for (const { label } of entry.figures) {
      await expect(rows.filter({ hasText: label }).first()).toBeVisible();
    }

    // Every link out of the text has a number, and its address stands at the very end.
    const notes = notesOf(page).getByRole('listitem');
    const links = await page
      .locator('.prose a[href]:visible')
      .evaluateAll((all) =>
        all.flatMap((one) =>
          one instanceof HTMLAnchorElement && !(one.hash && one.pathname === location.pathname)
            ? [decodeURI(one.href)]
            : [],
        ),
      );
    expect(links.length).toBeGreaterThan(0);
    expect(await notes.allTextContents()).toEqual([...new Set(links)]);
    const last = await page.locator('main :visible').last().textContent();
    expect(await notes.last().textContent()).toBe(last);
  });
}

test('夜间和大字打出来，也是白纸黑字、一样大小', async ({ page }) => {
  await page.goto(CASE);
  const look = () =>
    page.evaluate(() => {
      const { color, backgroundColor, fontSize } = getComputedStyle(document.body);
      return { color, backgroundColor, fontSize };
    });
  await asPrinted(page);
  const plain = await look();
  expect(plain.backgroundColor).toBe('rgb(255, 255, 255)');
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('button', { name: '夜间' }).click();
  await page.getByRole('button', { name: '大字' }).click();
  await page.emulateMedia({ media: 'print' });
  expect(await look()).toEqual(plain);
});
