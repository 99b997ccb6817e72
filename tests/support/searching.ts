import { expect, type Locator, type Page } from '@playwright/test';

/** The search as its reader knows it: by roles and labels, in the dialog or on a page. */
export class Search {
  readonly box: Locator;
  readonly field: Locator;
  readonly options: Locator;
  readonly active: Locator;

  constructor(within: Page | Locator) {
    this.box = within.getByRole('search');
    this.field = this.box.getByRole('combobox', { name: '搜索案例、方法和沙龙' });
    // Not the options of the filters.
    const list = this.box.getByRole('listbox', { name: '搜索结果' });
    this.options = list.getByRole('option');
    this.active = list.getByRole('option', { selected: true });
  }

  button(name: string | RegExp): Locator {
    return this.box.getByRole('button', { name });
  }

  /** One of the lists under 筛选. */
  filter(name: string): Locator {
    return this.box.getByRole('combobox', { name, exact: true });
  }

  /** How many pages the box says it found, once it says so. */
  async total(): Promise<number> {
    const said = await this.box.getByRole('status').textContent();
    return Number(/找到\s*(\d+)\s*页/.exec(said ?? '')?.[1]);
  }

  async expectTotal(pages: number): Promise<void> {
    await expect(this.box.getByRole('status')).toHaveText(new RegExp(`找到\\s*${pages}\\s*页`));
  }

  /** Once the posts have been asked for as well, which comes after the library's answer. */
  async talked(): Promise<void> {
    const talk = this.box.getByRole('region', { name: '讨论' });
    await expect(talk).toContainText(/没有讨论写到|讨论 \d/);
  }

  /** The addresses of the results that are listed now, in order. */
  listed(): Promise<string[]> {
    return this.options.evaluateAll((all) => all.map((one) => one.dataset['url'] ?? ''));
  }

  /** Presses 再看一些 until every result stands there; returns their addresses, sorted. */
  async listAll(): Promise<string[]> {
    const more = this.button(/^再看一些/);
    // A list that is just giving way to another takes the press with it: pressed again, as one would.
    await expect(async () => {
      if (await more.isVisible()) await more.click();
      expect(await this.options.count()).toBe(await this.total());
    }).toPass({ intervals: [30] });
    return (await this.listed()).sort();
  }

  /** Searches anew for words that are written on some page, and waits for what is found. */
  async find(query: string): Promise<void> {
    await this.field.fill('');
    await expect(this.options).toHaveCount(0);
    await this.field.fill(query);
    await this.settled(query);
  }

  /** Waits until the first result marks what was asked for. */
  async settled(query: string): Promise<void> {
    const terms = new RegExp(
      query
        .split(/\s/u)
        .map((term) => RegExp.escape(term))
        .join('|'),
    );
    await expect(this.options.first().locator('mark', { hasText: terms }).first()).toBeVisible();
  }
}

/** Opens the dialog with `/` from the page that is open. */
export async function openDialog(page: Page): Promise<Search> {
  await page.keyboard.press('/');
  const dialog = page.getByRole('dialog', { name: '搜索' });
  await expect(dialog).toBeVisible();
  const search = new Search(dialog);
  await expect(search.field).toBeFocused();
  return search;
}

/** The words that are marked as hits on the page, one of each. */
export const highlighted = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const ranges = [...(CSS.highlights.get('hits') ?? [])];
    return [...new Set(ranges.map((range) => range.toString()))];
  });
