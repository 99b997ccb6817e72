import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from '../measure/browser.ts';
import { benchDir, node, root } from '../projects/paths.ts';

const PATIENCE = 120_000;

/** The result's page, whoever looks at it. @returns seconds of each recount, download and all */
export async function recountInBrowser(page: string, runs: number): Promise<number[]> {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    tab.setDefaultTimeout(PATIENCE);
    await tab.goto(page);
    const seconds: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      // The second paper's stands below.
      await tab
        .getByRole('button', { name: /重新计票$|再计一遍/ })
        .first()
        .waitFor();
      seconds.push(await tab.evaluate(recountOnce));
    }
    return seconds;
  } finally {
    await browser.close();
  }
}

/** Runs in the page: from the click until the report stands there. @returns seconds */
function recountOnce(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const button = document.querySelector<HTMLElement>('.recount button');
  const begun = performance.now();
  let counting = false;
  const look = new MutationObserver(() => {
    counting ||= document.querySelector('.recount progress') !== null;
    const report = document.querySelector('.recount-report h3')?.textContent;
    if (!counting || report === undefined) return;
    look.disconnect();
    if (report === '全部相符') resolve((performance.now() - begun) / 1000);
    else reject(new Error(report ?? ''));
  });
  look.observe(document.body, { childList: true, subtree: true, characterData: true });
  button?.click();
  return promise;
}

/** `npm run ballot:verify` of the same file. @returns seconds, the start of Node and all */
export function recountByCommand(bulletin: Buffer, runs: number): number[] {
  const file = join(benchDir, 'ballot', 'bulletin.json');
  writeFileSync(file, bulletin);
  const script = join(root, 'api', 'commands', 'ballot-verify.mjs');
  return Array.from({ length: runs }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(node, [script, file], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return (performance.now() - begun) / 1000;
  });
}
