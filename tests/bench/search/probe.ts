import type { Page } from '@playwright/test';
import type { Driver } from './drivers.ts';

/** What the probe in the page has seen since the last input event. */
type Seen = { outcome: 'result' | 'none'; milliseconds: number };

declare global {
  interface Window {
    benchSeen?: Seen | undefined;
  }
}

/**
 * Puts a probe into the pages to come: it takes the time from the last input event to the first
 * frame that shows a result (or says that there is none).
 */
export async function installProbe(page: Page, driver: Driver): Promise<void> {
  await page.addInitScript(
    ({ result, none, noneText }) => {
      let lastInput = Number.NaN;
      let pending = false;
      const look = () => {
        if (Number.isNaN(lastInput) || pending || window.benchSeen) return;
        const outcome = document.querySelector(result)
          ? 'result'
          : document.querySelector(none)?.textContent?.includes(noneText)
            ? 'none'
            : undefined;
        if (!outcome) return;
        pending = true;
        const since = lastInput;
        // A frame is on the screen once the task after its callback runs.
        requestAnimationFrame(() =>
          setTimeout(() => {
            pending = false;
            if (since === lastInput) {
              window.benchSeen = { outcome, milliseconds: performance.now() - since };
            }
          }),
        );
      };
      document.addEventListener(
        'input',
        () => {
          lastInput = performance.now();
          window.benchSeen = undefined;
        },
        true,
      );
      new MutationObserver(look).observe(document, {
        childList: true,
        subtree: true,
        attributes: true,
        characterData: true,
      });
    },
    { noneText: '', ...driver, openSearch: undefined },
  );
}

/** VitePress unpacks an index of several megabytes before its first result. */
const PATIENCE_MILLISECONDS = 60_000;

/**
 * Commits `term` at once, as an input method does, and waits for what the page shows.
 * Undefined when nothing shows for a minute.
 */
export async function typeTerm(page: Page, term: string): Promise<Seen | undefined> {
  await page.keyboard.insertText(term);
  const seen = await page
    .waitForFunction(() => window.benchSeen, undefined, {
      polling: 20,
      timeout: PATIENCE_MILLISECONDS,
    })
    .catch(() => undefined);
  return seen?.evaluate((value) => value);
}

/** Empties the box and waits until no result of the last search is left; false when some stay. */
export async function clearSearch(page: Page, { input, result }: Driver): Promise<boolean> {
  await page.locator(input).fill('');
  return page
    .waitForFunction((selector) => !document.querySelector(selector), result, {
      timeout: PATIENCE_MILLISECONDS,
    })
    .then(() => true)
    .catch(() => false);
}
