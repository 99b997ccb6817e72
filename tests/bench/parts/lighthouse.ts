import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { again } from '../measure/again.ts';
import { findChromium } from '../measure/browser.ts';
import { printTable, type Summary, summarize } from '../measure/summary.ts';
import { ourPageTypes } from '../pageTypes.ts';
import { inPeers, node } from '../projects/paths.ts';
import { buildRealSite } from '../projects/realSite.ts';
import { serveOurs } from '../search/ourServer.ts';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const RUNS = 3;
const REPORT_BYTES = 64 * 2 ** 20;

type Scores = Record<(typeof CATEGORIES)[number], number>;
type Report = {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { title: string; score: number | null }>;
};

const run = promisify(execFile);

/** One Lighthouse run as it comes: mobile, simulated slow 4G, four-fold slower processor. */
async function lighthouse(address: string): Promise<{ scores: Scores; faults: string[] }> {
  const flags = ['--headless=new', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const { stdout } = await run(
    node,
    [
      inPeers('lighthouse', 'cli', 'index.js'),
      address,
      '--output=json',
      '--quiet',
      `--only-categories=${CATEGORIES.join(',')}`,
      `--chrome-flags=${flags.join(' ')}`,
    ],
    { env: { ...process.env, CHROME_PATH: findChromium() }, maxBuffer: REPORT_BYTES },
  );
  const { categories, audits } = JSON.parse(stdout) as Report;
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  const faults = Object.values(categories)
    .flatMap((category) => category.auditRefs.filter((audit) => audit.weight > 0))
    .map(({ id }) => audits[id])
    .filter((audit) => audit?.score !== null && (audit?.score ?? 1) < 0.9)
    .map((audit) => audit?.title ?? '');
  return {
    scores: {
      performance: score('performance'),
      accessibility: score('accessibility'),
      'best-practices': score('best-practices'),
      seo: score('seo'),
    },
    faults: [...new Set(faults)],
  };
}

/** Scores 0–100 of one page of each type, three runs each, and what cost points. */
export async function benchLighthouse() {
  const dist = await buildRealSite();
  const server = await serveOurs(dist);
  const result: {
    label: string;
    path: string;
    scores: Record<string, Summary>;
    faults: string[];
  }[] = [];
  try {
    for (const { label, paths } of ourPageTypes(dist)) {
      const path = paths[0];
      // A page that answers 404 cannot be audited.
      if (!path || path === '/no-such-page/') continue;
      const runs: Awaited<ReturnType<typeof lighthouse>>[] = [];
      for (let time = 0; time < RUNS; time += 1)
        runs.push(await again(() => lighthouse(server.origin + path)));
      const scores = Object.fromEntries(
        CATEGORIES.map((name) => [name, summarize(runs.map((one) => one.scores[name]))]),
      );
      result.push({ label, path, scores, faults: [...new Set(runs.flatMap((one) => one.faults))] });
      console.log(`  ${label}：完成`);
    }
  } finally {
    await server.close();
  }
  printTable(
    `Lighthouse（手机，默认限速，${RUNS} 次的中位数）`,
    ['', '性能', '无障碍', '最佳做法', 'SEO', '扣分项'],
    result.map(({ label, scores, faults }) => [
      label,
      ...CATEGORIES.map((name) => scores[name]?.median.toFixed(0) ?? '—'),
      faults.join('；') || '无',
    ]),
  );
  return result;
}
