import { type BrowserContext, test as base, expect } from '@playwright/test';

export { expect };

/** What a page must not do: complain, throw, or ask another origin for anything. */
interface Watched {
  /**
   * Complaints that a story provokes on purpose, such as the 404 that Chromium logs when a page
   * that does not exist is opened: `test.use({ expected: [/status of 404/] })`.
   */
  expected: RegExp[];
}

const OWN_SCHEMES = new Set(['data:', 'blob:', 'about:']);

/**
 * Collects everything that goes wrong in a context, in any of its pages and workers.
 * @param origin the only one that may be asked
 * @returns a list that grows while the context lives
 */
export function watch(context: BrowserContext, origin: string): string[] {
  const problems: string[] = [];
  context.on('console', (message) => {
    if (message.type() !== 'error') return;
    problems.push(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => problems.push(`page error: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !OWN_SCHEMES.has(url.protocol)) {
      problems.push(`request to another origin: ${request.url()}`);
    }
  });
  return problems;
}

/** Playwright's test, failing on any problem that the story did not announce. */
export const test = base.extend<Watched>({
  expected: [[], { option: true }],
  context: async ({ context, baseURL, expected }, use) => {
    if (!baseURL) throw new Error('baseURL is not set in tests/playwright.config.ts');
    const problems = watch(context, new URL(baseURL).origin);
    await use(context);
    const unexpected = problems.filter((text) => !expected.some((known) => known.test(text)));
    expect(unexpected, 'problems that the page reported').toEqual([]);
  },
});
